// CKEditor: two editors that have little but the name in common.

import type { Family } from "../family.ts";
import { paste, pasteParagraphs } from "../ways/paste.ts";

/** In the page or in a frame of its own (vBulletin, Invision Community 4). In Firefox it puts plain text at its start. */
export const ckeditor4: Family = {
    name: "CKEditor 4",
    mark: ".cke_editable",
    ways: [pasteParagraphs, paste],
};

export const ckeditor5: Family = {
    name: "CKEditor 5",
    mark: ".ck-editor__editable",
    ways: [paste],
};
