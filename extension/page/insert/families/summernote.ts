import type { Family } from "../family.ts";
import { typing } from "../ways/typing.ts";

export const summernote: Family = {
    name: "Summernote",
    mark: ".note-editable",
    ways: [typing],
};
