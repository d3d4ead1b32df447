// A composer while a text is put in it.

import { compare, type Verdict } from "./compare.ts";
import { kindOf, type Kind } from "./kind.ts";
import { read } from "./readback.ts";

/** The composer, what it held before, and what it is. */
export class Box {
    readonly kind: Kind;
    readonly before: string;

    constructor(readonly element: HTMLElement) {
        this.kind = kindOf(element);
        this.before = this.read();
    }

    /** What it holds now. */
    read(): string {
        return read(this.element);
    }

    /** What became of a text that was to go in. */
    verdict(text: string): Verdict {
        return compare(this.before, this.read(), text, this.kind === "textarea");
    }

    /** Whether it is again as it was. */
    restored(): boolean {
        return this.verdict("") === "unchanged";
    }
}

/** How an inserter went about it. */
export type Attempt =
    /** The browser did it, or the page took it: its effect may take a moment to show. */
    | "sent"
    /** Nobody took it. */
    | "ignored"
    /** The page took it and may do anything with it, later too; nothing else may be tried on top of it. */
    | "claimed";

/** One way to put a text in, for one family of editors. */
export interface Inserter {
    /** For the report. */
    readonly name: string;
    /** Whether the composer is of the family; otherwise the next inserter is asked. */
    handles(box: Box): boolean;
    /** Puts the text at the caret. The composer has the focus and a collapsed selection. */
    insert(box: Box, text: string): Attempt;
    /** Takes an insertion back in a way of its own; true: it did, and the usual way is not needed. */
    undo?(box: Box): boolean;
}
