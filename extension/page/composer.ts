// Which of the page's boxes is the reply box, and where in it the manager's caret was.

import type { Adapter } from "./adapter.ts";

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

    constructor() {
        document.addEventListener("focusin", this.focus, true);
        document.addEventListener("selectionchange", this.select);
        this.keep(deepActive());
    }

    stop(): void {
        document.removeEventListener("focusin", this.focus, true);
        document.removeEventListener("selectionchange", this.select);
    }

    /** Whether a box had the focus since the script began. */
    touched(box: Element): boolean {
        return this.focused.has(box);
    }

    /** The last caret seen in a box, if its place still exists. */
    caret(box: Element): Caret | null {
        const caret = this.carets.get(box);
        return caret !== undefined && box.contains(caret.node) ? caret : null;
    }

    /**
     * The reply box: the one with the focus, or which had it last; else the first visible one that the adapter names;
     * else one that looks like a reply box, nearest to the post that is answered.
     */
    find(adapter: Adapter | null, post: Element | null): Found {
        const named = [...(adapter?.composers(document) ?? [])].flatMap((element) => boxOf(element) ?? []).filter(plausible);
        const used = boxAt(deepActive()) ?? this.last?.deref() ?? null;
        if (used !== null && used.isConnected && visible(used) && plausible(used)) {
            return { box: used };
        }
        const open = named.find(visible);
        if (open !== undefined) return { box: open };
        // The adapter knows this page's box, and it is closed: another box is not the right one.
        if (named.length > 0) return { none: "hidden" };
        const boxes = [...document.querySelectorAll<HTMLElement>(EDITABLE)].filter((box) => boxAt(box) === box && plausible(box));
        const near = boxes.filter(visible).sort((a, b) => rank(b, post) - rank(a, post));
        if (near[0] !== undefined) return { box: near[0] };
        return { none: boxes.length > 0 ? "hidden" : "no_composer" };
    }

    private keep(element: HTMLElement | null): void {
        const box = boxAt(element);
        if (box === null) return;
        this.last = new WeakRef(box);
        this.focused.add(box);
    }

    private readonly focus = (): void => this.keep(deepActive());

    private readonly select = (): void => {
        const selection = getSelection();
        const node = selection?.focusNode ?? null;
        if (selection === null || node === null || selection.rangeCount === 0) return;
        const element = node.nodeType === Node.ELEMENT_NODE ? (node as Element) : node.parentElement;
        const box = boxAt(element);
        if (box === null || box.nodeName === "TEXTAREA") return;
        // The end of the selection: what the manager selected is never replaced.
        const range = selection.getRangeAt(selection.rangeCount - 1);
        this.carets.set(box, { node: range.endContainer, offset: range.endOffset });
    };
}

/** The focused element, also inside open shadow trees. */
export function deepActive(): HTMLElement | null {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active instanceof HTMLElement ? active : null;
}

/** Whether a box can be seen: an insertion that the manager does not see is worse than none. */
export function visible(box: Element): boolean {
    return box.checkVisibility({ visibilityProperty: true }) && box.getClientRects().length > 0;
}

/** The box to write in that an element is or lies in. */
function boxAt(element: Element | null): HTMLElement | null {
    let host = element?.closest<HTMLElement>(EDITABLE) ?? null;
    // The outermost of nested editable elements is the editor.
    while (host !== null && host.nodeName !== "TEXTAREA") {
        const outer = host.parentElement?.closest<HTMLElement>(EDITABLE) ?? null;
        if (outer === null) break;
        host = outer;
    }
    return host;
}

/** The box that an adapter's selector stands for: the element itself, or the one inside it. */
function boxOf(element: Element): HTMLElement | null {
    const inside = [...element.querySelectorAll<HTMLElement>(EDITABLE)];
    return boxAt(element) ?? inside.find(visible) ?? inside[0] ?? null;
}

/** Whether a box may be one for replies; adapters for any page name boxes that are not. */
function plausible(box: HTMLElement): boolean {
    if (box.matches(NOT_A_REPLY_ROLE) || box.closest('[role="search"]') !== null) return false;
    const form = box.closest("form");
    if (form !== null && form.querySelector('input[type="password"]') !== null) return false;
    const says = [box, form].flatMap((element) => WHERE_SAID.map((name) => element?.getAttribute(name) ?? ""));
    return !says.some((words) => NOT_A_REPLY.test(words));
}

/** In the answered post, then after it, then the larger box. */
function rank(box: Element, post: Element | null): number {
    const { width, height } = box.getBoundingClientRect();
    const size = Math.min(width * height, 1e6);
    if (post === null) return size;
    if (post.contains(box)) return 3e6 + size;
    return (post.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING ? 1.5e6 : 0) + size;
}
