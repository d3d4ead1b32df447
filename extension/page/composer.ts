// Which of the page's boxes is the reply box, and where in it the manager's caret was.

import type { Adapter } from "./adapter.ts";
import { deepActive, documentIn, holder, placeOf, treeOf, trees } from "./reach.ts";

/** A caret in a contenteditable. */
export interface Caret {
    readonly node: Node;
    readonly offset: number;
}

/** A box that can be written in, or the reason why there is none. */
export type Found = { readonly box: HTMLElement } | { readonly none: "no_composer" | "hidden" };

const EDITABLE = 'textarea, [contenteditable]:not([contenteditable="false"])';

/** Words in a box's own attributes, or those of its form, that say it is for something else than a reply. */
const NOT_A_REPLY = /search|recherch|query|login|password|passwd|captcha|newsletter|coupon/i;
const WHERE_SAID = ["id", "name", "role", "aria-label", "placeholder"];
const NOT_A_REPLY_ROLE = 'input, [role="search"] *, [role="searchbox"], [role="combobox"]:not([contenteditable])';

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

    /**
     * The reply box: the one with the focus, or which had it last; else the first visible one that the adapter names;
     * else one that looks like a reply box, nearest to the post that is answered.
     */
    find(adapter: Adapter | null, post: Element | null): Found {
        const named = [...(adapter?.composers(document) ?? [])].flatMap((element) => boxOf(element) ?? []).filter(plausible);
        const used = boxAt(deepActive()) ?? this.last?.deref() ?? null;
        if (used !== null && used.isConnected && visible(used) && plausible(used)) return { box: used };
        const open = named.find(visible) ?? named.flatMap(standIns).find(visible);
        if (open !== undefined) return { box: open };
        // The adapter knows this page's box, and it is closed: another box is not the right one.
        if (named.length > 0) return { none: "hidden" };
        const boxes = boxesIn(document).filter(plausible);
        const near = boxes.filter(visible).sort((a, b) => rank(b, post) - rank(a, post));
        if (near[0] !== undefined) return { box: near[0] };
        return { none: boxes.length > 0 ? "hidden" : "no_composer" };
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

/** Whether a box can be seen: an insertion that the manager does not see is worse than none. */
export function visible(box: Element): boolean {
    const outer = holder(box);
    if (outer !== null && !visible(outer)) return false;
    return box.checkVisibility({ visibilityProperty: true }) && box.getClientRects().length > 0;
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

/** The boxes in a tree and in all trees inside it. */
function boxesIn(start: Document | Element): HTMLElement[] {
    const boxes: HTMLElement[] = [];
    for (const tree of trees(start)) {
        if ("designMode" in tree && tree.designMode === "on") boxes.push((tree as Document).body);
        else for (const box of tree.querySelectorAll<HTMLElement>(EDITABLE)) if (boxAt(box) === box) boxes.push(box);
    }
    return boxes;
}

/** The box that an adapter's selector stands for: the element itself, or the one inside it. */
function boxOf(element: Element): HTMLElement | null {
    const own = documentIn(element) === null ? boxAt(element) : null;
    if (own !== null) return own;
    const inside = boxesIn(element);
    return inside.find(visible) ?? inside[0] ?? null;
}

/** What an editor has put beside the textarea that it hides: the form still sends the textarea, and adapters name it. */
function standIns(box: HTMLElement): HTMLElement[] {
    return box.nodeName === "TEXTAREA" ? boxesIn(box.parentElement ?? box).filter(plausible) : [];
}

/** Whether a box may be one for replies; adapters for any page name boxes that are not. */
export function plausible(box: HTMLElement): boolean {
    const place = placeOf(box);
    if (box.matches(NOT_A_REPLY_ROLE) || place.closest('[role="search"]') !== null) return false;
    const form = box.closest("form") ?? place.closest("form");
    if (form !== null && form.querySelector('input[type="password"]') !== null) return false;
    const says = [box, form].flatMap((element) => WHERE_SAID.map((name) => element?.getAttribute(name) ?? ""));
    return !says.some((words) => NOT_A_REPLY.test(words));
}

/** In the answered post, then after it, then the larger box. */
function rank(box: Element, post: Element | null): number {
    // The textarea of CodeMirror 5 is a keyhole; the box is around it.
    const { width, height } = (box.closest(".CodeMirror") ?? box).getBoundingClientRect();
    const size = Math.min(width * height, 1e6);
    if (post === null) return size;
    if (post.contains(box)) return 3e6 + size;
    const follows = placeOf(post).compareDocumentPosition(placeOf(box)) & Node.DOCUMENT_POSITION_FOLLOWING;
    return (follows ? 1.5e6 : 0) + size;
}
