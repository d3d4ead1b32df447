// Draft.js (X, TikTok). Never the browser's typing: React finds its nodes changed and unmounts the whole composer.

import type { Family } from "../family.ts";
import { editable } from "../surfaces/editable.ts";
import { paste } from "../ways/paste.ts";

export const draft: Family = {
    name: "Draft.js",
    is: (box) => box.closest(".public-DraftEditor-content, .DraftEditor-root") !== null,
    surface: editable,
    ways: [paste],
};
