// Which of the page's boxes the manager was in last, and where in it the caret was.

import { deepActive, treeOf } from "./reach.ts";

/** A caret in a contenteditable. */
export interface Caret {
    readonly node: Node;
    readonly offset: number;
}

/** Elements that are written in. */
export const EDITABLE = 'textarea, [contenteditable]:not([contenteditable="false"])';

export class Composer {
    /** The box that had the focus last; the panel may have it now. */
    private last: WeakRef<HTMLElement> | null = null;
    private readonly focused = new WeakSet<Element>();
    private readonly carets = new WeakMap<Element, Caret>();

    private readonly end = new AbortController();

    constructor() {
        const { signal } = this.end;
        document.addEventListener("focusin", this.focus, { capture: true, signal });
        // The focus has gone into a frame, perhaps; the page is told no more than that it lost it.
        addEventListener("blur", this.focus, { signal });
        document.addEventListener("selectionchange", this.select, { signal });
        this.focus();
    }

    stop(): void {
        this.end.abort();
    }

    /** Whether a box had the focus since the script began, and the last caret seen in it, if its place still exists. */
    known(box: Element): { used: boolean; caret: Caret | null } {
        const caret = this.carets.get(box);
        return { used: this.focused.has(box), caret: caret && box.contains(caret.node) ? caret : null };
    }

    /** The box that has the focus, or had it last. */
    get used(): HTMLElement | null {
        return boxAt(deepActive()) ?? this.last?.deref() ?? null;
    }

    private readonly focus = (): void => {
        const box = boxAt(deepActive());
        if (box === null) return;
        this.last = new WeakRef(box);
        this.focused.add(box);
    };

    private readonly select = (): void => {
        const box = boxAt(deepActive());
        if (box === null || box.nodeName === "TEXTAREA") return;
        const caret = caretIn(box);
        if (caret !== null) this.carets.set(box, caret);
    };
}

/**
 * Where what is typed in a box would go: the end of the selection, since what the manager selected is never replaced.
 * Null: the selection is elsewhere.
 */
export function caretIn(box: Element): (Caret & { readonly selected: boolean }) | null {
    const selection = box.ownerDocument.getSelection();
    if (selection === null || selection.rangeCount === 0) return null;
    const tree = treeOf(box);
    // A document's selection does not tell of shadow trees by itself.
    const [range] = selection.getComposedRanges({ shadowRoots: tree === null ? [] : [tree] });
    if (range === undefined || !box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
    return { node: range.endContainer, offset: range.endOffset, selected: !range.collapsed };
}

/** The box to write in that an element is or lies in. */
export function boxAt(element: Element | null): HTMLElement | null {
    // An old way to make a whole frame editable.
    if (element?.ownerDocument.designMode === "on") return element.ownerDocument.body;
    let box = element?.closest<HTMLElement>(EDITABLE) ?? null;
    // The outermost of nested editable elements is the editor.
    while (box !== null && box.nodeName !== "TEXTAREA") {
        const outer = box.parentElement?.closest<HTMLElement>(EDITABLE) ?? null;
        if (outer === null) break;
        box = outer;
    }
    return box;
}
