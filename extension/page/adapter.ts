// One design of a site made usable: its selectors checked when they are needed, its questions answered on real elements.

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

/** The selectors of a design, made of those that its browser understands. */
interface Selectors {
    /** `post` without what is none. */
    readonly post: string;
    readonly quote: string;
    readonly drop: string;
    readonly either: string;
    readonly parent: string;
    readonly title: string;
    readonly composer: readonly string[];
}

export class Adapter {
    private checked: Selectors | null = null;

    private constructor(
        readonly site: Site,
        readonly generation: Generation,
        readonly way: Way,
    ) {}

    /** The adapters of a site's designs. Nothing of them is looked at before one is for the page: most never are. */
    static candidates(site: Site, way: Way = "adapter"): Adapter[] {
        return site.generation.map((generation) => new Adapter(site, generation, way));
    }

    /** The same, without those of which a selector is none that they cannot do without. */
    static all(site: Site, way: Way = "adapter"): Adapter[] {
        return Adapter.candidates(site, way).filter((adapter) => adapter.sound);
    }

    /** This one, with posts that were found otherwise: what it knows of the page beside them stays true. */
    with(found: Adapter): Adapter {
        const { post, body, title, quote, signature, drop, ad, parent, time, permalink, reply, truncated } = found.generation;
        const posts = { post, body, title, quote, signature, drop, ad, parent, time, permalink, reply, truncated };
        return new Adapter(this.site, { ...this.generation, ...posts }, found.way);
    }

    /** `post` without what is none. */
    get post(): string {
        return this.selectors.post;
    }

    private get selectors(): Selectors {
        return (this.checked ??= checked(this.site, this.generation));
    }

    /** Whether the adapter is for this page. */
    detects(document: Document): boolean {
        const { detect } = this.generation;
        return usable(this.site)(detect) && document.querySelector(detect) !== null && this.sound;
    }

    private get sound(): boolean {
        const { detect, post, body } = this.generation;
        const ok = usable(this.site);
        return ok(detect) && ok(post) && (body === "" || ok(body));
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
            if (this.selectors.parent !== "" && within(candidate, this.selectors.parent, post)) continue;
            found.push(candidate);
        }
        return found;
    }

    /** The title that the poster gave, and copies of the post that this one answers. */
    beside(post: Element): { readonly title: Element | null; readonly parents: readonly Element[] } {
        const { title } = this.selectors;
        const own = (element: Element): boolean => element.closest(this.generation.post) === post;
        // A copy is often made of the same parts as a post, and then is one to `closest`.
        const isCopyHere = (copy: Element): boolean => own(copy) || own(copy.parentElement ?? post);
        const titled = title === "" ? null : ([...post.querySelectorAll(title)].find(own) ?? null);
        const parents = this.selectors.parent === "" ? [] : [...post.querySelectorAll(this.selectors.parent)].filter(isCopyHere);
        return { title: titled, parents: parents.filter((p, i) => !parents.some((q, j) => j < i && q.contains(p))) };
    }

    /** What of the body is quoted and what is not read. Asked from the body, so that `:scope` means the body. */
    special(body: Element): Special {
        if (body.querySelector(this.selectors.either) === null) return { quotes: NOTHING, dropped: NOTHING };
        return { quotes: all(body, this.selectors.quote), dropped: all(body, this.selectors.drop) };
    }

    /** Whether the page holds only the beginning of a post's text. */
    isCut(post: Element): boolean {
        const { truncated } = this.generation;
        if (truncated === "" || !usable(this.site)(truncated)) return false;
        return [...post.querySelectorAll(truncated)].some((mark) => this.postOf(mark) === post);
    }

    /** Whether a post was written from the account that is in use. */
    isMine(post: Element): boolean {
        const { mine } = this.generation;
        if (mine === "" || !usable(this.site)(mine)) return false;
        return post.matches(mine) || [...post.querySelectorAll(mine)].some((mark) => this.postOf(mark) === post);
    }

    /** What the manager clicks to open a reply box, at or under a node. */
    openers(root: ParentNode): Iterable<Element> {
        const { opener } = this.generation;
        return opener !== "" && usable(this.site)(opener) ? root.querySelectorAll(opener) : [];
    }

    /** What shows the account that is logged in. */
    accounts(document: Document): Iterable<Element> {
        const { account } = this.generation;
        return account !== "" && usable(this.site)(account) ? document.querySelectorAll(account) : [];
    }

    /** The reply boxes that the adapter names, those of each selector, best first; wrappers give the box inside them. */
    composers(document: Document): Element[][] {
        return this.selectors.composer.map((selector) => [...document.querySelectorAll(selector)]);
    }
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

function checked(site: Site, { post, quote, signature, drop, ad, parent, title, composer }: Generation): Selectors {
    const ok = usable(site);
    const ads = ad.filter(ok).join(",");
    const quotes = quote.filter(ok).join(",");
    const titles = [title].filter((selector) => selector !== "" && ok(selector));
    const drops = [...[...drop, ...signature, ...parent].filter(ok), ...titles, post, EDITABLE].join(",");
    return {
        post: ads === "" ? post : `:is(${post}):not(${ads})`,
        quote: quotes,
        drop: drops,
        either: quotes === "" ? drops : `${quotes},${drops}`,
        parent: parent.filter(ok).join(","),
        title: titles.join(","),
        composer: composer.filter(ok),
    };
}

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
