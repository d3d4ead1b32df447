// The content script: eyes and hands of the extension in one document. It decides nothing: it sends what the posts
// say, paints what it is told, and types what the manager chose. It adds no node, attribute, global, style or event
// to the page, and never clicks.

import { Adapter } from "./adapter.ts";
import { Adapters } from "./adapters.ts";
import { Background, Gone, type Report } from "./background.ts";
import { Composer } from "./composer.ts";
import { Frames } from "./frames.ts";
import { HANDS, type Hands, type Order, type World } from "./hands.ts";
import { Outbox } from "./outbox.ts";
import { Painter } from "./paint.ts";
import type { Known } from "./post.ts";
import { isSelected, selected } from "./selection.ts";
import { point, show } from "./show.ts";
import { Watch } from "./watch.ts";
import { Whole } from "./whole.ts";
import type { Drawing } from "./sketch.ts";
import type { BackgroundToPage, ComposerEvent, InsertReport, PageAnswer, PageToBackground } from "./wire.ts";

/** Set in the script's own world, which the page does not see: the same document is never worked on twice. */
const RUNNING = Symbol.for("rejoinder.running");
const world = globalThis as { [RUNNING]?: boolean } & World;

class Page {
    private readonly background = new Background(chrome.runtime);
    private readonly painter = new Painter();
    private readonly composer = new Composer();
    private readonly outbox: Outbox;
    private watch: Watch | null = null;
    private frames: Frames | null = null;
    private readonly adapters: Adapters;
    /** The account that was seen last, and the one that was told. */
    private account: string | null = null;
    private told: string | null = null;
    private readonly whole = new Whole({
        // Where nothing was found, nothing is known to be missing.
        isSent: () => this.adapters.isKnown && this.watch?.isDone === true && !this.watch.isEmpty && this.outbox.isEmpty,
        whole: () => void this.tell({ kind: "whole", ...this.order() }),
    });
    private greeting = 0;
    private asking = false;
    private readonly numbers = new WeakMap<Element, number>();
    private last = 0;
    /** Whether a reply of the manager may stand here before long. */
    private inserted = false;
    private inserting: Promise<unknown> = Promise.resolve();
    /** What writes, once the background has brought it. */
    private taken: Hands | null = null;

    constructor() {
        this.outbox = new Outbox(this.background, {
            adapter: () => this.adapters.chosen,
            marked: (post) => this.paint(post),
            answered: () => this.whole.changed(),
            lost: () => this.leave(),
        });
        this.adapters = new Adapters(this.background, {
            isEmpty: () => this.watch?.isEmpty ?? null,
            look: () => this.watch?.look(),
            moved: () => {
                this.frames?.reset();
                this.whole.changed();
            },
            // Before the posts: who may answer them is known when they are.
            decided: () => {
                this.lookAtAccount();
                this.taken?.stir();
            },
            lost: () => this.leave(),
        });
    }

    start(): void {
        this.background.listen((message) => this.handle(message));
        addEventListener("pagehide", this.hide);
        addEventListener("pageshow", this.show);
        document.addEventListener("visibilitychange", this.seen);
        void this.greet();
    }

    /** Ends everything and leaves nothing behind. The only place where it ends. */
    leave(): void {
        this.greeting++;
        this.taken?.stop();
        this.outbox.stop();
        this.adapters.stop();
        this.whole.stop();
        this.rest();
        this.composer.stop();
        this.background.deafen();
        removeEventListener("pagehide", this.hide);
        removeEventListener("pageshow", this.show);
        document.removeEventListener("visibilitychange", this.seen);
        delete world[HANDS];
        delete world[RUNNING];
    }

