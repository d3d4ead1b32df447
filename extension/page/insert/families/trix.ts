import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { paste } from "../ways/paste.ts";
import { typing } from "../ways/typing.ts";

export const trix: Family = {
    name: "Trix",
    is: (box) => box.matches("trix-editor"),
    surface: editable,
    ways: [paste, typing],
};
