// Editable elements without an editor, and editors that nobody knows here.

import type { Family } from "../family.ts";
import { announcedPaste, paste } from "../ways/paste.ts";
import { typing, typingLines } from "../ways/typing.ts";

export const plain: Family = {
    name: "editable",
    mark: "*",
    // An editor with a model takes one of the first two; the browser's typing would change what is shown behind its back.
    ways: [paste, announcedPaste, typing, typingLines],
    unknown: true,
};
