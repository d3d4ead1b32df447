// What an editable element holds, as text. Not `innerText`: it doubles the breaks between paragraphs and fails out of
// sight.

import type { Caret } from "../composer.ts";
import { isElement, isText } from "../reach.ts";

/** Furniture that editors keep inside their box: placeholders, clipboards, cursor helpers. */
const FURNITURE = '[data-slate-placeholder], .ql-clipboard, .cm-widgetBuffer, [data-mce-bogus="all"], .fr-marker, script, style';

/**
 * Stands for the caret while a text is read: a control character, which pages do not show. Not one of those that Unicode
 * keeps for such uses: Chromium refuses a script in which one stands.
 */
const CARET = "\u0003";

/** The text of an editable element, lines separated by `\n`. */
export function read(element: HTMLElement): string {
    return text(element, null);
}

/** The text before and after a place in it. */
export function readAround(element: HTMLElement, caret: Caret): readonly [string, string] {
    const [before, ...after] = text(element, caret).split(CARET);
    return [before ?? "", after.join("")];
}

function text(element: HTMLElement, caret: Caret | null): string {
    const lines = new Lines(caret);
    lines.children(element);
    return lines.text();
}

class Lines {
    private readonly lines: string[] = [];
    /** The line being written; null: none is. */
    private line: string | null = null;

    constructor(private readonly caret: Caret | null) {}

    text(): string {
        this.end();
        return this.lines.join("\n").replace(/[\u200b\ufeff]/g, "");
    }

    children(element: Element): void {
        const white = getComputedStyle(element).whiteSpace;
        const kept = /^(pre|preserve|break-spaces)/.test(white);
        let index = 0;
        for (const node of element.childNodes) {
            this.mark(element, index++);
            if (isText(node)) this.write(this.marked(node), kept);
            else if (isElement(node)) this.element(node);
        }
        this.mark(element, index);
    }

    private element(element: Element): void {
        if (element.matches(FURNITURE)) return;
        if (element.nodeName === "BR") {
            // A break that is the last thing of its block only holds the block open; it then ends the line that the
            // block's end would have ended.
            this.line ??= "";
            this.end();
            return;
        }
        if (element.nodeName === "IMG") {
            this.line = (this.line ?? "") + (element.getAttribute("alt") ?? "");
            return;
        }
        const { display } = getComputedStyle(element);
        if (display === "none") return;
        const block = !(display === "" || display === "contents" || display.startsWith("inline"));
        if (!block) {
            this.children(element);
            return;
        }
        this.end();
        const before = this.lines.length;
        this.children(element);
        this.end();
        // An empty block is an empty line.
        if (this.lines.length === before && element.childElementCount === 0) this.lines.push("");
    }

    private write(data: string, kept: boolean): void {
        if (kept) {
            const [first, ...others] = data.split("\n");
            if (first !== "") this.line = (this.line ?? "") + first;
            for (const other of others) {
                this.line ??= "";
                this.end();
                if (other !== "") this.line = other;
            }
            return;
        }
        let text = data.replace(/[ \t\n\r\f]+/g, " ");
        if ((this.line === null || this.line.endsWith(" ")) && text.startsWith(" ")) text = text.slice(1);
        if (text !== "") this.line = (this.line ?? "") + text;
    }

    private end(): void {
        if (this.line !== null) this.lines.push(this.line);
        this.line = null;
    }

    private mark(element: Element, index: number): void {
        if (this.caret?.node === element && this.caret.offset === index) this.line = (this.line ?? "") + CARET;
    }

    private marked(node: Text): string {
        if (this.caret?.node !== node) return node.data;
        return node.data.slice(0, this.caret.offset) + CARET + node.data.slice(this.caret.offset);
    }
}
