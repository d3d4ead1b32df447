// Puts the caret where the text shall go: where the manager left it, else at the end. What is selected is kept.

import type { Composer } from "../composer.ts";
import { deepActive } from "../composer.ts";

/** Gives the composer the focus. False: it did not take it, and typing would go elsewhere. */
export function focus(box: HTMLElement): boolean {
    if (!focused(box)) box.focus({ preventScroll: true });
    return focused(box);
}

/** Whether the composer has the focus. */
export function focused(box: HTMLElement): boolean {
    const active = deepActive();
    return active !== null && (active === box || box.contains(active) || (active.isContentEditable && active.contains(box)));
}

/**
 * Collapses the selection to its end, or brings back the last caret, or goes to the end.
 * `was` tells how the composer stood before it was given the focus: giving it moves the caret.
 */
export function settle(box: HTMLElement, was: { focused: boolean; used: boolean }, composer: Composer): void {
    if (box instanceof HTMLTextAreaElement) {
        const caret = was.focused || was.used || box.selectionEnd > 0 ? box.selectionEnd : box.value.length;
        box.setSelectionRange(caret, caret);
        return;
    }
    const selection = getSelection();
    if (selection === null) return;
    if (was.focused && selection.rangeCount > 0 && box.contains(selection.focusNode)) {
        selection.collapseToEnd();
        return;
    }
    const caret = composer.caret(box);
    if (caret !== null) selection.collapse(caret.node, Math.min(caret.offset, extent(caret.node)));
    else {
        selection.selectAllChildren(box);
        selection.collapseToEnd();
    }
}

/** What must stand before and after the text so that it is a paragraph of its own. */
export function separators(box: HTMLElement): { before: string; after: string } {
    const [left, right] = around(box);
    return { before: gap(left, /\n*$/), after: gap(right, /^\n*/) };
}

function gap(text: string, breaks: RegExp): string {
    if (text.trim() === "") return "";
    const there = breaks.exec(text.replace(/[^\S\n]+$|^[^\S\n]+/g, ""))?.[0].length ?? 0;
    return "\n".repeat(Math.max(0, 2 - there));
}

/** The text on either side of the caret. */
function around(box: HTMLElement): [string, string] {
    if (box instanceof HTMLTextAreaElement) {
        return [box.value.slice(0, box.selectionEnd), box.value.slice(box.selectionEnd)];
    }
    const selection = getSelection();
    if (selection === null || selection.rangeCount === 0 || !box.contains(selection.focusNode)) return ["", ""];
    const caret = selection.getRangeAt(0);
    const side = caret.cloneRange();
    side.selectNodeContents(box);
    side.setEnd(caret.startContainer, caret.startOffset);
    const left = side.toString();
    side.selectNodeContents(box);
    side.setStart(caret.endContainer, caret.endOffset);
    return [left, side.toString()];
}

function extent(node: Node): number {
    return node.nodeType === Node.TEXT_NODE ? (node as Text).length : node.childNodes.length;
}
