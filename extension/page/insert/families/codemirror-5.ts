// CodeMirror 5, and the Markdown editors on it (EasyMDE, SimpleMDE). Its textarea is a keyhole: what is in it is not what
// is written in the editor. It takes a paste by itself, so its instance, which only the page's own world has, is not needed.

import type { Family } from "../family.ts";
import { codeMirror5 } from "../surfaces/codemirror-5.ts";
import { paste } from "../ways/paste.ts";

export const codemirror5: Family = {
    name: "CodeMirror 5",
    mark: ".CodeMirror",
    surface: codeMirror5,
    ways: [paste],
};
