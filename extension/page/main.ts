// The content script: eyes and hands of the extension in one document. It decides nothing: it sends what the posts
// say, paints what it is told, and types what the manager chose. It adds no node, attribute, global, style or event
// to the page, and never clicks.

import { account } from "./account.ts";
import { Adapter } from "./adapter.ts";
import { Background, Gone } from "./background.ts";
import { Choice } from "./choice.ts";
import { Composer } from "./composer.ts";
import { Finder } from "./finder.ts";
import { Frames } from "./frames.ts";
import { insert } from "./insert/index.ts";
import { Outbox } from "./outbox.ts";
import { Painter } from "./paint.ts";
import type { Known } from "./post.ts";
import { Quiet } from "./quiet.ts";
import { show } from "./show.ts";
import { Watch } from "./watch.ts";
import type { Drawing } from "./sketch.ts";
import type { BackgroundToPage, InsertReport, PageAnswer, PageToBackground } from "./wire.ts";

/** Set in the script's own world, which the page does not see: the same document is never worked on twice. */
const RUNNING = Symbol.for("rejoinder.running");
const world = globalThis as { [RUNNING]?: boolean };

/** How often a page that draws itself late is looked at for a better adapter, for each address. */
const LOOKS = 30;
/** How long it must have been quiet for that, or how long it may go on changing, in milliseconds. */
const QUIET = 300;
const RESTLESS = 2_000;

class Page {
    private readonly background = new Background(chrome.runtime);
    private readonly painter = new Painter();
    private readonly composer = new Composer();
    private readonly outbox: Outbox;
    private watch: Watch | null = null;
    private frames: Frames | null = null;
    private adapters: readonly Adapter[] = [];
    private chosen: Adapter | null = null;
    /** Under way: which adapter is for the page, or a better one than the chosen. */
    private choice: Choice | null = null;
    /** What was found where no adapter is for the page. */
    private found: Adapter | null = null;
    /** Adapters that are for the page and find nothing, where there is something. */
    private readonly barren = new Set<Adapter>();
    /** Whether that was looked into for this address. */
    private doubted = false;
    private readonly finder: Finder;
    /** The account that was seen last, and the one that was told. */
    private account: string | null = null;
    private told: string | null = null;
    /** The adapter that knows the page beside its posts, where these are found otherwise. */
    private about: Adapter | null = null;
    private address = "";
    /** The choice under way is the first one for the address. */
    private isNew = false;
    private looks = 0;
    private readonly quiet = new Quiet(() => this.look(), QUIET, RESTLESS);
    private greeting = 0;
    private asking = false;
    private readonly numbers = new WeakMap<Element, number>();
    private last = 0;
    private inserting: Promise<unknown> = Promise.resolve();

