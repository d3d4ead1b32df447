// One site's adapter made usable: its selectors checked once, its questions answered on real elements.

import type { Site } from "./wire.ts";

/** Elements of a body that are not simply the poster's words. */
export interface Special {
    /** Other people's words. */
    readonly quotes: ReadonlySet<Element>;
    /** Not words of this post: what the adapter drops, nested posts, boxes to write in. */
    readonly dropped: ReadonlySet<Element>;
}

/** Boxes in which the manager writes are never read, wherever they are. */
const EDITABLE = '[contenteditable]:not([contenteditable="false"])';

const NOTHING: ReadonlySet<Element> = new Set();

export class Adapter {
    private readonly quote: string;
    private readonly drop: string;
    private readonly either: string;

    private constructor(readonly site: Site) {
        this.quote = site.quote.filter(usable(site)).join(",");
        this.drop = [...site.drop.filter(usable(site)), site.post, EDITABLE].join(",");
        this.either = this.quote === "" ? this.drop : `${this.quote},${this.drop}`;
    }

    /** The adapter of a site, or null when a selector that it cannot do without is not one. */
    static of(site: Site): Adapter | null {
        const ok = usable(site);
        return ok(site.detect) && ok(site.post) && (site.body === "" || ok(site.body)) ? new Adapter(site) : null;
    }

    /** Whether the adapter is for this page. */
    detects(document: Document): boolean {
        return document.querySelector(this.site.detect) !== null;
    }

    /** The posts at or under a node, in document order. */
    posts(root: Document | Element): Element[] {
        const found = [...root.querySelectorAll(this.site.post)];
        if ("matches" in root && root.matches(this.site.post)) found.unshift(root);
        return found;
    }

    /** The innermost post that holds an element. */
    postOf(element: Element): Element | null {
        return element.closest(this.site.post);
    }

    /** The element with the post's text: the first that is not a nested post's, or the post itself. */
    body(post: Element): Element {
        if (this.site.body === "") return post;
        const first = post.querySelector(this.site.body);
        if (first === null || this.postOf(first) === post) return first ?? post;
        for (const candidate of post.querySelectorAll(this.site.body)) {
            if (this.postOf(candidate) === post) return candidate;
        }
        return post;
    }

    /** What of the body is quoted and what is not read. Asked from the body, so that `:scope` means the body. */
    special(body: Element): Special {
        if (body.querySelector(this.either) === null) return { quotes: NOTHING, dropped: NOTHING };
        return { quotes: all(body, this.quote), dropped: all(body, this.drop) };
    }

    /** The reply boxes that the adapter names, best first; wrappers give the box inside them. */
    *composers(document: Document): Generator<Element> {
        for (const selector of this.site.composer.filter(usable(this.site))) yield* document.querySelectorAll(selector);
    }
}

/** The first adapter in order that is for this page; the last of them is the generic one. */
export function choose(adapters: readonly Adapter[], document: Document): Adapter | null {
    // A search of a long page costs milliseconds: one tells that no special adapter is for it.
    const candidates = anyDetects(adapters.slice(0, -1), document) ? adapters : adapters.slice(-1);
    return candidates.find((adapter) => adapter.detects(document)) ?? null;
}

/** Whether one of the adapters is for this page, in a single pass over it. */
export function anyDetects(adapters: readonly Adapter[], document: Document): boolean {
    return adapters.length > 0 && document.querySelector(adapters.map((a) => a.site.detect).join(",")) !== null;
}

function all(body: Element, selector: string): ReadonlySet<Element> {
    if (selector === "") return NOTHING;
    const found = body.querySelectorAll(selector);
    return found.length === 0 ? NOTHING : new Set(found);
}

const warned = new Set<string>();

/** A pack is data from elsewhere: one bad selector costs itself, never the page. */
function usable(site: Site): (selector: string) => boolean {
    return (selector) => {
        try {
            document.createDocumentFragment().querySelector(selector);
            return true;
        } catch {
            const what = `${site.id}: ${selector}`;
            if (!warned.has(what)) console.warn(`Rejoinder: adapter ${site.id} has an unusable selector: ${selector}`);
            warned.add(what);
            return false;
        }
    };
}
