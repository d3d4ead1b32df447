// MediumEditor. A paste of it joins our first line with the one before, so it can only go where nothing is around it.

import type { Family } from "../family.ts";
import { paste } from "../ways/paste.ts";
import { typing, typingLines } from "../ways/typing.ts";

export const medium: Family = {
    name: "MediumEditor",
    mark: ".medium-editor-element",
    ways: [paste, typingLines, typing],
};
