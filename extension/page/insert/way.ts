// One way to put a text in a composer.

import type { Box } from "./box.ts";

/** How it went. */
export type Attempt =
    /** The browser did it: its effect may take a moment to show. */
    | "sent"
    /** The page took it, and may do anything with it. */
    | "claimed"
    /** Nobody took it. */
    | "ignored";

/** A text with what must stand around it so that it is a paragraph of its own. */
export interface Words {
    readonly text: string;
    /** Line breaks before and after, as far as they are not there yet. */
    readonly before: string;
    readonly after: string;
}

export interface Way {
    /** For the report. */
    readonly name: string;
    /** Puts the text at the caret. The composer has the focus and a collapsed selection. */
    insert(box: Box, words: Words): Attempt;
    /** Takes an insertion back in a way of its own, when undoing by the editor cannot. */
    undo?(box: Box): void;
}

/** All that goes in. */
export function whole({ before, text, after }: Words): string {
    return before + text + after;
}

/** Keeps the second of two blanks where HTML would make one of them. */
export function spaced(text: string): string {
    return text.replace(/  /g, " \u00a0");
}
