// Every plain textarea, and those that React, Vue or Mithril control.

import type { Family } from "../family.ts";
import { control } from "../surfaces/control.ts";
import { typing } from "../ways/typing.ts";
import { value } from "../ways/value.ts";

export const textarea: Family = {
    name: "textarea",
    mark: "textarea",
    surface: control,
    ways: [typing, value],
};
