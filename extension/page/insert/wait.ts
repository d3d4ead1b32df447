// Waits for the manager to open a reply box, and changes nothing meanwhile: it listens beside the page, and looks at
// the boxes when something happened. What the page does by itself opens nothing.

import { boxAt } from "../composer.ts";
import { deepActive, documentIn, holder, trees } from "../reach.ts";
import type { ComposerEvent } from "../wire.ts";
import type { Belonging } from "./belonging.ts";
import { boxesIn, visible } from "./boxes.ts";
import { isOpen } from "./find.ts";

/** Between what happens and the look at the boxes, in milliseconds. */
const LOOK = 150;
/** How long something counts as what the manager's last act brought about, in milliseconds. */
const ACT = 5_000;

const CHANGES: MutationObserverInit = {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["class", "hidden", "style", "open", "contenteditable"],
};

export interface Guard {
    /** What is known of the posts; null: not what the page is now. */
    belonging(): Belonging | null;
    /** Whether the post that is answered is still there. */
    isThere(): boolean;
    /** The manager opened a box: not for the post, or else this waits no more. */
    opened(box: HTMLElement, event: "opened" | "opened_elsewhere"): void;
    /** This waits no more. */
    ended(event: ComposerEvent): void;
}

/** What tells a person from a page, and the time, in milliseconds. */
export interface Senses {
    isTrusted(event: Event): boolean;
    now(): number;
}

const REAL: Senses = { isTrusted: (event) => event.isTrusted, now: () => performance.now() };

export class Wait {
    private readonly end = new AbortController();
    private readonly observer = new MutationObserver(() => this.stir());
    private readonly heard = new WeakSet<Document>();
    /** Boxes that were open before, or that were judged when they opened. */
    private readonly seen = new Set<HTMLElement>();
    private readonly elsewhere = new WeakSet<HTMLElement>();
    /** The box that had the focus before the manager did anything; null: none, or the manager was in it since. */
    private stale: HTMLElement | null;
    private acted = -Infinity;
    private timer: ReturnType<typeof setTimeout> | null = null;
    private readonly patience: ReturnType<typeof setTimeout>;

    constructor(
        private readonly guard: Guard,
        patience: number,
        private readonly senses: Senses = REAL,
    ) {
        this.stale = boxAt(deepActive());
        for (const box of boxesIn(document)) if (isOpen(box)) this.seen.add(box);
        this.listen(window);
        // A document's observer and listeners do not reach into the trees of others.
        for (const tree of trees(document)) {
            this.observer.observe(tree, CHANGES);
            if (tree !== document && "defaultView" in tree) this.listen((tree as Document).defaultView);
        }
        this.patience = setTimeout(() => this.finish("timed_out"), patience);
    }

    /** Waits no more. */
    stop(): void {
        this.end.abort();
        this.observer.disconnect();
        clearTimeout(this.patience);
        if (this.timer !== null) clearTimeout(this.timer);
    }

    /** Something happened: a look follows. */
    readonly stir = (): void => {
        if (!this.end.signal.aborted) this.timer ??= setTimeout(() => this.look(), LOOK);
    };

    /** Waits no more, and says why. */
    finish(event: ComposerEvent): void {
        if (this.end.signal.aborted) return;
        this.stop();
        this.guard.ended(event);
    }

    private listen(target: Window | null): void {
        if (target === null || this.heard.has(target.document)) return;
        this.heard.add(target.document);
        const options = { capture: true, passive: true, signal: this.end.signal };
        for (const type of ["click", "pointerup", "keyup"]) target.addEventListener(type, this.act, options);
        // The focus may have gone into a frame; a frame may have another document.
        for (const type of ["focusin", "blur", "load"]) target.addEventListener(type, this.stir, options);
        target.addEventListener("keydown", this.key, options);
    }

    private readonly act = (event: Event): void => {
        if (!this.senses.isTrusted(event)) return;
        this.acted = this.senses.now();
        const path = event.composedPath();
        // Closed trees are left out of the path.
        for (let at: Element | null = this.stale; at !== null; at = holder(at)) {
            if (!path.includes(at)) continue;
            this.stale = null;
            break;
        }
        this.stir();
    };

    private readonly key = (event: Event): void => {
        const { key, isComposing } = event as KeyboardEvent;
        if (key === "Escape" && !isComposing && this.senses.isTrusted(event)) this.finish("escaped");
    };

    private look(): void {
        this.timer = null;
        if (!this.guard.isThere()) {
            this.finish("timed_out");
            return;
        }
        for (const frame of document.querySelectorAll("iframe")) this.listen(documentIn(frame)?.defaultView ?? null);
        if (this.senses.now() - this.acted > ACT) return;
        const belonging = this.guard.belonging();
        if (belonging === null) return;
        const active = boxAt(deepActive());
        if (active !== this.stale) this.stale = null;
        const entered = active !== null && active !== this.stale && isOpen(active) ? active : null;
        const opened = this.newOnes().filter((box) => box !== entered && belonging.isRead(box));
        if (entered !== null && belonging.isRead(entered)) {
            if (belonging.extent(entered) !== null) {
                this.open(entered);
                return;
            }
            if (!this.elsewhere.has(entered)) this.guard.opened(entered, "opened_elsewhere");
            this.elsewhere.add(entered);
        }
        const mine = opened.map((box) => ({ box, extent: belonging.extent(box) ?? Infinity }));
        const [best, next] = mine.filter(({ extent }) => extent < Infinity).sort((a, b) => a.extent - b.extent);
        if (best !== undefined && best.extent !== next?.extent) this.open(best.box);
        // Of two alike the one that the manager enters is meant.
        else for (const box of opened) this.seen.add(box);
    }

    /** Boxes that opened since they were looked at last. */
    private newOnes(): HTMLElement[] {
        for (const box of this.seen) if (!box.isConnected || !visible(box)) this.seen.delete(box);
        return boxesIn(document).filter((box) => !this.seen.has(box) && isOpen(box));
    }

    private open(box: HTMLElement): void {
        this.stop();
        this.guard.opened(box, "opened");
    }
}
