// Gives a box the focus, and follows it when the page draws another one for that.

import { boxAt } from "../composer.ts";
import { deepActive, holder } from "../reach.ts";
import { plausible, visible } from "./boxes.ts";

/** Whether a box has the focus. */
export function focused(box: HTMLElement): boolean {
    const active = deepActive();
    return active !== null && (active === box || box.contains(active) || (active.isContentEditable && active.contains(box)));
}

/** Gives a box the focus, and first the frames that it is in. */
export function focus(box: HTMLElement): void {
    if (focused(box)) return;
    for (let outer = holder(box); outer !== null; outer = holder(outer)) {
        if (outer.nodeName === "IFRAME") (outer as HTMLElement).focus({ preventScroll: true });
    }
    box.focus({ preventScroll: true });
}

/** Where a box is, to know another one by that the page puts there instead. */
export class Spot {
    private readonly form: Element | null;
    private readonly parent: Element | null;

    constructor(private readonly box: HTMLElement) {
        this.form = box.closest("form");
        this.parent = box.parentElement;
    }

    /** The box that has the focus here, if any: the same one, or the one that was drawn in its stead. */
    taker(): HTMLElement | null {
        if (this.box.isConnected) return focused(this.box) ? this.box : null;
        const box = boxAt(deepActive());
        const here = box !== null && (this.form?.contains(box) || this.parent?.contains(box));
        return here && visible(box) && plausible(box) ? box : null;
    }
}
