// TinyMCE, in the page or in a frame of its own (WordPress, bbPress).

import type { Family } from "../family.ts";
import { paste } from "../ways/paste.ts";
import { typing } from "../ways/typing.ts";

export const tinymce: Family = {
    name: "TinyMCE",
    mark: ".mce-content-body",
    ways: [paste, typing],
};
