import type { Family } from "../family.ts";
import { paste } from "../ways/paste.ts";
import { typing } from "../ways/typing.ts";

export const trix: Family = {
    name: "Trix",
    mark: "trix-editor",
    ways: [paste, typing],
};
