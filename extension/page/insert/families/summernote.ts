import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { typing } from "../ways/typing.ts";

export const summernote: Family = {
    name: "Summernote",
    is: (box) => box.matches(".note-editable"),
    surface: editable,
    ways: [typing],
};