    /** Says that this document begins and does as the background orders. */
    private async greet(): Promise<void> {
        const greeting = ++this.greeting;
        let orders: PageAnswer;
        this.asking = true;
        try {
            orders = await this.background.ask({ kind: "hello", marks: this.painter.names });
        } catch (error) {
            // Not answered: the next look at the page, or the background itself, begins again.
            if (error instanceof Gone && greeting === this.greeting) this.leave();
            return;
        } finally {
            if (greeting === this.greeting) this.asking = false;
        }
        if (greeting !== this.greeting) return;
        if (orders.kind !== "orders") {
            if (orders.kind === "refused") console.warn("Rejoinder:", orders.why);
            return;
        }
        if (!orders.enabled) {
            this.leave();
            return;
        }
        // What is painted stays until the new answers come: the same words would otherwise blink.
        this.unwatch();
        const local = orders.local ? Adapter.candidates(orders.local, "local") : [];
        this.adapters.begin([...local, ...orders.sites.flatMap((site) => Adapter.candidates(site))]);
        this.frames = new Frames((origins) => void this.tell({ kind: "frames", origins: [...origins] }));
        this.watch = new Watch({
            number: (element) => this.number(element),
            ready: () => this.check(),
            adapter: (drawn, until) => {
                const adapter = this.adapters.choose(drawn, until);
                if (adapter === null) this.painter.stop();
                return adapter;
            },
            read: (post) => this.read(post),
            gone: (post) => this.gone(post),
            pause: () => {
                this.painter.sweep((id) => this.watch?.post(id) !== undefined);
                this.lookAtAccount();
                this.outbox.flush();
                this.adapters.pause();
                this.taken?.stir();
                this.whole.stir();
            },
        });
        this.whole.follow(orders.follow === true || this.inserted);
    }

    /** Stops looking and unpaints, but can be greeted again. */
    private rest(): void {
        this.unwatch();
        this.painter.stop();
    }

    private unwatch(): void {
        this.watch?.stop();
        this.watch = null;
        this.frames?.stop();
        this.frames = null;
        this.outbox.clear();
        this.adapters.clear();
        this.told = null;
    }

    private handle(message: BackgroundToPage): Promise<Report> | undefined {
        switch (message.kind) {
            case "ping":
                return undefined;
            case "reread":
                // Rules and adapters may be other ones now, so the document begins anew.
                void this.greet();
                return undefined;
            case "show": {
                const post = this.watch?.post(message.post);
                if (post) show(post, this.adapters.chosen?.site.discreet ? null : this.painter);
                return undefined;
            }
            case "read_selection":
                if (isSelected()) void this.learn(selected, []);
                return undefined;
            case "not_a_post": {
                const post = this.watch?.post(message.post)?.element;
                if (post) void this.learn(() => [], [post]);
                return undefined;
            }
            case "look":
                return Promise.resolve(this.hands?.look(message) ?? { open: false, closed: true, text: "" });
            case "insert": {
                // One after the other: two texts at once would each see the other as the page's own meddling.
                const until = Date.now() + message.patience;
                const report = this.inserting.then(() => this.insert(message, until));
                this.inserting = report;
                return report;
            }
            case "arm":
                return Promise.resolve(this.hands?.arm(message) ?? { waits: false });
            case "disarm":
                this.taken?.disarm();
                return undefined;
            case "leave":
                this.leave();
                return undefined;
        }
    }

    private async insert(order: Order<"insert">, until: number): Promise<InsertReport> {
        const { hands } = this;
        // What the page is, and so whose account it shows, is not known yet.
        if (hands === null || this.watch === null || !this.adapters.isKnown) return failed("unreachable");
        if (this.lookAtAccount() !== order.account) return failed("account_changed");
        try {
            const report = await hands.insert(order, until);
            if (report.kind === "inserted") {
                this.inserted = true;
                this.whole.follow(true);
            }
            return report;
        } catch (error) {
            console.warn("Rejoinder:", error);
            return { kind: "failed", failure: { reason: "dirty" } };
        }
    }

    /** What writes; null: the background has not brought it. */
    private get hands(): Hands | null {
        return (this.taken ??=
            world[HANDS]?.({
                composer: this.composer,
                adapter: () => this.adapters.known,
                posts: () => this.watch?.posts ?? [],
                isKnown: () => this.watch !== null && this.adapters.isKnown,
                show: (element) => point(element, this.adapters.chosen?.site.discreet ? null : this.painter),
                tell: (ticket, event) => void this.tellOfBox(ticket, event),
            }) ?? null);
    }

