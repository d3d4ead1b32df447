// One design of a site made usable: its selectors checked once, its questions answered on real elements.

import { closest } from "./shadow.ts";
import type { Generation, Site, Way } from "./wire.ts";

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

/** What the manager said is no post: in this document none, whichever adapter finds it. */
const refused = new WeakSet<Element>();

export class Adapter {
    /** `post` without what is none. */
    readonly post: string;
    private readonly quote: string;
    private readonly drop: string;
    private readonly either: string;
    private readonly parent: string;
    private readonly composer: readonly string[];

    private constructor(
        readonly site: Site,
        readonly generation: Generation,
        readonly way: Way,
    ) {
        const { post, quote, signature, drop, ad, parent, title, composer } = generation;
        const ok = usable(site);
        const ads = ad.filter(ok).join(",");
        this.post = ads === "" ? post : `:is(${post}):not(${ads})`;
        this.quote = quote.filter(ok).join(",");
        this.parent = parent.filter(ok).join(",");
        const titles = title !== "" && ok(title) ? [title] : [];
        this.drop = [...[...drop, ...signature, ...parent, ...titles].filter(ok), post, EDITABLE].join(",");
        this.either = this.quote === "" ? this.drop : `${this.quote},${this.drop}`;
        this.composer = composer.filter(ok);
    }

    /** The adapters of a site's designs, without those of which a selector is none that they cannot do without. */
    static all(site: Site, way: Way = "adapter"): Adapter[] {
        const ok = usable(site);
        const sound = ({ detect, post, body }: Generation): boolean => ok(detect) && ok(post) && (body === "" || ok(body));
        return site.generation.filter(sound).map((generation) => new Adapter(site, generation, way));
    }

    /** Whether the adapter is for this page. */
    detects(document: Document): boolean {
        return document.querySelector(this.generation.detect) !== null;
    }

    /** The posts at or under a node, in document order. */
    posts(root: ParentNode): Element[] {
        const found = [...root.querySelectorAll(this.post)].filter((post) => !refused.has(post));
        if (root.nodeType === Node.ELEMENT_NODE && this.isPost(root as Element)) found.unshift(root as Element);
        return found;
    }

    /** Whether an element is a post. */
    isPost(element: Element): boolean {
        return element.matches(this.post) && !refused.has(element);
    }

    /** The manager says that this is no post. */
    static refuse(element: Element): void {
        refused.add(element);
    }

    /** The innermost post that holds an element. What is in an advertisement is in no post. */
    postOf(element: Element): Element | null {
        const post = closest(element, this.generation.post);
        return post !== null && this.isPost(post) ? post : null;
    }

    /** The elements with the post's text, none in another, without those of nested posts and of copies of others. */
    bodies(post: Element): Element[] {
        const { body } = this.generation;
        if (body === "") return [post];
        const found: Element[] = [];
        const light = post.querySelectorAll(body);
        for (const candidate of light.length > 0 ? light : (post.shadowRoot?.querySelectorAll(body) ?? light)) {
            if (closest(candidate, this.generation.post) !== post || found.at(-1)?.contains(candidate)) continue;
            if (this.parent !== "" && within(candidate, this.parent, post)) continue;
            found.push(candidate);
        }
        return found;
    }

    /** The title that the poster gave, and copies of the post that this one answers. */
    beside(post: Element): { readonly title: Element | null; readonly parents: readonly Element[] } {
        const { title } = this.generation;
        const own = (element: Element): boolean => element.closest(this.generation.post) === post;
        // A copy is often made of the same parts as a post, and then is one to `closest`.
        const isCopyHere = (copy: Element): boolean => own(copy) || own(copy.parentElement ?? post);
        const titled = title === "" ? null : ([...post.querySelectorAll(title)].find(own) ?? null);
        const parents = this.parent === "" ? [] : [...post.querySelectorAll(this.parent)].filter(isCopyHere);
        return { title: titled, parents: parents.filter((p, i) => !parents.some((q, j) => j < i && q.contains(p))) };
    }

    /** What of the body is quoted and what is not read. Asked from the body, so that `:scope` means the body. */
    special(body: Element): Special {
        if (body.querySelector(this.either) === null) return { quotes: NOTHING, dropped: NOTHING };
        return { quotes: all(body, this.quote), dropped: all(body, this.drop) };
    }

    /** The reply boxes that the adapter names, best first; wrappers give the box inside them. */
    *composers(document: Document): Generator<Element> {
        for (const selector of this.composer) yield* document.querySelectorAll(selector);
    }
}

/** The first adapter in order that is for this page. */
export function choose(adapters: readonly Adapter[], document: Document): Adapter | null {
    // A search of a long page costs milliseconds: one tells that no adapter is for it.
    return anyDetects(adapters, document) ? (adapters.find((adapter) => adapter.detects(document)) ?? null) : null;
}

/** Whether one of the adapters is for this page, in a single pass over it. */
export function anyDetects(adapters: readonly Adapter[], document: Document): boolean {
    return adapters.length > 0 && document.querySelector(adapters.map((a) => a.generation.detect).join(",")) !== null;
}

function within(element: Element, selector: string, border: Element): boolean {
    for (let up: Element | null = element; up !== null && up !== border; up = up.parentElement) {
        if (up.matches(selector)) return true;
    }
    return false;
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
