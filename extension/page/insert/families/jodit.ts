// Jodit. Never a paste: it opens a dialog.

import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { typing } from "../ways/typing.ts";

export const jodit: Family = {
    name: "Jodit",
    is: (box) => box.matches(".jodit-wysiwyg"),
    surface: editable,
    ways: [typing],
};
