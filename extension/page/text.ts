// Reads the text of a post as it is shown, and remembers where in the document every unit of it came from.
//
// A part's text is assembled from *runs*: stretches that stand in one text node without a gap. Line breaks and block
// borders are not in any run. A match that spans five nodes is therefore still one range.

import { shown } from "./shadow.ts";
import type { Special } from "./adapter.ts";
import type { Part, PartKind, Span } from "./wire.ts";

/** A stretch of a part's text that stands in one node. */
export interface Run {
    /** A text node, or the image whose `alt` is the text. */
    readonly node: Text | Element;
    /** UTF-16 offset in the node; 0 for an image. */
    readonly from: number;
    /** UTF-16 offset in the part's text. */
    readonly at: number;
    /** UTF-16 units. */
    length: number;
}

/** A post's text with the way back to the document. */
export interface Reading {
    readonly parts: readonly Part[];
    /** For each part its runs, in order. */
    readonly runs: readonly (readonly Run[])[];
}

/** UTF-16 units read from one post at most: a post is read in one go, and must not hold up the page. */
export const LONGEST_POST = 200_000;
/** Nodes visited in one post at most. */
const MOST_NODES = 20_000;

/** Never words of a post. */
const SKIPPED = new Set([
    "SCRIPT", "STYLE", "NOSCRIPT", "TEMPLATE", "TEXTAREA", "BUTTON", "INPUT", "SELECT", "OPTION", "DATALIST", "IFRAME",
    "OBJECT", "EMBED", "CANVAS", "AUDIO", "VIDEO", "svg", "SVG", "math", "HEAD", "TITLE", "METER", "PROGRESS",
]);

/** The line that older forum software draws over a signature, where nothing else tells that it is one. */
const SIGNED = /^\s*_{15,}\s*$/;
/** Longest signature, in UTF-16 units: what is longer is what the poster goes on with. */
const LONGEST_SIGNATURE = 400;

const BLANK = /^[ \t\n\r\f]*$/;
/** Blanks that are not shown as they stand: all but a single space between two words. */
const FOLDED = /[\t\n\r\f][ \t\n\r\f]*| [ \t\n\r\f]+|^ | $/g;
const FOLDED_IN_LINES = /\n|[\t\r\f][ \t\r\f]*| [ \t\r\f]+|^ | $| (?=\n)/g;

/** How a box treats blanks. */
type Blanks = "collapse" | "lines" | "keep";

/** Something to read, and what of it is not the poster's words. */
export interface Piece {
    readonly kind: PartKind;
    readonly element: Element;
    readonly special: Special;
}

/** Reads the pieces of a post in order. Pieces of one kind that follow each other are one text. */
export function read(pieces: readonly Piece[]): Reading {
    return new Walk().read(pieces);
}

/** The place of a span in the document; null when there is nothing of it (it only covers line breaks, or is wrong). */
export function place(reading: Reading, span: Span): StaticRange | null {
    const runs = reading.runs[span.part];
    if (runs === undefined || span.end <= span.start) return null;
    const first = runs[after(runs, span.start)];
    const last = runs[before(runs, span.end)];
    if (first === undefined || last === undefined || last.at + last.length <= first.at) return null;
    const [startContainer, startOffset] = border(first, Math.max(span.start - first.at, 0), false);
    const [endContainer, endOffset] = border(last, Math.min(span.end - last.at, last.length), true);
    return new StaticRange({ startContainer, startOffset, endContainer, endOffset });
}

/** The whole text of a reading as ranges, one for each part. */
export function whole(reading: Reading): StaticRange[] {
    return reading.parts.flatMap((part, index) => place(reading, { part: index, start: 0, end: part.text.length }) ?? []);
}

/** The words of a post and whose they are in one string: what was sent is compared by it. */
export function words(parts: readonly Part[]): string {
    return parts.map(({ kind, text }) => `${kind}\0${text}`).join("\0");
}