    constructor() {
        this.outbox = new Outbox(this.background, {
            adapter: () => this.chosen,
            marked: (post) => this.paint(post),
            lost: () => this.leave(),
        });
        this.finder = new Finder(this.background, {
            found: (adapter) => this.find(adapter),
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
        this.outbox.stop();
        this.quiet.stop();
        this.finder.stop();
        this.rest();
        this.composer.stop();
        this.background.deafen();
        removeEventListener("pagehide", this.hide);
        removeEventListener("pageshow", this.show);
        document.removeEventListener("visibilitychange", this.seen);
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
        this.adapters = [...local, ...orders.sites.flatMap((site) => Adapter.candidates(site))];
        this.frames = new Frames((origins) => void this.tell({ kind: "frames", origins: [...origins] }));
        this.watch = new Watch({
            number: (element) => this.number(element),
            ready: () => this.check(),
            adapter: (drawn, until) => this.choose(drawn, until),
            read: (post) => this.read(post),
            gone: (post) => this.gone(post),
            pause: () => {
                this.painter.sweep((id) => this.watch?.post(id) !== undefined);
                this.lookAtAccount();
                this.outbox.flush();
                // Once; then again whenever something is drawn.
                if (!this.doubted && this.isBarren()) {
                    this.doubted = true;
                    this.quiet.stir();
                }
            },
        });
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
        this.adapters = [];
        this.chosen = null;
        this.choice = null;
        this.found = null;
        this.finder.reset();
        this.told = null;
        this.about = null;
        this.address = "";
    }

    private handle(message: BackgroundToPage): Promise<InsertReport> | undefined {
        switch (message.kind) {
            case "ping":
                return undefined;
            case "reread":
                // Rules and adapters may be other ones now, so the document begins anew.
                void this.greet();
                return undefined;
            case "show": {
                const post = this.watch?.post(message.post);
                if (post) show(post, this.chosen?.site.discreet ? null : this.painter);
                return undefined;
            }
            case "read_selection":
                if (isSelected()) void this.learn(this.chosen?.posts(document) ?? [], selected, []);
                return undefined;
            case "not_a_post": {
                const post = this.watch?.post(message.post)?.element;
                if (post) {
                    const posts = this.chosen?.posts(document) ?? [];
                    Adapter.refuse(post);
                    void this.learn(posts, () => [], [post]);
                }
                return undefined;
            }
            case "insert": {
                const post = this.watch?.post(message.post)?.element ?? null;
                // One after the other: two texts at once would each see the other as the page's own meddling.
                const report = this.inserting.then((): Promise<InsertReport> | InsertReport => {
                    // What the page is, and so whose account it shows, is not known yet.
                    if (this.watch === null || this.isNew || location.href !== this.address) return failed("unreachable");
                    if (this.lookAtAccount() !== message.account) return failed("account_changed");
                    return insert(this.composer.find(this.chosen ?? this.about, post), message.text, this.composer);
                });
                this.inserting = report.catch(() => undefined);
                return report.catch((error: unknown): InsertReport => {
                    console.warn("Rejoinder:", error);
                    return { kind: "failed", failure: { reason: "dirty" } };
                });
            }
            case "look":
            case "arm":
            case "disarm":
                return undefined;
            case "leave":
                this.leave();
                return undefined;
        }
    }

    /** Called at every occasion: a script whose extension is gone must not linger. */
    private check(): boolean {
        if (!this.background.alive) this.leave();
        return this.background.alive;
    }

    /** The adapter to read with; undefined: that is not known yet. */
    private choose(drawn: boolean, until: number): Adapter | null | undefined {
        if (location.href !== this.address) {
            this.address = location.href;
            this.looks = LOOKS;
            this.found = null;
            this.barren.clear();
            this.doubted = false;
            this.frames?.reset();
            this.finder.reset();
            this.choice = new Choice(this.adapters, document);
            this.isNew = true;
        } else if (drawn && (this.chosen === null || this.chosen !== this.adapters[0])) {
            this.quiet.stir();
        }
        if (this.choice?.step(until)) return undefined;
        if (this.choice !== null) this.decide(this.choice.chosen);
        if (this.chosen === null) this.painter.stop();
        return this.chosen;
    }

    /** The adapters were asked: one is for the page, or none is that would be better than the chosen. */
    private decide(adapter: Adapter | null): void {
        this.choice = null;
        // What was chosen for another address says nothing of this one.
        if (adapter !== null || this.isNew) this.take(adapter);
        this.isNew = false;
        if (this.rank() < 0) this.finder.look(this.about !== null);
        // Before the posts: who may answer them is known when they are.
        this.lookAtAccount();
    }

    /** Reads with an adapter from now on; what was found goes on being read if the adapter itself finds nothing. */
    private take(adapter: Adapter | null): void {
        this.chosen = adapter;
        this.about = null;
        if (adapter === null) return;
        if (adapter.way === "local") {
            this.about = this.adapters.find((other) => other.way === "adapter" && other.detects(document)) ?? null;
        } else if (this.found !== null && !adapter.site.url?.length && adapter.posts(document).length === 0) {
            this.barren.add(adapter);
            this.about = adapter;
            this.chosen = adapter.with(this.found);
        }
    }

    /** Whether the chosen adapter, one for software that runs anywhere, finds nothing: themes are without number. */
    private isBarren(): boolean {
        const { chosen } = this;
        return chosen !== null && chosen.way === "adapter" && !chosen.site.url?.length && this.watch?.isEmpty === true;
    }

    /** The place of the chosen adapter among all; negative: none of them. */
    private rank(): number {
        return this.chosen === null ? -1 : this.adapters.indexOf(this.chosen);
    }

    /** The page has changed and is quiet: there may be a better adapter for it now. */
    private look(): void {
        if (this.watch === null || this.looks <= 0 || this.choice !== null) return;
        this.looks--;
        const rank = this.rank();
        if (this.isBarren()) this.finder.look(true);
        for (const adapter of this.barren) if (adapter.posts(document).length > 0) this.barren.delete(adapter);
        const better = (rank < 0 ? this.adapters : this.adapters.slice(0, rank)).filter((a) => !this.barren.has(a));
        this.choice = new Choice(better, document);
        this.watch.look();
    }

    /** The search for posts has ended. The same posts again are not read anew. */
    private find(adapter: Adapter | null): void {
        if (adapter === null || adapter.post === this.chosen?.post) return;
        this.found = adapter;
        // An adapter of the packs that came to be right meanwhile is the better one.
        if (this.rank() >= 0 && !this.isBarren()) return;
        if (this.chosen !== null && this.isBarren()) {
            this.barren.add(this.chosen);
            this.about = this.chosen;
        }
        this.chosen = this.about?.with(adapter) ?? adapter;
        this.watch?.look();
    }

    /** Tells the background what the manager says of posts, and goes on with what it answers. */
    private async learn(
        posts: readonly Element[],
        yes: (drawing: Drawing) => readonly number[],
        no: readonly Element[],
    ): Promise<void> {
        try {
            const answer = await this.finder.ask((drawing) => {
                const at = (elements: readonly Element[]): number[] =>
                    elements.map((element) => drawing.elements.indexOf(element)).filter((index) => index >= 0);
                return { kind: "learn", sketch: drawing.end(), posts: at(posts), yes: [...yes(drawing)], no: at(no) };
            });
            if (answer?.kind === "refused") console.warn("Rejoinder:", answer.why);
            // Greeted anew, the page gets what was learnt with its orders; and what is no post here goes in any case.
            if (answer !== null) void this.greet();
        } catch (error) {
            if (error instanceof Gone) this.leave();
        }
    }

    /**
     * Looks which account is in use, and tells when it is another one. A name that is shown no more is still that: an
     * application may only have folded its head away.
     */
    private lookAtAccount(): string | null {
        const shown = account(this.chosen, document) ?? account(this.about, document) ?? this.account;
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

    private number(element: Element): number {
        const number = this.numbers.get(element) ?? ++this.last;
        this.numbers.set(element, number);
        return number;
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
        if (this.chosen?.site.discreet) this.painter.clear(post);
        else this.painter.paint(post);
    }

    private readonly seen = (): void => {
        if (!document.hidden) this.revive();
    };

    private readonly hide = (event: PageTransitionEvent): void => {
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

/** The drawn elements that hold the selection, each the smallest one. */
function selected(drawing: Drawing): number[] {
    const selection = getSelection();
    if (selection === null || selection.rangeCount === 0) return [];
    let node: Node | null = selection.getRangeAt(0).commonAncestorContainer;
    while (node !== null && (node.nodeType !== Node.ELEMENT_NODE || isRunning(node as Element))) node = node.parentNode;
    const at = node === null ? -1 : drawing.elements.indexOf(node as Element);
    return at > 0 ? [at] : [];
}

/** Whether anything is selected in this document. */
function isSelected(): boolean {
    return getSelection()?.isCollapsed === false;
}

/** Whether an element is part of a line or a paragraph, and not a text by itself. */
function isRunning(element: Element): boolean {
    return element.nodeName === "P" || element.nodeName === "LI" || getComputedStyle(element).display.startsWith("inline");
}

function begin(): void {
    if (world[RUNNING] || !/^(text\/html|application\/xhtml\+xml)$/.test(document.contentType)) return;
    world[RUNNING] = true;
    new Page().start();
}

// A page that the browser draws ahead was not opened by the manager.
if (document.prerendering) document.addEventListener("prerenderingchange", begin, { once: true });
else begin();
