// Editable elements without a model of their own, and the editors that take typing well.

import type { Attempt, Inserter } from "./box.ts";
import type { Kind } from "./kind.ts";

/** Never Draft.js (React unmounts it), Lexical (lines out of order), or Slate and CKEditor (nothing in Chromium). */
const TAKES_TYPING: readonly Kind[] = [
    "plain", "quill1", "quill", "froala", "jodit", "summernote", "sceditor", "medium", "trix", "codemirror6", "prosemirror",
];

export const edited: Inserter = {
    name: "contenteditable",
    handles: (box) => box.element.isContentEditable && TAKES_TYPING.includes(box.kind),
    insert(box, text): Attempt {
        const selection = getSelection();
        const node = selection?.focusNode ?? null;
        if (selection === null || node === null) return "ignored";
        const offset = selection.focusOffset;
        // As in a textarea: makes the insertion its own undo step.
        selection.collapse(box.element, 0);
        selection.collapse(node, offset);
        const kept = /^(pre|preserve|break-spaces)/.test(getComputedStyle(box.element).whiteSpace);
        // Where blanks collapse, Chromium would lose the second of two.
        const typed = kept ? text : text.replace(/ {2,}/g, (run) => " \u00a0".repeat(run.length).slice(0, run.length));
        return document.execCommand("insertText", false, typed) ? "sent" : "ignored";
    },
};
