// Slate (Discord). With HTML beside the plain text it inserts nothing.

import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { announcedPaste } from "../ways/before-input.ts";
import { paste } from "../ways/paste.ts";

export const slate: Family = {
    name: "Slate",
    is: (box) => box.closest("[data-slate-editor]") !== null,
    surface: editable,
    ways: [paste, announcedPaste],
};
