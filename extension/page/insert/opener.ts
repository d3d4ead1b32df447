// What the manager has to click to open a reply box, and the words on it. It is only shown, never clicked.

import type { Adapter } from "../adapter.ts";
import { trees } from "../reach.ts";
import type { Belonging } from "./belonging.ts";
import { visible } from "./boxes.ts";

/** Most of them that are looked at. */
const MOST = 50;
/** UTF-16 units of its words that are told. */
const MOST_WORDS = 80;

/** The one for a post, or any if none is answered; null: the page has none that is seen. */
export function openerOf(adapter: Adapter | null, post: Element | null, belonging: Belonging): Element | null {
    if (adapter === null) return null;
    const all = [...trees(document)].flatMap((tree) => [...adapter.openers(tree)]);
    const isIn = (element: Element): boolean => post === null || post.contains(element) || post.shadowRoot?.contains(element) === true;
    const inside = all.find((element) => isIn(element) && belonging.extent(element) === 0 && visible(element));
    if (inside !== undefined || post === null) return inside ?? null;
    const isAfter = (element: Element): boolean =>
        (post.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    const ordered = [...all.filter(isAfter), ...all.filter((element) => !isAfter(element))].slice(0, MOST);
    let best: Element | null = null;
    let least = Infinity;
    for (const element of ordered.filter(visible)) {
        const extent = belonging.extent(element) ?? Infinity;
        if (extent < least) [best, least] = [element, extent];
    }
    return best;
}

/** The words on an element, on one line; undefined: it has none. */
export function wordsOn(element: Element): string | undefined {
    const names = ["value", "title", "alt"].map((name) => element.getAttribute(name));
    for (const words of [element.getAttribute("aria-label"), element.textContent, ...names]) {
        const line = words?.replace(/\s+/g, " ").trim() ?? "";
        // A number of replies says nothing of what it opens.
        if (!/\p{L}/u.test(line)) continue;
        const cut = line.slice(0, MOST_WORDS);
        // Not in the middle of a sign.
        return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
    }
    return undefined;
}
