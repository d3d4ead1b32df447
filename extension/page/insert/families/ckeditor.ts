// CKEditor 5, and CKEditor 4 in the page or in a frame of its own (vBulletin, Invision Community 4).

import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { paste } from "../ways/paste.ts";

export const ckeditor: Family = {
    name: "CKEditor",
    is: (box) => box.matches(".ck-editor__editable, .cke_editable"),
    surface: editable,
    ways: [paste],
};
