// What the manager has selected in the page, to say that it is a post.

import type { Drawing } from "./sketch.ts";

/** Whether anything is selected in this document. */
export function isSelected(): boolean {
    return getSelection()?.isCollapsed === false;
}

/** The drawn elements that hold the selection, each the smallest one. */
export function selected(drawing: Drawing): number[] {
    const selection = getSelection();
    if (selection === null || selection.rangeCount === 0) return [];
    let node: Node | null = selection.getRangeAt(0).commonAncestorContainer;
    while (node !== null && (node.nodeType !== Node.ELEMENT_NODE || isRunning(node as Element))) node = node.parentNode;
    const at = node === null ? -1 : drawing.elements.indexOf(node as Element);
    return at > 0 ? [at] : [];
}

/** Whether an element is part of a line or a paragraph, and not a text by itself. */
function isRunning(element: Element): boolean {
    return element.nodeName === "P" || element.nodeName === "LI" || getComputedStyle(element).display.startsWith("inline");
}
