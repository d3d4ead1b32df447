// What rules may ask of a post beside its words. Never who wrote it.

import type { Adapter } from "./adapter.ts";
import type { Facts } from "./wire.ts";

/** Most links of one post that are told. */
const MOST_LINKS = 20;
const DAY = 86_400_000;

/** Address and kind of the page, age of the post, its links to other sites: those to the site itself are its furniture. */
export function facts(element: Element, adapter: Adapter | null): Facts {
    const links: string[] = [];
    for (const link of element.querySelectorAll<HTMLAnchorElement>("a[href]")) {
        if (links.length === MOST_LINKS) break;
        if (adapter !== null && adapter.postOf(link) !== element) continue;
        if (/^https?:$/.test(link.protocol) && link.host !== location.host) links.push(link.href);
    }
    const said: { -readonly [K in keyof Facts]: Facts[K] } = { url: location.href, links };
    if (adapter === null) return said;
    const { site, generation } = adapter;
    // What was found by structure alone says nothing of the kind of page.
    if (adapter.way === "adapter") said.source = site.source;
    if (site.country !== undefined && site.country !== null) said.country = site.country;
    if (generation.reply !== "") said.reply = holds(element, generation.reply);
    const age = days(element, adapter);
    if (age !== null) said.age = age;
    return said;
}

function holds(element: Element, selector: string): boolean {
    try {
        return element.matches(selector);
    } catch {
        return false;
    }
}

/** Days since the post was written, if it says so to machines. */
function days(element: Element, adapter: Adapter): number | null {
    const selector = adapter.generation.time;
    if (selector === "") return null;
    let time: Element | null;
    try {
        // Not that of a post inside this one.
        time = [...element.querySelectorAll(selector)].find((t) => adapter.postOf(t) === element) ?? null;
    } catch {
        return null;
    }
    const said = time?.getAttribute("datetime") ?? time?.getAttribute("data-time") ?? "";
    const moment = /^\d{10}$/.test(said) ? Number(said) * 1000 : /^\d{13}$/.test(said) ? Number(said) : Date.parse(said);
    const age = Math.floor((Date.now() - moment) / DAY);
    return Number.isNaN(age) || age < 0 ? null : age;
}
