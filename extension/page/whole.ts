// Tells when a document is whole: all its posts have been sent and answered, and nothing changed for a moment. A reply
// that was inserted is looked for among them.

import { Quiet } from "./quiet.ts";

/** How long nothing must have changed, and how long that may take at most, in milliseconds. */
const QUIET = 1_000;
const RESTLESS = 5_000;

export interface Teller {
    /** Whether all posts have been read, sent and answered. */
    isSent(): boolean;
    /** The document is whole. */
    whole(): void;
}

export class Whole {
    private isFollowed = false;
    /** Whether something was sent since it was told. */
    private isNew = true;
    private readonly quiet = new Quiet(() => this.look(), QUIET, RESTLESS);

    constructor(private readonly teller: Teller) {}

    /** Whether it is wanted from now on. */
    follow(wanted: boolean): void {
        this.isFollowed = wanted;
        this.stir();
    }

    /** Posts were sent, or the page is another one. */
    changed(): void {
        this.isNew = true;
        this.stir();
    }

    /** Posts were read. */
    stir(): void {
        if (this.isFollowed && this.isNew) this.quiet.stir();
    }

    /** Ends it for good. */
    stop(): void {
        this.isFollowed = false;
        this.quiet.stop();
    }

    private look(): void {
        // What is still to be read or sent stirs it again.
        if (!this.isNew || !this.teller.isSent()) return;
        this.isNew = false;
        this.teller.whole();
    }
}
