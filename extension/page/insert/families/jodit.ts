// Jodit. Never a paste: it opens a dialog.

import type { Family } from "../family.ts";
import { typing } from "../ways/typing.ts";

export const jodit: Family = {
    name: "Jodit",
    mark: ".jodit-wysiwyg",
    ways: [typing],
};
