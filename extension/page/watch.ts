// Finds the posts, reads them, and notices when they change.
//
// The mutation observer only keeps what it is told, for it is told within the page's own steps. The work is done in
// slices: what is in view first, and each post once however often it was touched.

import type { Adapter } from "./adapter.ts";
import type { Known } from "./post.ts";
import { Shadows } from "./shadow.ts";
import { type Left, Slices } from "./slices.ts";
import { read, same, words, type Piece } from "./text.ts";

/** Changes that are kept to be looked at in a slice; beyond, they are looked at as they come. */
const MOST_NOTED = 500;
/** Added places that are kept one by one; beyond, the document is searched once as a whole. */
const MOST_ADDED = 300;
/** How long a post whose looks change is left alone, in milliseconds: an animation changes them at every frame. */
const RESTYLED = 300;
/** Posts handled between two slices whatever the clock says: a browser may round it to 100 ms. */
const MOST_IN_A_SLICE = 250;

const OBSERVED: MutationObserverInit = {
    subtree: true,
    childList: true,
    characterData: true,
    // Sites fold, unfold and hide by these.
    attributes: true,
    attributeFilter: ["class", "hidden", "style"],
};

/** What the watch asks and tells. */
export interface Watcher {
    /** The number of a post's element: the same for as long as the document lives. */
    number(element: Element): number;
    /** Asked before a slice: false when the script must stop. */
    ready(): boolean;
    /**
     * The adapter to read with now; null: none is for this page; undefined: that is not known yet at `until`, a
     * `performance.now()`. `drawn`: elements came since it was asked last.
     */
    adapter(drawn: boolean, until: number): Adapter | null | undefined;
    /** The post was read again; its words may be the same. */
    read(post: Known): void;
    /** The post is no longer in the document, or no longer a post. */
    gone(post: Known): void;
    /** What is in view has been read, or everything has. */
    pause(): void;
}

export class Watch {
    private readonly known = new Map<number, Known>();
    private byElement = new WeakMap<Element, Known>();
    private readonly observer = new MutationObserver((records) => this.note(records));
    /** Tells when posts that take no room (an unopened tab, a template) come to be shown. */
    private readonly shown = new IntersectionObserver((entries) => this.appear(entries));
    private readonly slices = new Slices((until) => this.slice(until));
    /** A document's observer does not see into shadow trees. */
    private readonly shadows = new Shadows(document, (root) => {
        this.observer.observe(root, OBSERVED);
        this.added.add(root);
    });
    private adapter: Adapter | null = null;

    private noted: MutationRecord[] = [];
    private search = true;
    private removals = false;
    private drawn = false;
    /** Posts of a search that are still to be met, last first. */
    private found: Element[] = [];
    private readonly added = new Set<Element | ShadowRoot>();
    private readonly touched = new Set<Element>();
    /** Posts of which only looks changed; they are touched a little later, once. */
    private readonly restyled = new Set<Element>();
    private timer: ReturnType<typeof setTimeout> | null = null;
    /** Posts to read; first all together, then told apart. */
    private readonly queue = new Set<Known>();
    private readonly inView = new Set<Known>();
    private readonly elsewhere = new Set<Known>();

    constructor(private readonly watcher: Watcher) {
        this.observer.observe(document, OBSERVED);
        this.shadows.search();
        this.slices.wake();
    }

    /** A post by its number. */
    post(id: number): Known | undefined {
        return this.known.get(id);
    }

    /** The posts that were met. */
    get posts(): Iterable<Known> {
        return this.known.values();
    }

    /** Whether everything was looked at and read. */
    get isDone(): boolean {
        const left = [this.noted, this.found].some(({ length }) => length > 0);
        const sets = [this.queue, this.inView, this.elsewhere, this.added, this.touched, this.restyled];
        return !this.search && !left && sets.every(({ size }) => size === 0);
    }