    /** Called at every occasion: a script whose extension is gone must not linger. */
    private check(): boolean {
        if (!this.background.alive) this.leave();
        return this.background.alive;
    }

    /** Tells the background what the manager says of posts, and begins anew: what was learnt comes with the orders. */
    private async learn(yes: (drawing: Drawing) => readonly number[], no: readonly Element[]): Promise<void> {
        const posts = this.adapters.chosen?.posts(document) ?? [];
        no.forEach((post) => Adapter.refuse(post));
        // What is no post here goes in any case.
        if (await this.adapters.learn(posts, yes, no)) void this.greet();
    }

    /**
     * Looks which account is in use, and tells when it is another one. A name that is shown no more is still that: an
     * application may only have folded its head away.
     */
    private lookAtAccount(): string | null {
        const shown = this.adapters.account() ?? this.account;
        if (shown !== this.told) void this.tell({ kind: "account", shown });
        this.account = this.told = shown;
        return shown;
    }

    private async tell(news: PageToBackground): Promise<void> {
        try {
            await this.background.ask(news);
        } catch (error) {
            if (error instanceof Gone) this.leave();
        }
    }

    /** Once more where a worker that was about to stop has not heard it; an insertion may depend on it. */
    private async tellOfBox(ticket: number, event: ComposerEvent): Promise<void> {
        try {
            await this.background.ask({ kind: "composer", ticket, event });
        } catch (error) {
            // The document may be on its way out, and the answer with it.
            if (error instanceof Gone || event === "emptied") return;
            await this.tell({ kind: "composer", ticket, event });
        }
    }

    private number(element: Element): number {
        const number = this.numbers.get(element) ?? ++this.last;
        this.numbers.set(element, number);
        return number;
    }

    /** The posts that say something, as they stand in the document, and whether there are some that are folded away. */
    private order(): { posts: number[]; folded: boolean } {
        const all = [...(this.watch?.posts ?? [])];
        const posts = all.filter(({ words }) => words !== "");
        const folded = all.some(({ reading, element }) => reading === null && element.isConnected);
        const follows = (one: Known, other: Known): boolean =>
            (one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
        return { posts: posts.sort((one, other) => (follows(one, other) ? 1 : -1)).map(({ id }) => id), folded };
    }

    private read(post: Known): void {
        if (this.outbox.settled(post)) {
            this.outbox.remove(post);
            this.paint(post);
        } else {
            this.painter.expire(post);
            this.outbox.add(post);
        }
    }

    private gone(post: Known): void {
        post.reading = null;
        post.words = "";
        this.read(post);
    }

    private paint(post: Known): void {
        if (this.adapters.chosen?.site.discreet) this.painter.clear(post);
        else this.painter.paint(post);
    }

    private readonly seen = (): void => {
        if (!document.hidden) this.revive();
    };

    private readonly hide = (event: PageTransitionEvent): void => {
        this.taken?.hide();
        // A page kept for the Back button comes to life again as it was; any other is over.
        if (!event.persisted) this.leave();
        else {
            this.greeting++;
            this.asking = false;
            this.rest();
        }
    };

    private readonly show = (event: PageTransitionEvent): void => {
        if (event.persisted) this.revive();
    };

    private revive(): void {
        if (this.check() && this.watch === null && !this.asking) void this.greet();
    }
}

function failed(reason: "unreachable" | "account_changed"): InsertReport {
    return { kind: "failed", failure: { reason } };
}

function begin(): void {
    if (world[RUNNING] || !/^(text\/html|application\/xhtml\+xml)$/.test(document.contentType)) return;
    world[RUNNING] = true;
    new Page().start();
}

// A page that the browser draws ahead was not opened by the manager.
if (document.prerendering) document.addEventListener("prerenderingchange", begin, { once: true });
else begin();
