import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { paste } from "../ways/paste.ts";
import { typing } from "../ways/typing.ts";

export const medium: Family = {
    name: "MediumEditor",
    is: (box) => box.matches(".medium-editor-element"),
    surface: editable,
    ways: [paste, typing],
};
