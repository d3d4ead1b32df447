// Lexical (Facebook, Instagram, Reddit, Threads). Never the browser's typing: it puts lines out of order.

import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { paste } from "../ways/paste.ts";

export const lexical: Family = {
    name: "Lexical",
    is: (box) => box.closest("[data-lexical-editor]") !== null,
    surface: editable,
    ways: [paste],
};
