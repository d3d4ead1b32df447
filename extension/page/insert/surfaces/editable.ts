// Editable elements, in the page, in shadow trees and in frames.

import { caretIn } from "../../composer.ts";
import { isElement, isText } from "../../reach.ts";
import { read, readAround } from "../readback.ts";
import type { Surface } from "../surface.ts";

export const editable: Surface = {
    literal: false,
    read,
    around(box) {
        const caret = caretIn(box);
        return caret === null ? [read(box), ""] : readAround(box, caret);
    },
    settle(box, stood) {
        const selection = box.ownerDocument.getSelection();
        if (selection === null) return false;
        const now = caretIn(box);
        if (stood.focused && now !== null) {
            if (!now.selected) return false;
            selection.collapse(now.node, now.offset);
            return true;
        }
        // A frame keeps its selection while the focus is elsewhere, so that is the caret that it was left with.
        const caret = stood.caret ?? (stood.used && box.ownerDocument !== document ? now : null);
        if (caret !== null) selection.collapse(caret.node, Math.min(caret.offset, extent(caret.node)));
        else {
            const { node, offset } = end(box);
            selection.collapse(node, offset);
        }
        return true;
    },
    part(box) {
        const selection = box.ownerDocument.getSelection();
        const caret = caretIn(box);
        if (selection === null || caret === null) return;
        selection.collapse(box, 0);
        selection.collapse(caret.node, caret.offset);
    },
};

/** The end of the last text, or of the last block when that is empty. */
function end(box: HTMLElement): { node: Node; offset: number } {
    let node: Node = box;
    for (let last = box.lastChild; last !== null; last = last.lastChild) {
        // A break at the end holds its block open; what may not be written in is somebody's widget.
        if (last.nodeName === "BR") return { node, offset: extent(node) - 1 };
        if (isElement(last) && !(last as HTMLElement).isContentEditable) break;
        node = last;
    }
    return { node, offset: extent(node) };
}

function extent(node: Node): number {
    return isText(node) ? node.length : node.childNodes.length;
}
