// How a kind of box is read, and where its caret is.

import type { Caret } from "../composer.ts";

/** How a box stood before it was given the focus, which moves the caret. */
export interface Stood {
    /** It had the focus. */
    readonly focused: boolean;
    /** It ever had it. */
    readonly used: boolean;
    /** The last caret seen in it. */
    readonly caret: Caret | null;
}

export interface Surface {
    /** Keeps every blank as it is. */
    readonly literal: boolean;
    /** What a box holds, lines separated by `\n`; null: that cannot be known. */
    read(box: HTMLElement): string | null;
    /** The same where reading would move the editor under the manager's hands; null: not all of it is drawn. */
    glance?(box: HTMLElement): string | null;
    /** The text before and after the caret. */
    around(box: HTMLElement): readonly [string, string];
    /**
     * Puts the caret where the manager left it, else at the end. What is selected is kept: the caret goes behind it.
     * Says whether something was moved, which the editor must be given time to notice.
     */
    settle(box: HTMLElement, stood: Stood): boolean;
    /** Has the insertion be a step of its own: Chromium joins it with the typing before it, and one undo takes both. */
    part(box: HTMLElement): void;
}
