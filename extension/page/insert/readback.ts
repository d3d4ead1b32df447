// What a composer holds, as text. Not `innerText`: it doubles the breaks between paragraphs and fails out of sight.

/** Furniture that editors keep inside their box: placeholders, clipboards, cursor helpers. */
const FURNITURE = '[data-slate-placeholder], .ql-clipboard, .cm-widgetBuffer, [data-mce-bogus="all"], .fr-marker, script, style';

/** The text of a text control or of an editable element, lines separated by `\n`. */
export function read(element: HTMLElement): string {
    if (element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement) return element.value;
    const lines = new Lines();
    lines.children(element);
    return lines.text();
}

class Lines {
    private readonly lines: string[] = [];
    /** The line being written; null: none is. */
    private line: string | null = null;

    text(): string {
        this.end();
        return this.lines.join("\n").replace(/[\u200b\ufeff]/g, "");
    }

    children(element: Element): void {
        const white = getComputedStyle(element).whiteSpace;
        const kept = /^(pre|preserve|break-spaces)/.test(white);
        for (const node of element.childNodes) {
            if (node.nodeType === Node.TEXT_NODE) this.write((node as Text).data, kept);
            else if (node.nodeType === Node.ELEMENT_NODE) this.element(node as Element);
        }
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
        const empty = element.childElementCount === 0 && (element.textContent ?? "").trim() === "";
        if (empty) this.lines.push("");
        else this.children(element);
        this.end();
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
}
