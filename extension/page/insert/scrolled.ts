// Reads editors that draw only the lines in view: they are scrolled through, at once and back, before the browser paints.

import { realmOf } from "./realm.ts";

/** What of a text an editor has drawn. */
export interface Drawing {
    /** What scrolls in the editor. */
    readonly scroller: Element;
    /** The lines that are drawn, in order; null for each stretch that is not. */
    lines(): (Element | null)[];
}

/** Looks at every line once, from the first to the last; null: an editor would not draw some. */
export function eachLine<T>({ scroller, lines }: Drawing, look: (line: Element) => T): T[] | null {
    const seen: T[] = [];
    const stood: (readonly [Element, number, number])[] = [];
    for (let at: Element | null = scroller; at !== null; at = at.parentElement) stood.push([at, at.scrollTop, at.scrollLeft]);
    // Editors draw when they are told, not only when the browser would next tell them.
    const drawn = (): unknown => scroller.dispatchEvent(new (realmOf(scroller).Event)("scroll"));
    let now = lines();
    const scrolled = now.includes(null);
    if (scrolled) {
        scroller.scrollTo({ top: 0, behavior: "instant" });
        scroller.scrollIntoView({ behavior: "instant" });
        drawn();
        now = lines();
    }
    let at = 0;
    let last: Element | null = null;
    for (;;) {
        const begin = at;
        for (let line = now[at]; line; line = now[++at]) {
            seen.push(look(line));
            last = line;
        }
        if (at === now.length || at === begin || last === null) break;
        last.scrollIntoView({ behavior: "instant" });
        drawn();
        now = lines();
        // A line that stays in view stays the same element.
        at = now.indexOf(last) + 1;
        if (at === 0) break;
    }
    for (const [element, top, left] of stood) if (scrolled) element.scrollTo({ top, left, behavior: "instant" });
    if (scrolled) drawn();
    return at === now.length && at > 0 ? seen : null;
}
