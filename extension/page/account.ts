// The account that the page shows as the one in use. Read only, and only where an adapter says.

import type { Adapter } from "./adapter.ts";

/** Longest name, in UTF-16 units: what is longer is none. */
const LONGEST = 100;
/** Where a name stands when it is no text, as in a portrait. */
const ATTRIBUTES = ["title", "aria-label", "alt"];

/** Its name; null: the page shows none. */
export function account(adapter: Adapter | null, document: Document): string | null {
    for (const element of adapter?.accounts(document) ?? []) {
        const image = element.querySelector("img[alt]");
        const said = [
            element.textContent ?? "",
            ...ATTRIBUTES.map((name) => element.getAttribute(name) ?? ""),
            image?.getAttribute("alt") ?? "",
            lastPart(element.getAttribute("href") ?? ""),
        ];
        for (const text of said) {
            const name = text.replace(/\s+/g, " ").trim();
            if (name !== "" && name.length <= LONGEST) return name;
        }
    }
    return null;
}

/** The last part of an address's path, which often names the account. */
function lastPart(href: string): string {
    const last = href.replace(/[?#].*$/, "").replace(/\/+$/, "").split("/").pop() ?? "";
    try {
        return decodeURIComponent(last);
    } catch {
        return last;
    }
}
