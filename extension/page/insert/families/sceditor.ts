// SCEditor as it will look (MyBB, SMF); its view of the BBCode is a textarea like any other. Never a paste: undo would
// then take what the manager wrote before and leave ours.

import { holder } from "../../reach.ts";
import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { typing } from "../ways/typing.ts";

export const sceditor: Family = {
    name: "SCEditor",
    is: (box) => holder(box)?.closest(".sceditor-container") != null,
    surface: editable,
    ways: [typing],
};
