// Waits until a page has stopped changing.

export class Quiet {
    private timer: ReturnType<typeof setTimeout> | null = null;
    private since = 0;

    /** `work` is done when nothing stirred for so many milliseconds, or when it has waited `most`. */
    constructor(
        private readonly work: () => void,
        private readonly pause: number,
        private readonly most: number,
    ) {}

    /** Something changed. */
    stir(): void {
        const now = performance.now();
        if (this.timer === null) this.since = now;
        else clearTimeout(this.timer);
        const left = Math.max(0, this.since + this.most - now);
        this.timer = setTimeout(() => {
            this.timer = null;
            this.work();
        }, Math.min(this.pause, left));
    }

    /** Nothing is waited for any more. */
    stop(): void {
        if (this.timer !== null) clearTimeout(this.timer);
        this.timer = null;
    }
}
