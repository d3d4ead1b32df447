// CKEditor 5, and CKEditor 4 in the page or in a frame of its own (vBulletin, Invision Community 4).

import type { Family } from "../family.ts";
import { paste } from "../ways/paste.ts";

export const ckeditor: Family = {
    name: "CKEditor",
    mark: ".ck-editor__editable, .cke_editable",
    ways: [paste],
};
