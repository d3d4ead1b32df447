import type { Family } from "../family.ts";
import { codeMirror6 } from "../surfaces/codemirror-6.ts";
import { paste } from "../ways/paste.ts";
import { typing } from "../ways/typing.ts";

export const codemirror6: Family = {
    name: "CodeMirror 6",
    mark: ".cm-content",
    surface: codeMirror6,
    ways: [paste, typing],
};
