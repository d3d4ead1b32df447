// Has the posts of a page found that no adapter is for: draws the document when it has become quiet, and asks.

import { Adapter } from "./adapter.ts";
import { type Background, Gone } from "./background.ts";
import { Drawing } from "./sketch.ts";
import { type Left, Slices } from "./slices.ts";
import type { PageAnswer, PageToBackground } from "./wire.ts";

/** How much a page must have grown to be drawn again. */
const GROWN = 1.2;
/** How often one address is drawn at most. */
const MOST = 12;

export interface Seeker {
    /** An adapter was found; null: the page seems to have no posts. */
    found(adapter: Adapter | null): void;
    /** The script must stop. */
    lost(): void;
}

export class Finder {
    private drawing: Drawing | null = null;
    private complete = false;
    private drawn = 0;
    private left = MOST;
    private round = 0;
    private readonly slices = new Slices((until) => this.slice(until));
    private done: ((drawing: Drawing) => void) | null = null;

    constructor(
        private readonly background: Background,
        private readonly seeker: Seeker,
    ) {}

    /** The page is another one now. */
    reset(): void {
        this.left = MOST;
        this.drawn = 0;
        this.cancel();
    }

    /**
     * The page may have changed: it is drawn if it has grown since it was drawn last. `named`: only what the page calls
     * contributions is wanted.
     */
    look(named: boolean): void {
        const size = document.getElementsByTagName("*").length;
        if (this.drawing !== null || this.left <= 0 || size < this.drawn * GROWN) return;
        this.drawn = size;
        this.left--;
        void this.find(named);
    }

    /** Draws the document now and asks something about it. */
    async ask(question: (drawing: Drawing) => PageToBackground): Promise<PageAnswer | null> {
        this.cancel();
        const { round } = this;
        const drawing = await this.draw();
        if (round !== this.round) return null;
        return this.background.ask(question(drawing));
    }

    /** Ends it for good. */
    stop(): void {
        this.cancel();
        this.slices.stop();
    }

    private cancel(): void {
        this.round++;
        this.drawing = null;
        this.done = null;
    }

    private async find(named: boolean): Promise<void> {
        try {
            const answer = await this.ask((drawing) => ({ kind: "find", sketch: drawing.end(), named }));
            if (answer === null) return;
            if (answer.kind === "found") this.seeker.found(answer.site ? (Adapter.all(answer.site, answer.way)[0] ?? null) : null);
            else if (answer.kind === "refused") console.warn("Rejoinder:", answer.why);
        } catch (error) {
            // Not answered: drawn again at the next change.
            this.drawn = 0;
            if (error instanceof Gone) this.seeker.lost();
        }
    }

    private draw(): Promise<Drawing> {
        return new Promise((done) => {
            this.drawing = new Drawing(document);
            this.complete = false;
            this.done = done;
            this.slices.wake();
        });
    }

    private slice(until: number): Left {
        const { drawing, done } = this;
        if (drawing === null || done === null) return "nothing";
        if (!this.complete) {
            this.complete = !drawing.step(until);
            // To send a large one takes as long as a slice.
            return "seen";
        }
        this.drawing = null;
        this.done = null;
        done(drawing);
        return "nothing";
    }
}
