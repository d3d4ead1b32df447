// Work in slices that the page does not feel, only while somebody looks at it.

/** Longest slice, in milliseconds. */
const LONGEST = 8;
/** Slice when the page leaves no idle time, in milliseconds. */
const SHORTEST = 3;
/** How long work may wait for an idle moment, in milliseconds. */
const PATIENCE = 50;

export class Slices {
    private handle = 0;
    private stopped = false;

    /** `work` runs until the given `performance.now()` and says whether something is left to do. */
    constructor(private readonly work: (until: number) => boolean) {
        document.addEventListener("visibilitychange", this.wake);
    }

    /** There is work: a slice follows, or waits until the document is seen. */
    readonly wake = (): void => {
        if (this.stopped || this.handle !== 0 || document.hidden) return;
        this.handle = requestIdleCallback(this.slice, { timeout: PATIENCE });
    };

    /** Ends it for good. */
    stop(): void {
        this.stopped = true;
        cancelIdleCallback(this.handle);
        document.removeEventListener("visibilitychange", this.wake);
    }

    private readonly slice = (idle: IdleDeadline): void => {
        this.handle = 0;
        if (this.stopped || document.hidden) return;
        const length = Math.min(LONGEST, Math.max(SHORTEST, idle.timeRemaining()));
        if (this.work(performance.now() + length)) this.wake();
    };
}