/** Whether two readings have the same words in the same places. */
export function same(one: Reading, other: Reading): boolean {
    return (
        one.parts.length === other.parts.length &&
        one.parts.every(({ kind, text }, i) => kind === other.parts[i]!.kind && text === other.parts[i]!.text) &&
        one.runs.every((runs, i) => {
            const others = other.runs[i]!;
            const stands = (run: Run, j: number): boolean => run.node === others[j]!.node && run.from === others[j]!.from;
            return runs.length === others.length && runs.every(stands);
        })
    );
}

/** The first run that ends after an offset. */
function after(runs: readonly Run[], offset: number): number {
    let low = 0;
    let high = runs.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        const run = runs[middle]!;
        if (run.at + run.length > offset) high = middle;
        else low = middle + 1;
    }
    return low;
}

/** The last run that begins before an offset. */
function before(runs: readonly Run[], offset: number): number {
    let low = 0;
    let high = runs.length;
    while (low < high) {
        const middle = (low + high) >> 1;
        if (runs[middle]!.at < offset) low = middle + 1;
        else high = middle;
    }
    return low - 1;
}

function border(run: Run, offset: number, end: boolean): [Node, number] {
    if (run.node.nodeType === Node.TEXT_NODE) return [run.node, run.from + offset];
    const parent = run.node.parentNode;
    if (parent === null) return [run.node, 0];
    const index = Array.prototype.indexOf.call(parent.childNodes, run.node);
    return [parent, end ? index + 1 : index];
}

class Walk {
    private readonly parts: Part[] = [];
    private readonly runs: Run[][] = [];
    private kind: PartKind = "own";
    private special: Special = { quotes: new Set(), dropped: new Set() };
    private text = "";
    private current: Run[] = [];
    private total = 0;
    private nodes = 0;
    /** The line over a signature was met: the rest of the piece is not read. */
    private signed = false;
    /** The piece that is read. */
    private body: Element | null = null;

    /** Breaks that are written only if more text follows. */
    private breaks = 0;
    private border = false;
    /** A blank that is written only if more text follows on the same line. */
    private blank: { node: Text; from: number } | null = null;

    read(pieces: readonly Piece[]): Reading {
        for (const { kind, element, special } of pieces) {
            if (kind !== this.kind) this.turn(kind);
            this.special = special;
            this.signed = false;
            this.body = element;
            this.edge();
            this.children(element, getComputedStyle(element));
        }
        this.finish();
        return { parts: this.parts, runs: this.runs };
    }

    private children(element: Element, style: CSSStyleDeclaration): void {
        // Children of an invisible element can be visible again: only its own text is left out.
        let visible: boolean | null = null;
        const nodes = shown(element);
        for (let i = 0; i < nodes.length; i++) {
            const child = nodes[i]!;
            if (this.signed || this.total >= LONGEST_POST || ++this.nodes > MOST_NODES) return;
            const type = child.nodeType;
            if (type === Node.TEXT_NODE) {
                const { data } = child as Text;
                // The blanks between blocks are most text nodes of a page.
                if ((this.border || this.text === "") && BLANK.test(data)) continue;
                visible ??= style.visibility === "visible" || style.visibility === "";
                if (!visible) continue;
                if (this.kind === "own" && SIGNED.test(data) && this.isEnding(child as Text)) this.signed = true;
                else this.write(child as Text, data, style);
            } else if (type === Node.ELEMENT_NODE) {
                this.element(child as Element);
            }
        }
    }

    /** Whether hardly anything follows in the piece. */
    private isEnding(node: Text): boolean {
        const { body } = this;
        if (body === null || !body.contains(node)) return false;
        const rest = node.ownerDocument.createRange();
        rest.selectNodeContents(body);
        rest.setStartAfter(node);
        return rest.toString().trim().length <= LONGEST_SIGNATURE;
    }

