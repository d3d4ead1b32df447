// Which of all adapters is for the page now, and what stands in for them where none is or where the right one finds
// nothing.

import { account } from "./account.ts";
import { Adapter } from "./adapter.ts";
import { type Background, Gone } from "./background.ts";
import { Choice } from "./choice.ts";
import { Finder } from "./finder.ts";
import { Quiet } from "./quiet.ts";
import type { Drawing } from "./sketch.ts";
import type { PageAnswer } from "./wire.ts";

/** How often a page that draws itself late is looked at for a better adapter, for each address. */
const LOOKS = 30;
/** How long it must have been quiet for that, or how long it may go on changing, in milliseconds. */
const QUIET = 300;
const RESTLESS = 2_000;

/** Who reads with them. */
export interface Reader {
    /** Whether everything was looked at, and no post has words; null: nobody reads. */
    isEmpty(): boolean | null;
    /** There may be another adapter. */
    look(): void;
    /** The page has another address. */
    moved(): void;
    /** The adapters were asked: what is for the page is known. */
    decided(): void;
    /** The script must stop. */
    lost(): void;
}

export class Adapters {
    /** The one to read with. */
    chosen: Adapter | null = null;
    private all: readonly Adapter[] = [];
    /** Under way: which adapter is for the page, or a better one than the chosen. */
    private choice: Choice | null = null;
    /** What was found where no adapter is for the page. */
    private found: Adapter | null = null;
    /** Adapters that are for the page and find nothing, where there is something. */
    private readonly barren = new Set<Adapter>();
    /** Whether that was looked into for this address. */
    private doubted = false;
    /** The adapter that knows the page beside its posts, where these are found otherwise. */
    private about: Adapter | null = null;
    private address = "";
    /** The choice under way is the first one for the address. */
    private isNew = false;
    private looks = 0;
    private readonly quiet = new Quiet(() => this.look(), QUIET, RESTLESS);
    private readonly finder: Finder;

    constructor(
        background: Background,
        private readonly reader: Reader,
    ) {
        this.finder = new Finder(background, {
            found: (adapter) => this.find(adapter),
            lost: () => reader.lost(),
        });
    }

    /** The adapters to try, in order. */
    begin(adapters: readonly Adapter[]): void {
        this.all = adapters;
    }

    /** Forgets them and what was chosen. */
    clear(): void {
        this.all = [];
        this.chosen = null;
        this.choice = null;
        this.found = null;
        this.finder.reset();
        this.about = null;
        this.address = "";
    }

    /** Ends it for good. */
    stop(): void {
        this.quiet.stop();
        this.finder.stop();
    }

    /** Whether it is known what the page is, and so whose account it shows. */
    get isKnown(): boolean {
        return !this.isNew && location.href === this.address;
    }

    /** What knows the page's reply boxes. */
    get known(): Adapter | null {
        return this.chosen ?? this.about;
    }

    /** The account that the page shows as the one in use. */
    account(): string | null {
        return account(this.chosen, document) ?? account(this.about, document);
    }

    /** The adapter to read with; undefined: that is not known yet. `drawn`: elements came since it was asked last. */
    choose(drawn: boolean, until: number): Adapter | null | undefined {
        if (location.href !== this.address) {
            this.address = location.href;
            this.looks = LOOKS;
            this.found = null;
            this.barren.clear();
            this.doubted = false;
            this.reader.moved();
            this.finder.reset();
            this.choice = new Choice(this.all, document);
            this.isNew = true;
        } else if (drawn && (this.chosen === null || this.chosen !== this.all[0])) {
            this.quiet.stir();
        }
        if (this.choice?.step(until)) return undefined;
        if (this.choice !== null) this.decide(this.choice.chosen);
        return this.chosen;
    }

    /** What is in view has been read, or everything has. */
    pause(): void {
        // Once; then again whenever something is drawn.
        if (this.doubted || !this.isBarren()) return;
        this.doubted = true;
        this.quiet.stir();
    }

    /** Has the background told what the manager says of posts; whether it was. */
    async learn(
        posts: readonly Element[],
        yes: (drawing: Drawing) => readonly number[],
        no: readonly Element[],
    ): Promise<boolean> {
        let answer: PageAnswer | null;
        try {
            answer = await this.finder.ask((drawing) => {
                const at = (elements: readonly Element[]): number[] =>
                    elements.map((element) => drawing.elements.indexOf(element)).filter((index) => index >= 0);
                return { kind: "learn", sketch: drawing.end(), posts: at(posts), yes: [...yes(drawing)], no: at(no) };
            });
        } catch (error) {
            if (error instanceof Gone) this.reader.lost();
            return false;
        }
        if (answer?.kind === "refused") console.warn("Rejoinder:", answer.why);
        return answer !== null;
    }

    /** The adapters were asked: one is for the page, or none is that would be better than the chosen. */
    private decide(adapter: Adapter | null): void {
        this.choice = null;
        // What was chosen for another address says nothing of this one.
        if (adapter !== null || this.isNew) this.take(adapter);
        this.isNew = false;
        if (this.rank() < 0) this.finder.look(this.about !== null);
        this.reader.decided();
    }

    /** Reads with an adapter from now on; what was found goes on being read if the adapter itself finds nothing. */
    private take(adapter: Adapter | null): void {
        this.chosen = adapter;
        this.about = null;
        if (adapter === null) return;
        if (adapter.way === "local") {
            this.about = this.all.find((other) => other.way === "adapter" && other.detects(document)) ?? null;
        } else if (this.found !== null && !adapter.site.url?.length && adapter.posts(document).length === 0) {
            this.barren.add(adapter);
            this.about = adapter;
            this.chosen = adapter.with(this.found);
        }
    }

    /** Whether the chosen adapter, one for software that runs anywhere, finds nothing: themes are without number. */
    private isBarren(): boolean {
        const { chosen } = this;
        return chosen !== null && chosen.way === "adapter" && !chosen.site.url?.length && this.reader.isEmpty() === true;
    }

    /** The place of the chosen adapter among all; negative: none of them. */
    private rank(): number {
        return this.chosen === null ? -1 : this.all.indexOf(this.chosen);
    }

    /** The page has changed and is quiet: there may be a better adapter for it now. */
    private look(): void {
        if (this.reader.isEmpty() === null || this.looks <= 0 || this.choice !== null) return;
        this.looks--;
        const rank = this.rank();
        if (this.isBarren()) this.finder.look(true);
        for (const adapter of this.barren) if (adapter.posts(document).length > 0) this.barren.delete(adapter);
        const better = (rank < 0 ? this.all : this.all.slice(0, rank)).filter((a) => !this.barren.has(a));
        this.choice = new Choice(better, document);
        this.reader.look();
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
        this.reader.look();
    }
}
