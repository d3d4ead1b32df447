// Which of the page's boxes is the reply box.

import type { Adapter } from "../adapter.ts";
import type { Composer } from "../composer.ts";
import { placeOf } from "../reach.ts";
import { boxesIn, boxOf, plausible, standIns, visible } from "./boxes.ts";

/** A box that can be written in, or the reason why there is none. */
export type Found = { readonly box: HTMLElement } | { readonly none: "no_composer" | "hidden" };

/**
 * The reply box: the one with the focus, or which had it last; else the first visible one that the adapter names;
 * else one that looks like a reply box, nearest to the post that is answered.
 */
export function find(composer: Composer, adapter: Adapter | null, post: Element | null): Found {
    const named = [...(adapter?.composers(document) ?? [])].flatMap((element) => boxOf(element) ?? []).filter(plausible);
    const used = composer.used;
    if (used !== null && used.isConnected && visible(used) && plausible(used)) return { box: used };
    const open = named.find(visible) ?? named.flatMap(standIns).find(visible);
    if (open !== undefined) return { box: open };
    // The adapter knows this page's box, and it is closed: another box is not the right one.
    if (named.length > 0) return { none: "hidden" };
    const boxes = boxesIn(document).filter(plausible);
    const near = boxes.filter(visible).sort((a, b) => rank(b, post) - rank(a, post));
    if (near[0] !== undefined) return { box: near[0] };
    return { none: boxes.length > 0 ? "hidden" : "no_composer" };
}

/** In the answered post, then after it, then the larger box. */
function rank(box: Element, post: Element | null): number {
    // The textarea of CodeMirror 5 is a keyhole; the box is around it.
    const { width, height } = (box.closest(".CodeMirror") ?? box).getBoundingClientRect();
    const size = Math.min(width * height, 1e6);
    if (post === null) return size;
    if (post.contains(box)) return 3e6 + size;
    const follows = placeOf(post).compareDocumentPosition(placeOf(box)) & Node.DOCUMENT_POSITION_FOLLOWING;
    return (follows ? 1.5e6 : 0) + size;
}
