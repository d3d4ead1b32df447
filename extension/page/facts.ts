// What rules may ask of a post beside its words. Never who wrote it.

import type { Adapter } from "./adapter.ts";
import type { Facts } from "./wire.ts";

/** Most links of one post that are told. */
const MOST_LINKS = 20;
/** UTF-16 units of what a site says of when a post was written: longer texts are no dates. */
const MOST_SAID = 140;
const DAY = 86_400_000;
/** May be named after a person. */
const PERSON = ["author", "user", "member", "nick", "pseudo", "poster"].map((part) => `[class*="${part}" i]`).join(",");
/** In what says when a post was written: may name who did, and is nothing that a date needs. */
const NO_DATE = `a,script,style,template,button,.name,[itemprop="author"],[itemprop="name"],${PERSON}`;

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
    const time = timeOf(element, adapter);
    const age = time === null ? null : days(time);
    if (age !== null && age >= 0) said.age = age;
    if (time !== null && age === null) {
        const words = forPeople(time);
        if (words !== "") said.said = words;
    }
    return said;
}

function holds(element: Element, selector: string): boolean {
    try {
        return element.matches(selector);
    } catch {
        return false;
    }
}

/** What says when a post was written. */
function timeOf(element: Element, adapter: Adapter): Element | null {
    const selector = adapter.generation.time;
    if (selector === "") return null;
    try {
        // Not that of a post inside this one.
        return [...element.querySelectorAll(selector)].find((t) => adapter.postOf(t) === element) ?? null;
    } catch {
        return null;
    }
}

/** Days since then, if it says so to machines; negative if that is to come. */
function days(time: Element): number | null {
    const said = time.getAttribute("datetime") ?? time.getAttribute("data-time") ?? "";
    const moment = /^\d{10}$/.test(said) ? Number(said) * 1000 : /^\d{13}$/.test(said) ? Number(said) : Date.parse(said);
    const age = Math.floor((Date.now() - moment) / DAY);
    return Number.isNaN(age) ? null : age;
}

/** When it was, in the site's words, a line for each place of them. A title is mostly more exact than what is shown. */
function forPeople(time: Element): string {
    const lines = new Set<string>();
    let left = MOST_SAID;
    for (const text of [time.getAttribute("title"), time.getAttribute("aria-label"), words(time)]) {
        const line = text?.replace(/\s+/g, " ").trim() ?? "";
        // What is cut means another day, or is somebody's words that name one.
        if (line === "" || line.length > left || lines.has(line)) continue;
        lines.add(line);
        left -= line.length + 1;
    }
    return [...lines].join("\n");
}

/** Its text without names: older software puts who wrote and when in one element. */
function words(time: Element): string {
    const [only] = time.children;
    // A date that is a link to its post is no name.
    const named = time.matches(PERSON) || only?.matches(PERSON);
    if (!named && only?.localName === "a" && only.textContent?.trim() === time.textContent?.trim()) return words(only);
    const names = named ? `${NO_DATE},b,strong` : NO_DATE;
    const read = (node: Node): string => {
        if (node.nodeType === Node.TEXT_NODE) return node.textContent ?? "";
        if (node.nodeType !== Node.ELEMENT_NODE || (node !== time && (node as Element).matches(names))) return "";
        return ` ${[...node.childNodes].map(read).join("")} `;
    };
    return read(time);
}