    private element(element: Element): void {
        const name = element.nodeName;
        if (name === "BR") {
            this.breaks++;
            this.blank = null;
            return;
        }
        if (name === "WBR" || SKIPPED.has(name) || this.special.dropped.has(element)) return;
        const style = getComputedStyle(element);
        const display = style.display;
        if (display === "none") return;
        if (name === "IMG") {
            const alt = emoji(element);
            if (alt !== "" && style.visibility !== "hidden") this.push(element, 0, alt);
            return;
        }
        const quoted = this.kind === "own" && this.special.quotes.has(element);
        const block = !(display.startsWith("inline") || display.startsWith("ruby") || display === "contents" || display === "");
        if (quoted) this.turn("quote");
        if (block) this.edge();
        this.children(element, style);
        if (block) this.edge();
        if (quoted) this.turn("own");
    }

    private edge(): void {
        this.border = true;
        this.blank = null;
    }

    /** Ends the part and begins one of the other kind. */
    private turn(kind: PartKind): void {
        this.finish();
        this.kind = kind;
    }

    private finish(): void {
        if (this.text.trim() !== "") {
            this.parts.push({ kind: this.kind, text: this.text });
            this.runs.push(this.current);
        }
        this.text = "";
        this.current = [];
        this.breaks = 0;
        this.border = false;
        this.blank = null;
    }

    private write(node: Text, all: string, style: CSSStyleDeclaration): void {
        const data = all.slice(0, LONGEST_POST - this.total);
        if (data === "") return;
        FOLDED.lastIndex = 0;
        // Styles cost more than text: how blanks are treated is only asked where there is a blank that it matters for.
        const blanks = FOLDED.test(data) ? blanksOf(style) : "keep";
        if (blanks === "keep") {
            this.push(node, 0, data);
            return;
        }
        const pattern = blanks === "lines" ? FOLDED_IN_LINES : FOLDED;
        pattern.lastIndex = 0;
        let from = 0;
        for (let found = pattern.exec(data); found !== null; found = pattern.exec(data)) {
            const { index } = found;
            if (index > from) this.push(node, from, data.slice(from, index));
            if (found[0] === "\n" && blanks === "lines") {
                this.breaks++;
                this.blank = null;
            } else if (this.breaks === 0 && !this.border) {
                this.blank ??= { node, from: index };
            }
            from = index + found[0].length;
        }
        if (from < data.length) this.push(node, from, data.slice(from));
    }

    /** Appends text, after the breaks or the blank that stand before it. */
    private push(node: Text | Element, from: number, text: string): void {
        if (this.text !== "") {
            if (this.border) this.text += "\n\n";
            else if (this.breaks > 0) this.text += this.breaks === 1 ? "\n" : "\n\n";
            else if (this.blank !== null) this.append(this.blank.node, this.blank.from, " ");
        }
        this.breaks = 0;
        this.border = false;
        this.blank = null;
        this.append(node, from, text);
    }

    private append(node: Text | Element, from: number, text: string): void {
        const last = this.current.at(-1);
        const at = this.text.length;
        if (last !== undefined && last.node === node && last.from + last.length === from && last.at + last.length === at) {
            last.length += text.length;
        } else {
            this.current.push({ node, from, at, length: text.length });
        }
        this.text += text;
        this.total += text.length;
    }
}

function blanksOf(style: CSSStyleDeclaration): Blanks {
    const collapse = style.whiteSpaceCollapse ?? "";
    if (collapse === "collapse") return "collapse";
    const value = collapse || style.whiteSpace;
    if (value === "preserve-breaks" || value === "pre-line") return "lines";
    return /^(pre|preserve|break-spaces)/.test(value) ? "keep" : "collapse";
}

const PICTURE = /[\p{Extended_Pictographic}\p{Regional_Indicator}\u20e3]/u;
const SMILEY = /emoji|emoticon|smil/i;

/** What an image stands for in the sentence: an emoji or a smiley. A photo's description is not the poster's words. */
function emoji(image: Element): string {
    const alt = image.getAttribute("alt") ?? "";
    if (alt === "" || alt.length > 24) return "";
    return PICTURE.test(alt) || SMILEY.test(image.className) || SMILEY.test(image.getAttribute("src") ?? "") ? alt : "";
}
