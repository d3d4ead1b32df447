// Froala (XenForo). It drops plain text that is pasted; after typing into an empty box there is nothing to undo.

import type { Family } from "../family.ts";
import { pasteParagraphs } from "../ways/paste.ts";
import { typing } from "../ways/typing.ts";

export const froala: Family = {
    name: "Froala",
    mark: ".fr-element",
    ways: [pasteParagraphs, typing],
};
