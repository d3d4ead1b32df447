// Paints marks with the CSS Custom Highlight API: no node is added, wrapped or changed.
//
// The background styles the names with the extension's own sheet. The registry is shared with the page, so the names
// are random, and a name is registered only while something is painted under it.
//
// Every frame in which a highlight changed costs Chromium a look at all boxes of the document: 20 ms where they are
// 30,000. What is out of view is therefore painted together, now and then.

import type { Known } from "./post.ts";
import { place } from "./text.ts";
import type { MarkNames, RiskLevel } from "./wire.ts";

/** How long a post flashes, in milliseconds; a calm flash stays, without blinking. */
const BLINK = 220;
const CALM = 1800;
/** How long what is out of view may wait for others to be painted with it, in milliseconds. */
const GATHER = 500;

interface Stroke {
    readonly risk: RiskLevel;
    readonly range: StaticRange;
}

interface Painted {
    /** The words that the marks are for. */
    readonly words: string;
    readonly marks: readonly Stroke[];
}

export class Painter {
    readonly names: MarkNames = { none: random(), low: random(), medium: random(), high: random(), flash: random() };
    /** Our own list: Firefox does not let a content script iterate a Highlight. */
    private readonly painted = new Map<number, Painted>();
    /** Those of `painted` that wait for others. */
    private readonly late = new Set<number>();
    private gathering: ReturnType<typeof setTimeout> | null = null;
    private readonly layers: Record<RiskLevel, Layer>;
    private readonly flashes: Layer;
    private timers: ReturnType<typeof setTimeout>[] = [];

    constructor() {
        this.layers = {
            none: new Layer(this.names.none, 1),
            low: new Layer(this.names.low, 2),
            medium: new Layer(this.names.medium, 3),
            high: new Layer(this.names.high, 4),
        };
        this.flashes = new Layer(this.names.flash, 0);
    }

    /** Paints the post's marks, in place of those it had. */
    paint(post: Known): void {
        this.clear(post);
        const { reading } = post;
        if (reading === null || post.marks.length === 0) return;
        const marks: Stroke[] = [];
        for (const { risk, span } of post.marks) {
            // Static ranges: live ones would be moved along at every change that the page makes, at the page's cost.
            const range = place(reading, span);
            if (range === null || !(risk in this.layers)) continue;
            marks.push({ risk, range });
        }
        if (marks.length === 0) return;
        this.painted.set(post.id, { words: post.words, marks });
        this.late.add(post.id);
        if (isInView(post.element)) this.strike();
        else this.gathering ??= setTimeout(() => this.strike(), GATHER);
    }

    /** Removes the post's marks. */
    clear(post: { readonly id: number }): void {
        for (const { risk, range } of this.painted.get(post.id)?.marks ?? []) this.layers[risk].delete(range);
        this.painted.delete(post.id);
        this.late.delete(post.id);
    }

    /** Removes the post's marks if they are for other words than it has. */
    expire(post: Known): void {
        if (this.painted.get(post.id)?.words !== post.words) this.clear(post);
    }

    /** Removes the marks of posts that are no more. */
    sweep(exists: (id: number) => boolean): void {
        for (const id of this.painted.keys()) if (!exists(id)) this.clear({ id });
    }

    /** Draws the eye to some words for a moment. */
    flash(ranges: readonly StaticRange[]): void {
        this.calm();
        const on = (): void => ranges.forEach((range) => this.flashes.add(range));
        const off = (): void => ranges.forEach((range) => this.flashes.delete(range));
        on();
        if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
            this.timers.push(setTimeout(off, BLINK), setTimeout(on, 2 * BLINK));
        }
        this.timers.push(setTimeout(off, CALM));
    }

    /** Removes every trace. */
    stop(): void {
        this.calm();
        for (const layer of Object.values(this.layers)) layer.clear();
        this.painted.clear();
        this.late.clear();
        this.strike();
    }

    /** Paints what waits. */
    private strike(): void {
        if (this.gathering !== null) clearTimeout(this.gathering);
        this.gathering = null;
        for (const id of this.late) {
            for (const { risk, range } of this.painted.get(id)?.marks ?? []) this.layers[risk].add(range);
        }
        this.late.clear();
    }

    private calm(): void {
        this.timers.forEach((timer) => clearTimeout(timer));
        this.timers = [];
        this.flashes.clear();
    }
}

/** One highlight, registered only while it holds something. */
class Layer {
    private readonly highlight = new Highlight();
    private registered = false;

    constructor(
        private readonly name: string,
        priority: number,
    ) {
        this.highlight.priority = priority;
    }

    add(range: StaticRange): void {
        this.highlight.add(range);
        if (this.registered) return;
        CSS.highlights.set(this.name, this.highlight);
        this.registered = true;
    }

    delete(range: StaticRange): void {
        this.highlight.delete(range);
        if (this.highlight.size === 0) this.clear();
    }

    clear(): void {
        this.highlight.clear();
        if (this.registered) CSS.highlights.delete(this.name);
        this.registered = false;
    }
}

function isInView(element: Element): boolean {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom >= 0 && top <= innerHeight;
}

/** A CSS name that a page cannot guess. */
function random(): string {
    return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
}
