// Which adapter is for a page. Each is asked by itself: all selectors in one search cost browsers nearly twice as much,
// and 30 ms without a pause in a thread of 5,000 posts.

import type { Adapter } from "./adapter.ts";

export class Choice {
    /** The first adapter in order that is for the page; null: none of those that were asked. */
    chosen: Adapter | null = null;
    private next = 0;

    constructor(
        private readonly adapters: readonly Adapter[],
        private readonly document: Document,
    ) {}

    /** Goes on asking until a `performance.now()`; says whether some are left. */
    step(until: number): boolean {
        for (let adapter = this.adapters[this.next]; adapter !== undefined; adapter = this.adapters[this.next]) {
            this.next++;
            if (adapter.detects(this.document)) {
                this.chosen = adapter;
                return false;
            }
            if (performance.now() > until) break;
        }
        return this.next < this.adapters.length;
    }
}
