// Quill: two versions that are told apart by the old one's hidden clipboard.

import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { paste } from "../ways/paste.ts";
import { typing, typingLines } from "../ways/typing.ts";

/** Quill 1 (LinkedIn). Never a paste: it deletes what is selected and inserts nothing. */
export const quill1: Family = {
    name: "Quill 1",
    is: (box) => box.matches(".ql-container:has(.ql-clipboard) .ql-editor"),
    surface: editable,
    ways: [typingLines, typing],
};

export const quill2: Family = {
    name: "Quill",
    is: (box) => box.matches(".ql-editor"),
    surface: editable,
    ways: [paste, typing],
};
