// What rules may ask of a post beside its words. Never who wrote it.

import type { Facts } from "./wire.ts";

/** Most links of one post that are told. */
const MOST_LINKS = 20;

/** Address of the page, and the links of a post to other sites: those to the site itself are its own furniture. */
export function facts(element: Element): Facts {
    const links: string[] = [];
    for (const link of element.querySelectorAll<HTMLAnchorElement>("a[href]")) {
        if (links.length === MOST_LINKS) break;
        if (/^https?:$/.test(link.protocol) && link.host !== location.host) links.push(link.href);
    }
    return { url: location.href, links };
}
