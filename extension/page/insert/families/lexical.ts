// Lexical (Facebook, Instagram, Reddit, Threads). Never the browser's typing: it puts lines out of order.

import type { Family } from "../family.ts";
import { paste } from "../ways/paste.ts";

export const lexical: Family = {
    name: "Lexical",
    mark: "[data-lexical-editor]",
    ways: [paste],
};
