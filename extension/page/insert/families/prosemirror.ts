// ProseMirror and what is built on it: Tiptap (LinkedIn, Bluesky), Discourse.

import type { Family } from "../family.ts";
import { paste, pasteParagraphs } from "../ways/paste.ts";
import { typing } from "../ways/typing.ts";

export const prosemirror: Family = {
    name: "ProseMirror",
    mark: ".ProseMirror",
    // Plain text may be read as Markdown, HTML is not; what Tiptap's own rules make of asterisks is typed instead.
    ways: [pasteParagraphs, paste, typing],
};