    /** Whether everything was looked at, and no post has words. */
    get isEmpty(): boolean {
        if (this.search || this.found.length + this.queue.size + this.inView.size + this.elsewhere.size > 0) return false;
        for (const post of this.known.values()) if (post.words !== "") return false;
        return true;
    }

    /** There may be another adapter. */
    look(): void {
        this.slices.wake();
    }

    /** Ends it for good. */
    stop(): void {
        this.slices.stop();
        this.observer.disconnect();
        if (this.timer !== null) clearTimeout(this.timer);
        this.forget();
    }

    private note(records: readonly MutationRecord[]): void {
        let onlyLooks = true;
        for (const record of records) {
            this.noted.push(record);
            onlyLooks &&= record.type === "attributes";
        }
        if (this.noted.length > MOST_NOTED) this.digest();
        if (onlyLooks) this.timer ??= setTimeout(() => this.restyle(), RESTYLED);
        else this.slices.wake();
    }

    private digest(): void {
        // Many changes in a row are of the same element.
        let last: Node | null = null;
        let post: Element | null | undefined = null;
        for (const { type, target, addedNodes, removedNodes } of this.noted) {
            if (target !== last) {
                last = target;
                const element = elementOf(target);
                post = element && this.adapter?.postOf(element);
            }
            if (post) (type === "attributes" ? this.restyled : this.touched).add(post);
            if (type !== "childList") continue;
            if (removedNodes.length > 0) this.removals = true;
            if (addedNodes.length === 0) continue;
            this.drawn = true;
            if (this.search) continue;
            for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) this.added.add(node as Element);
            if (this.added.size > MOST_ADDED) this.search = true;
        }
        this.noted = [];
        if (this.restyled.size > 0) this.timer ??= setTimeout(() => this.restyle(), RESTYLED);
    }

    private restyle(): void {
        this.digest();
        this.timer = null;
        if (this.restyled.size === 0) return;
        for (const post of this.restyled) this.touched.add(post);
        this.restyled.clear();
        this.slices.wake();
    }

    private appear(entries: readonly IntersectionObserverEntry[]): void {
        for (const { target, isIntersecting } of entries) {
            const post = this.byElement.get(target);
            if (!isIntersecting || post === undefined) continue;
            this.shown.unobserve(target);
            this.queue.add(post);
        }
        this.slices.wake();
    }

    private slice(until: number): Left {
        if (!this.watcher.ready()) return "nothing";
        this.digest();
        const adapter = this.watcher.adapter(this.drawn, until);
        this.drawn = false;
        if (adapter === undefined) return "seen";
        if (adapter !== this.adapter) {
            for (const post of this.known.values()) this.watcher.gone(post);
            this.forget();
            this.adapter = adapter;
            this.search = true;
        }
        if (adapter === null) return "nothing";
        this.sweep();
        const hidden = this.shadows.step(until);
        this.discover(adapter, until);
        // Only when all are known can be told what is in view.
        if (this.found.length > 0) return "seen";
        this.tellApart(until);
        this.readSome(adapter, until);
        if (this.search || this.added.size + this.queue.size + this.inView.size > 0) return "seen";
        return hidden || this.elsewhere.size > 0 ? "rest" : "nothing";
    }

    /** Drops posts that left the document or stopped being posts. */
    private sweep(): void {
        if (this.removals) {
            this.removals = false;
            this.shadows.sweep();
            for (const post of this.known.values()) if (!post.element.isConnected) this.drop(post);
        }
    }

    private discover(adapter: Adapter, until: number): void {
        if (this.search) {
            this.search = false;
            this.added.clear();
            this.shadows.search();
            this.found = [document, ...this.shadows.roots].flatMap((root) => adapter.posts(root)).reverse();
        }
        for (let count = 1, post = this.found.pop(); post !== undefined; count++, post = this.found.pop()) {
            this.meet(post);
            if (count % MOST_IN_A_SLICE === 0 && performance.now() > until) return;
        }
        for (const root of this.added) {
            this.added.delete(root);
            this.shadows.added(root);
            if (root.isConnected) for (const element of adapter.posts(root)) this.meet(element);
            if (performance.now() > until) break;
        }
        for (const element of this.touched) if (element.isConnected) this.queue.add(this.meet(element));
        this.touched.clear();
    }

    private meet(element: Element): Known {
        let post = this.byElement.get(element);
        if (post === undefined) {
            post = { id: this.watcher.number(element), element, reading: null, words: "", sent: "", marks: [] };
            this.byElement.set(element, post);
            this.known.set(post.id, post);
            this.queue.add(post);
        }
        return post;
    }

    /** All boxes are measured together, before anything could disturb the layout. */
    private tellApart(until: number): void {
        let count = 0;
        for (const post of this.queue) {
            if (++count > MOST_IN_A_SLICE || performance.now() > until) return;
            this.queue.delete(post);
            const { top, bottom } = post.element.getBoundingClientRect();
            const inView = bottom >= 0 && top <= innerHeight;
            (inView ? this.inView : this.elsewhere).add(post);
            (inView ? this.elsewhere : this.inView).delete(post);
        }
    }

    private readSome(adapter: Adapter, until: number): void {
        let left = MOST_IN_A_SLICE;
        const some = (posts: Set<Known>): void => {
            for (const post of posts) {
                if (left-- <= 0 || performance.now() > until) return;
                posts.delete(post);
                this.read(adapter, post);
            }
        };
        const viewed = this.inView.size > 0;
        some(this.inView);
        if (this.inView.size > 0) return;
        if (viewed) this.watcher.pause();
        if (this.queue.size > 0) return;
        some(this.elsewhere);
        if (this.elsewhere.size === 0) this.watcher.pause();
    }

    private read(adapter: Adapter, post: Known): void {
        const { element } = post;
        if (!element.isConnected || !adapter.isPost(element)) {
            this.drop(post);
            return;
        }
        const bodies = adapter.bodies(element);
        if (isShown(element) || bodies.some(isShown)) {
            const reading = read(pieces(adapter, element, bodies));
            // The same words in the same nodes: what is painted there still stands.
            if (post.reading !== null && same(post.reading, reading)) return;
            post.reading = reading;
        } else {
            post.reading = null;
            this.shown.observe(element);
        }
        post.words = words(post.reading?.parts ?? []);
        this.watcher.read(post);
    }

    private drop(post: Known): void {
        this.known.delete(post.id);
        this.byElement.delete(post.element);
        this.shown.unobserve(post.element);
        for (const set of [this.queue, this.inView, this.elsewhere]) set.delete(post);
        post.reading = null;
        post.words = "";
        this.watcher.gone(post);
    }

    private forget(): void {
        this.shown.disconnect();
        this.known.clear();
        this.byElement = new WeakMap();
        this.noted = [];
        this.found = [];
        for (const set of [this.queue, this.inView, this.elsewhere, this.added, this.touched, this.restyled]) set.clear();
    }
}

/** The element that a change is about. */
function elementOf(target: Node): Element | null {
    if (target.nodeType === Node.ELEMENT_NODE) return target as Element;
    return target instanceof ShadowRoot ? target.host : target.parentElement;
}

/** Whether an element takes room, or what is in it does: it may be one of those that have no box of their own. */
function isShown(element: Element): boolean {
    if (element.checkVisibility()) return true;
    if (getComputedStyle(element).display !== "contents") return false;
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getClientRects().length > 0;
}

/** What of a post is read, in order. */
export function pieces(adapter: Adapter, post: Element, bodies: readonly Element[]): Piece[] {
    const { title, parents } = adapter.beside(post);
    const piece = (kind: Piece["kind"], element: Element): Piece => ({ kind, element, special: adapter.special(element) });
    return [
        ...(title === null ? [] : [piece("title", title)]),
        ...parents.map((parent) => piece("parent", parent)),
        ...bodies.map((body) => piece("own", body)),
    ];
}
