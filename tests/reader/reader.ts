// The eyes of the content script by themselves, for saved pages: run in the page by a driver, without the extension.

import { Adapter } from "../../extension/page/adapter.ts";
import { Choice } from "../../extension/page/choice.ts";
import { Drawing } from "../../extension/page/sketch.ts";
import { read, type Reading } from "../../extension/page/text.ts";
import { pieces } from "../../extension/page/watch.ts";
import type { Site, Sketch, Way } from "../../extension/page/wire.ts";

/** A post as it was read: the poster's own words, and those quoted. */
export interface ReadPost {
    readonly text: string;
    readonly quoted: string;
}

/** The adapter that would be used of some, and the posts it finds; null when none is for the page. */
export function posts(sites: readonly Site[], way: Way): { readonly by: string; readonly posts: ReadPost[] } | null {
    const choice = new Choice(sites.flatMap((site) => Adapter.all(site, way)), document);
    choice.step(Infinity);
    const adapter = choice.chosen;
    if (adapter === null) return null;
    const found: ReadPost[] = [];
    for (const element of adapter.posts(document)) {
        const reading = read(pieces(adapter, element, adapter.bodies(element)));
        const post = { text: said(reading, "own"), quoted: said(reading, "quote") };
        if (post.text !== "" || post.quoted !== "") found.push(post);
    }
    return { by: `${adapter.site.id}-${adapter.generation.id}`, posts: found };
}

/** The page, drawn. */
export function sketch(): Sketch {
    const drawing = new Drawing(document);
    drawing.step(Infinity);
    return drawing.end();
}

function said(reading: Reading, kind: "own" | "quote"): string {
    return reading.parts.filter((part) => part.kind === kind).map((part) => part.text).join("\n");
}
