// CodeMirror 6 is an editable element, but only what is in view is in it.

import { read } from "../readback.ts";
import { eachLine } from "../scrolled.ts";
import type { Surface } from "../surface.ts";
import { editable } from "./editable.ts";

export const codeMirror6: Surface = {
    ...editable,
    read(box) {
        const scroller = box.closest(".cm-scroller") ?? box;
        // Other things between lines are widgets.
        const lines = (): (Element | null)[] =>
            [...box.querySelectorAll(":scope > .cm-line, :scope > .cm-gap")].map((child) => (child.matches(".cm-gap") ? null : child));
        return eachLine({ scroller, lines }, (line) => read(line as HTMLElement))?.join("\n") ?? null;
    },
    glance: (box) => (box.querySelector(":scope > .cm-gap") === null ? read(box) : null),
};
