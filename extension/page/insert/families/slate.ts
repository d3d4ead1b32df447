// Slate (Discord). With HTML beside the plain text it inserts nothing.

import type { Family } from "../family.ts";
import { announcedPaste, paste } from "../ways/paste.ts";

export const slate: Family = {
    name: "Slate",
    mark: "[data-slate-editor]",
    ways: [paste, announcedPaste],
};
