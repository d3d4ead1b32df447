// What the script knows of one post of the page.

import type { Reading } from "./text.ts";
import type { Mark } from "./wire.ts";

export interface Known {
    /** Its number on the wire. */
    readonly id: number;
    readonly element: Element;
    /** As last read; null: not yet, or nothing of it is shown. */
    reading: Reading | null;
    /** The words as last read; empty: none. */
    words: string;
    /** The words that the background has; empty: it has none. */
    sent: string;
    /** What the background said to paint, for the parts it has. */
    marks: readonly Mark[];
}
