// SCEditor as it will look (MyBB, SMF); its view of the BBCode is a textarea like any other. Never a paste: undo would
// then take what the manager wrote before and leave ours.

import type { Family } from "../family.ts";
import { typing } from "../ways/typing.ts";

export const sceditor: Family = {
    name: "SCEditor",
    mark: ".sceditor-container iframe",
    ways: [typing],
};
