// Draft.js (X, TikTok). Never the browser's typing: React finds its nodes changed and unmounts the whole composer.

import type { Family } from "../family.ts";
import { paste } from "../ways/paste.ts";

export const draft: Family = {
    name: "Draft.js",
    mark: ".public-DraftEditor-content, .DraftEditor-root",
    ways: [paste],
};
