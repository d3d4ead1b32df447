// Quill: two versions that are told apart by the old one's hidden clipboard.

import type { Family } from "../family.ts";
import { paste } from "../ways/paste.ts";
import { typing, typingLines } from "../ways/typing.ts";

/** Quill 1 (LinkedIn). Never a paste: it deletes what is selected and inserts nothing. */
export const quill1: Family = {
    name: "Quill 1",
    mark: ".ql-container:has(.ql-clipboard) .ql-editor",
    ways: [typingLines, typing],
};

export const quill2: Family = {
    name: "Quill",
    mark: ".ql-editor",
    ways: [paste, typing],
};
