import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { paste } from "../ways/paste.ts";
import { typing } from "../ways/typing.ts";

export const codemirror6: Family = {
    name: "CodeMirror 6",
    is: (box) => box.matches(".cm-content"),
    surface: editable,
    ways: [paste, typing],
};
