// Work in slices that the page does not feel, only while somebody looks at it.

/** Longest slice, in milliseconds: the page must not wait more than 8, and what is begun is not left in the middle. */
const LONGEST = 5;
/** Slice when the page leaves no idle time, in milliseconds. */
const SHORTEST = 3;
/** How long work may wait for an idle moment, in milliseconds: what the manager looks at, and the rest. */
const PATIENCE = { seen: 50, rest: 200 } as const;

/** Whether work is left, and whether somebody waits for it. */
export type Left = "nothing" | "rest" | "seen";

export class Slices {
    private handle = 0;
    private waits: Left = "nothing";
    private stopped = false;

    /** `work` runs until the given `performance.now()` and says what is left to do. */
    constructor(private readonly work: (until: number) => Left) {
        document.addEventListener("visibilitychange", this.show);
    }

    /** There is work: a slice follows, or waits until the document is seen. */
    wake(left: Left = "seen"): void {
        if (this.stopped || left === "nothing" || document.hidden) return;
        if (this.handle !== 0 && (this.waits === "seen" || left === "rest")) return;
        cancelIdleCallback(this.handle);
        this.waits = left;
        this.handle = requestIdleCallback(this.slice, { timeout: PATIENCE[left] });
    }

    private readonly show = (): void => this.wake();

    /** Ends it for good. */
    stop(): void {
        this.stopped = true;
        cancelIdleCallback(this.handle);
        document.removeEventListener("visibilitychange", this.show);
    }

    private readonly slice = (idle: IdleDeadline): void => {
        this.handle = 0;
        if (this.stopped || document.hidden) return;
        // A page that is never idle leaves the rest a twentieth of its time.
        const busy = this.waits === "rest" ? LONGEST : SHORTEST;
        const length = Math.min(LONGEST, Math.max(busy, idle.timeRemaining()));
        this.wake(this.work(performance.now() + length));
    };
}
