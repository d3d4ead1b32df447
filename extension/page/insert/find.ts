// Which of the page's boxes is the reply box for a post.

import type { Adapter } from "../adapter.ts";
import type { Composer } from "../composer.ts";
import type { Belonging } from "./belonging.ts";
import { boxesIn, boxOf, isRoomy, plausible, standIns, visible } from "./boxes.ts";

/** A box that can be written in, or the reason why there is none. */
export type Found = { readonly box: HTMLElement } | { readonly none: "no_composer" | "hidden" | "other_post" | "several" };

/** What is known of where the manager wants to write. */
export interface Wish {
    readonly composer: Composer;
    readonly adapter: Adapter | null;
    readonly belonging: Belonging;
    /** In the box that had the focus last, whichever post that is for. */
    readonly there: boolean;
    /** The box that the manager has just opened for this. */
    readonly opened: HTMLElement | null;
}

/** A box that may be meant, and for how many posts it is. */
interface Candidate {
    readonly box: HTMLElement;
    readonly extent: number;
    /** Place among the adapter's selectors. */
    readonly rank: number;
}

/**
 * The reply box: the one that was opened for this, else the one with the focus, or which had it last; else the visible
 * one that the adapter names; else the one that looks like a reply box. Of several the one that is for the fewest posts.
 */
export function find({ composer, adapter, belonging, there, opened }: Wish): Found {
    const isFor = (box: HTMLElement): boolean => belonging.extent(box) !== null;
    if (!there && opened !== null && isOpen(opened) && isFor(opened)) return { box: opened };
    const { used } = composer;
    if (used !== null && isOpen(used)) return there || isFor(used) ? { box: used } : { none: "other_post" };

    const named = (adapter?.composers(document) ?? []).map((elements) => elements.flatMap((e) => boxOf(e) ?? []).filter(plausible));
    let open = named.map((boxes) => boxes.filter(visible));
    if (open.every((boxes) => boxes.length === 0)) open = named.map((boxes) => boxes.flatMap(standIns).filter(visible));
    const found = narrowed(open, belonging);
    if (found !== null) return found;
    // The adapter knows this page's box, and it is closed: another box is not the right one.
    if (named.some((boxes) => boxes.length > 0)) return { none: "hidden" };
    const boxes = boxesIn(document).filter(plausible);
    return narrowed([boxes.filter(visible)], belonging) ?? { none: boxes.length > 0 ? "hidden" : "no_composer" };
}

/** Whether a box is there to be written in. */
export function isOpen(box: HTMLElement): boolean {
    return box.isConnected && visible(box) && plausible(box);
}

/** The one that is meant of some boxes, the better ones first; null: none is for the post. */
function narrowed(groups: readonly (readonly HTMLElement[])[], belonging: Belonging): Found | null {
    const candidates = new Map<HTMLElement, Candidate>();
    for (const [rank, boxes] of groups.entries()) {
        for (const box of boxes) {
            const extent = candidates.has(box) ? null : belonging.extent(box);
            if (extent !== null) candidates.set(box, { box, extent, rank });
        }
    }
    const [best, ...others] = [...candidates.values()].sort((a, b) => a.extent - b.extent || a.rank - b.rank);
    if (best === undefined) return null;
    const equal = [best, ...others.filter(({ extent, rank }) => extent === best.extent && rank === best.rank)];
    // Editors keep boxes of their own out of sight, to catch what is pasted.
    const roomy = equal.length > 1 ? equal.filter(({ box }) => isRoomy(box)) : equal;
    const [one, two] = roomy.length > 0 ? roomy : equal;
    return one === undefined || two !== undefined ? { none: "several" } : { box: one.box };
}
