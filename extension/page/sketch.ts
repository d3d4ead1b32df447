// Draws the document for the search of its posts: bounded, and in slices that the page does not feel.

import { shown } from "./shadow.ts";
import { SKETCH, type Sketch, type SketchNode } from "./wire.ts";

const SKIPPED: ReadonlySet<string> = new Set(SKETCH.skipped);
const ATTRIBUTES: ReadonlySet<string> = new Set(SKETCH.attributes);
const EDITABLE = '[contenteditable]:not([contenteditable="false"])';

/** Blanks that a text does not keep. */
const FOLDED = /[\t\n\r\f]|  |^\s|\s$/;

/** Nodes drawn between two looks at the clock. */
const BETWEEN = 64;

/** A node of which only what says something is its own: the rest is not sent, and half of a sketch would be that. */
class Drawn implements SketchNode {
    declare parent: number;
    declare tag: string;
    declare nth: number;
    declare text: string;
    declare length: number;
    declare attributes: Record<string, string>;

    static {
        Object.assign(Drawn.prototype, { tag: "", nth: 0, text: "", length: 0, attributes: {} });
    }

    constructor(parent: number) {
        this.parent = parent;
    }
}

/** A drawing under way. */
export class Drawing {
    /** The element of each node; null for a text. */
    readonly elements: (Element | null)[] = [];
    private readonly nodes: SketchNode[] = [];
    /** What is still to be drawn: nodes and the next of them, their parent's index, the place among the elements. */
    private readonly open: { readonly nodes: ArrayLike<Node>; next: number; readonly parent: number; nth: number }[] = [];

    constructor(private readonly document: Document) {
        if (document.body !== null) this.element(document.body, 0, 1);
    }

    /** Goes on until a `performance.now()`; says whether something is left. */
    step(until: number): boolean {
        for (let count = 1; ; count++) {
            const place = this.open.at(-1);
            if (place === undefined || this.nodes.length >= SKETCH.nodes) return false;
            if (count % BETWEEN === 0 && performance.now() > until) return true;
            const node = place.nodes[place.next++];
            if (node === undefined) {
                this.open.pop();
                continue;
            }
            if (node.nodeType === Node.TEXT_NODE) this.text(node as Text, place.parent);
            else if (node.nodeType === Node.ELEMENT_NODE) {
                place.nth++;
                if (isRead(node as Element)) this.element(node as Element, place.parent, place.nth);
            }
        }
    }

    /** The drawing as far as it has come. */
    end(): Sketch {
        const data: string[] = [];
        let left: number = SKETCH.data;
        for (const { textContent } of this.document.querySelectorAll('script[type="application/ld+json"]')) {
            left -= textContent.length;
            if (left < 0) break;
            data.push(textContent);
        }
        return { nodes: this.nodes, data };
    }

    private element(element: Element, parent: number, nth: number): void {
        const node = new Drawn(parent);
        node.tag = element.localName;
        node.nth = nth;
        const names = element.hasAttributes() ? element.getAttributeNames().filter((name) => ATTRIBUTES.has(name)) : [];
        if (names.length > 0) node.attributes = {};
        for (const name of names) node.attributes[name] = cut(element.getAttribute(name) ?? "", SKETCH.value);
        if (this.open.length < SKETCH.depth) {
            this.open.push({ nodes: shown(element), next: 0, parent: this.nodes.length, nth: 0 });
        }
        this.elements.push(element);
        this.nodes.push(node);
    }

    private text(text: Text, parent: number): void {
        const { data } = text;
        // Most have nothing to fold.
        const folded = FOLDED.test(data) ? data.replace(/[ \t\n\r\f]+/g, " ").trim() : data;
        if (folded === "") return;
        this.elements.push(null);
        const node = new Drawn(parent);
        node.text = cut(folded, SKETCH.text);
        node.length = folded.length;
        this.nodes.push(node);
    }
}

/** Whether an element can hold words that are shown, as far as it says itself. */
function isRead(element: Element): boolean {
    if (SKIPPED.has(element.localName)) return false;
    // Each of the questions after this one costs more than all else that is asked of a node.
    if (!element.hasAttributes()) return true;
    return !(
        element.hasAttribute("hidden") ||
        (element.hasAttribute("style") && (element as HTMLElement).style?.display === "none") ||
        (element.hasAttribute("contenteditable") && element.matches(EDITABLE))
    );
}

/** The first units of a text, no surrogate pair torn apart: half a pair is no JSON. */
function cut(text: string, units: number): string {
    if (text.length <= units) return text;
    const last = text.charCodeAt(units - 1);
    return text.slice(0, last >= 0xd800 && last < 0xdc00 ? units - 1 : units);
}
