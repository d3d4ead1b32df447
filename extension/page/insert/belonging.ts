// For which posts of a page a reply box is: a reply in the box of another post would answer the wrong person.

import { around } from "../reach.ts";
import type { Known } from "../post.ts";

/** Where a copy of a post stands that is answered apart from its thread. */
const DIALOG = 'dialog, [role="dialog"], [aria-modal="true"]';

/** The posts that are nearest to an element. */
interface Near {
    /** All in the smallest part of the page that holds the element and posts. */
    readonly all: readonly Known[];
    /** Those for which the element is, by its place among them. */
    readonly meant: readonly Known[];
    /** The last of those that come before it. */
    readonly above: Known | null;
}

const NOBODY: Near = { all: [], meant: [], above: null };

/** A post, with the element around it at each step up to something. */
interface Climb {
    readonly post: Known;
    /** The last element below that. */
    readonly below: Element;
}

export class Belonging {
    private readonly byElement = new Map<Element, Known>();

    /** `chosen`: the post that is answered; null: none of this document is; undefined: it is not there any more. */
    constructor(
        posts: Iterable<Known>,
        private readonly chosen: Known | null | undefined,
    ) {
        for (const post of posts) this.byElement.set(post.element, post);
    }

    /**
     * For how many posts an element is, if it is for the chosen one; 0: it is in it, or none is known. Null: it is not
     * for that one.
     */
    extent(element: Element): number | null {
        const { chosen } = this;
        if (chosen === null || this.byElement.size === 0) return 0;
        const { holding, near } = this.place(element);
        // Comments on a post are often inside it, with boxes of their own below them; one that stands before all of them,
        // or after all, is that of the post.
        if (holding !== null && holding === chosen) return near.above !== null && near.all.length < this.inside(holding) ? null : 0;
        if (chosen === undefined) return holding === null && near.meant.length !== 1 ? near.meant.length : null;
        if (isCopy(holding, chosen, element)) return 0;
        if (holding !== null) {
            const isInside = pathOf(chosen.element).includes(holding.element);
            return isInside && near.above !== null && near.meant.includes(chosen) ? near.meant.length : null;
        }
        if (near.all.length === 0 || near.meant.includes(chosen)) return near.meant.length;
        if (near.all.length === 1 && isCopy(near.all[0] ?? null, chosen, element)) return 1;
        // Comments with a box above them are on the post above it.
        return near.above === null && this.near(pathOf(element), near.all).above === chosen ? 1 : null;
    }

    /** Whether the posts around an element have been read: one that was not may yet be a copy of the chosen one. */
    isRead(element: Element): boolean {
        if (this.chosen === null) return true;
        const { holding, near } = this.place(element);
        return [holding, ...near.all].every((post) => post === null || post.reading !== null);
    }

    private place(element: Element): { readonly holding: Known | null; readonly near: Near } {
        const path = pathOf(element);
        const inner = path.findIndex((at, index) => index > 0 && this.byElement.has(at));
        const holding = inner < 0 ? null : (this.byElement.get(path[inner]!) ?? null);
        return { holding, near: this.near(inner < 0 ? path : path.slice(0, inner)) };
    }

    /** How many posts are inside another. */
    private inside(outer: Known): number {
        const posts = [...this.byElement.values()].filter((post) => post !== outer && isShown(post));
        return posts.filter(({ element }) => pathOf(element).includes(outer.element)).length;
    }

    /** The nearest posts but some, as far up as a path goes. */
    private near(path: readonly Element[], but: readonly Known[] = []): Near {
        const heights = new Map(path.map((element, height) => [element, height]));
        let height = path.length;
        let climbs: Climb[] = [];
        const left = new Set(but);
        for (const post of this.byElement.values()) {
            if (left.has(post)) continue;
            // A hidden preview or template is no place to answer.
            if (heights.has(post.element) || !isShown(post)) continue;
            let below = post.element;
            let at = around(below);
            for (; at !== null && !heights.has(at); at = around(at)) below = at;
            const met = at === null ? undefined : heights.get(at);
            if (met === undefined || met > height || met === 0) continue;
            if (met < height) climbs = [];
            height = met;
            climbs.push({ post, below });
        }
        const own = path[height - 1];
        if (climbs.length === 0 || own === undefined) return NOBODY;
        const side = (flag: number): Known[] =>
            climbs.filter(({ below }) => own.compareDocumentPosition(below) & flag && !isApart(own, below)).map(({ post }) => post);
        const before = side(Node.DOCUMENT_POSITION_PRECEDING);
        const after = side(Node.DOCUMENT_POSITION_FOLLOWING);
        const all = climbs.map(({ post }) => post);
        const above = before.length > 0 ? before.reduce(later) : null;
        return { all, meant: above !== null && after.length > 0 ? [above] : all, above };
    }
}

/** Whether anything of a post is shown. One that came a moment ago has not been read. */
function isShown({ reading, element }: Known): boolean {
    return reading !== null || element.checkVisibility();
}

/** An element and all around it, the smallest first. */
export function pathOf(element: Element): Element[] {
    const path: Element[] = [];
    for (let at: Element | null = element; at !== null; at = around(at)) path.push(at);
    return path;
}

/** Nodes of two trees are in no order. */
function isApart(one: Node, other: Node): boolean {
    return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_DISCONNECTED) !== 0;
}

function later(one: Known, other: Known): Known {
    return one.element.compareDocumentPosition(other.element) & Node.DOCUMENT_POSITION_FOLLOWING ? other : one;
}

/**
 * Whether a post is the chosen one again, shown in a dialog to be answered there. Elsewhere the same words are those of
 * people who copy each other.
 */
function isCopy(post: Known | null, chosen: Known, element: Element): boolean {
    if (post === null || post === chosen || post.words === "" || post.words !== chosen.words) return false;
    const dialog = pathOf(element).find((at) => at.matches(DIALOG));
    return dialog !== undefined && pathOf(post.element).includes(dialog) && !pathOf(chosen.element).includes(dialog);
}
