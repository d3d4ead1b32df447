// Sends what was read, in small messages, one at a time: the answer to a message always belongs to its posts.

import type { Adapter } from "./adapter.ts";
import type { Background } from "./background.ts";
import { Gone } from "./background.ts";
import { facts } from "./facts.ts";
import type { Known } from "./post.ts";
import type { Mark, Post } from "./wire.ts";

/** Posts in one message at most: it is made, sent and its answer painted without a pause. */
const MOST_POSTS = 50;
/** UTF-16 units of text in one message, unless one post alone has more. */
const MOST_TEXT = 50_000;
/** UTF-16 units of the tag of a language: no real one is longer. */
const MOST_LANGUAGE = 35;

export interface Sender {
    /** The adapter in use. */
    adapter(): Adapter | null;
    /** The background said what to paint in this post, for the words it has now. */
    marked(post: Known): void;
    /** Some posts were sent, and the background has answered. */
    answered(): void;
    /** The script must stop. */
    lost(): void;
}

export class Outbox {
    private readonly waiting = new Set<Known>();
    private flying: ReadonlySet<Known> = new Set();
    private text = 0;
    private busy = false;
    private round = 0;
    private stopped = false;

    constructor(
        private readonly background: Background,
        private readonly sender: Sender,
    ) {}

    /** Takes a post whose words are not those that the background has. */
    add(post: Known): void {
        if (!this.waiting.has(post)) this.text += size(post);
        this.waiting.add(post);
        if (this.waiting.size >= MOST_POSTS || this.text >= MOST_TEXT) this.flush();
    }

    /** Takes back a post whose words turned out to be those that the background has. */
    remove(post: Known): void {
        this.waiting.delete(post);
    }

    /**
     * Whether the background has this post's words, and none are on their way that it may no longer have: a post that
     * goes while its first words are must be told to be gone, or it stays found for good.
     */
    settled(post: Known): boolean {
        return post.words === post.sent && !this.flying.has(post);
    }

    /** Whether nothing waits, and nothing is on its way. */
    get isEmpty(): boolean {
        return this.waiting.size === 0 && !this.busy;
    }

    /** Sends all that waits. */
    flush(): void {
        if (!this.busy) void this.run();
    }

    /** Forgets what waits, and the answer under way. */
    clear(): void {
        this.waiting.clear();
        this.text = 0;
        this.round++;
    }

    /** Ends it for good. */
    stop(): void {
        this.stopped = true;
        this.clear();
    }

    private async run(): Promise<void> {
        this.busy = true;
        let failures = 0;
        while (this.waiting.size > 0 && !this.stopped) {
            const batch = this.take();
            const round = this.round;
            this.flying = new Set(batch.map(({ post }) => post));
            try {
                await this.send(batch);
                failures = 0;
                this.sender.answered();
            } catch (error) {
                if (round === this.round) for (const { post } of batch) this.waiting.add(post);
                if (error instanceof Gone) this.sender.lost();
                // The first failure can be a worker that stopped in the middle, and asking starts it again. After a
                // second one the posts wait for the next change, or for the background to ask.
                if (error instanceof Gone || ++failures > 1) break;
            } finally {
                this.flying = new Set();
            }
        }
        this.busy = false;
    }

    private take(): Sent[] {
        const batch: Sent[] = [];
        const adapter = this.sender.adapter();
        let text = 0;
        for (const post of this.waiting) {
            const length = size(post);
            if (batch.length > 0 && (batch.length >= MOST_POSTS || text + length > MOST_TEXT)) break;
            this.waiting.delete(post);
            text += length;
            const parts = [...(post.reading?.parts ?? [])];
            const wire: Post = { id: post.id, parts, facts: facts(post.element, adapter) };
            if (adapter?.isCut(post.element)) wire.cut = true;
            if (adapter?.isMine(post.element)) wire.mine = true;
            batch.push({ post, words: post.words, wire });
        }
        this.text = Math.max(0, this.text - text);
        if (this.waiting.size === 0) this.text = 0;
        return batch;
    }

    private async send(batch: readonly Sent[]): Promise<void> {
        const round = this.round;
        const adapter = this.sender.adapter();
        const language = document.documentElement.lang.slice(0, MOST_LANGUAGE);
        const by = { site: adapter?.site.id ?? "", way: adapter?.way ?? "generic", language } as const;
        const answer = await this.background.ask({ kind: "read", ...by, posts: batch.map((s) => s.wire) });
        if (round !== this.round) return;
        if (answer.kind !== "reading") {
            console.warn("Rejoinder:", answer.kind === "refused" ? answer.why : answer.kind);
            return;
        }
        const marks = new Map<number, Mark[]>();
        for (const mark of answer.marks) {
            const list = marks.get(mark.post);
            if (list === undefined) marks.set(mark.post, [mark]);
            else list.push(mark);
        }
        for (const { post, words } of batch) {
            post.sent = words;
            post.marks = marks.get(post.id) ?? [];
            // Words that changed meanwhile are on their way; these marks are not for them.
            if (post.words === words) this.sender.marked(post);
        }
    }
}

interface Sent {
    readonly post: Known;
    readonly words: string;
    readonly wire: Post;
}

function size(post: Known): number {
    return post.reading?.parts.reduce((sum, part) => sum + part.text.length, 0) ?? 0;
}
