// A text that was inserted, and whether it is still in its box: when it is not, it was published, or given up. Nothing is
// asked again and again: the box is looked at when something happened to it.

import { holder } from "../reach.ts";
import type { Box } from "./box.ts";
import { boxesIn, visible } from "./boxes.ts";
import { familyOf } from "./family.ts";
import { editable } from "./surfaces/editable.ts";

/** Between what happens and the look at the box, in milliseconds: sites draw a box again while it is written in. */
const LOOK = 500;

export class Kept {
    private box!: WeakRef<HTMLElement>;
    private readonly words: ReadonlyMap<string, number>;
    private readonly half: number;
    private end = new AbortController();
    private readonly observer = new MutationObserver((records) => this.note(records));
    private timer: ReturnType<typeof setTimeout> | null = null;
    /** Something of the box itself changed. */
    private changed = false;

    /** `emptied` is told once that it is not in the box any more. */
    constructor(
        { element }: Pick<Box, "element">,
        text: string,
        private readonly emptied: () => void,
    ) {
        this.words = counted(text);
        this.half = total(this.words) / 2;
        this.follow(element);
    }

    /** Looks no more. */
    stop(): void {
        this.end.abort();
        this.observer.disconnect();
        if (this.timer !== null) clearTimeout(this.timer);
        this.timer = null;
    }

    /** The box goes away with its document. */
    leave(): void {
        this.stop();
        this.emptied();
    }

    private follow(box: HTMLElement): void {
        this.stop();
        this.end = new AbortController();
        this.box = new WeakRef(box);
        box.addEventListener("input", this.input, { capture: true, passive: true, signal: this.end.signal });
        // Each tree around it: a box also goes when its frame does.
        for (let at: Element | null = box; at !== null; at = holder(at)) {
            this.observer.observe(at.getRootNode(), { subtree: true, childList: true, characterData: true });
        }
    }

    private readonly input = (): void => {
        this.changed = true;
        this.stir();
    };

    private note(records: readonly MutationRecord[]): void {
        const box = this.box.deref();
        // What a script puts in a text control changes nothing else.
        const place = box?.nodeName === "TEXTAREA" ? null : box;
        this.changed ||= !place || records.some(({ target }) => place.contains(target));
        this.stir();
    }

    private stir(): void {
        this.timer ??= setTimeout(() => this.look(), LOOK);
    }

    private look(): void {
        this.timer = null;
        const box = this.box.deref();
        if (box !== undefined && isAttached(box)) {
            if (this.changed && !this.isIn(box)) this.leave();
            this.changed = false;
            return;
        }
        // Drawn again, or in another form: rich and plain, small and large.
        const heir = boxesIn(document).find((other) => visible(other) && this.isIn(other));
        if (heir === undefined) this.leave();
        else this.follow(heir);
    }

    /** Whether a box holds half of the words or more. */
    private isIn(box: HTMLElement): boolean {
        const surface = familyOf(box).surface ?? editable;
        const text = surface.glance === undefined ? surface.read(box) : surface.glance(box);
        // More than is drawn is not nothing.
        if (text === null) return true;
        const there = counted(text);
        let found = 0;
        for (const [word, count] of this.words) found += Math.min(count, there.get(word) ?? 0);
        return found >= this.half;
    }
}

/** Whether a box is in the page, and so are the frames that it is in. */
function isAttached(box: Element): boolean {
    for (let at: Element | null = box; at !== null; at = holder(at)) {
        if (!at.isConnected || at.ownerDocument.defaultView === null) return false;
    }
    return true;
}

function counted(text: string): Map<string, number> {
    const counts = new Map<string, number>();
    for (const word of text.replace(/[\u200b\ufeff\u2060]/g, "").split(/\s+/)) {
        if (word !== "") counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    return counts;
}

function total(counts: ReadonlyMap<string, number>): number {
    let sum = 0;
    for (const count of counts.values()) sum += count;
    return sum;
}
