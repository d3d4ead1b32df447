// A composer while a text is put in it.

import { caretIn } from "../composer.ts";
import { isElement } from "../reach.ts";
import { compare, type Verdict } from "./compare.ts";
import { familyOf, type Family } from "./family.ts";
import { focused } from "./focus.ts";
import type { Surface } from "./surface.ts";
import { editable } from "./surfaces/editable.ts";

/** The composer, what it held before, and what it is. */
export class Box {
    readonly family: Family;
    readonly surface: Surface;
    /** What it held before; null: that cannot be known. */
    readonly before: string | null;

    constructor(readonly element: HTMLElement) {
        this.family = familyOf(element);
        this.surface = this.family.surface ?? editable;
        this.before = this.read();
    }

    /** What it holds now. */
    read(): string | null {
        return this.surface.read(this.element);
    }

    /** What became of a text that was to go in. */
    verdict(text: string): Verdict {
        const now = this.read();
        if (this.before === null || now === null) return "other";
        return compare(this.before, now, text, this.surface.literal);
    }

    /** Whether it is again as it was. */
    restored(): boolean {
        return this.verdict("") === "unchanged";
    }

    /** The element that holds the caret: editors listen there. */
    get target(): Element {
        const node = caretIn(this.element)?.node ?? this.element;
        return isElement(node) ? node : (node.parentElement ?? this.element);
    }

    /** Has the browser edit; false: it did not. It would do so wherever the focus is, so that must be in the box. */
    edit(command: "insertText" | "insertParagraph" | "undo", text?: string): boolean {
        return focused(this.element) && this.element.ownerDocument.execCommand(command, false, text);
    }
}
