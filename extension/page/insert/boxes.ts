// The boxes of a page that can be written in.

import { boxAt, EDITABLE } from "../composer.ts";
import { documentIn, holder, placeOf, trees } from "../reach.ts";

/** Words in a box's own attributes, or those of its form, that say it is for something else than a reply. */
const NOT_A_REPLY = /search|recherch|query|login|password|passwd|captcha|newsletter|coupon/i;
const WHERE_SAID = ["id", "name", "role", "aria-label", "placeholder"];
const NOT_A_REPLY_ROLE = 'input, [role="search"] *, [role="searchbox"], [role="combobox"]:not([contenteditable])';

/** Smallest box that somebody writes in, in CSS pixels. */
const WIDTH = 60;
const HEIGHT = 12;

/** Whether a box can be seen: an insertion that the manager does not see is worse than none. */
export function visible(box: Element): boolean {
    const outer = holder(box);
    if (outer !== null && !visible(outer)) return false;
    return box.checkVisibility({ visibilityProperty: true }) && box.getClientRects().length > 0;
}

/** Whether there is room to write in a box. */
export function isRoomy(box: Element): boolean {
    // The textarea of CodeMirror 5 is a keyhole; the box is around it.
    const { width, height } = (box.closest(".CodeMirror") ?? box).getBoundingClientRect();
    return width >= WIDTH && height >= HEIGHT;
}

/** The boxes in a tree and in all trees inside it. */
export function boxesIn(start: Document | Element): HTMLElement[] {
    const boxes: HTMLElement[] = [];
    for (const tree of trees(start)) {
        if ("designMode" in tree && tree.designMode === "on") boxes.push((tree as Document).body);
        else for (const box of tree.querySelectorAll<HTMLElement>(EDITABLE)) if (boxAt(box) === box) boxes.push(box);
    }
    return boxes;
}

/** The box that an adapter's selector stands for: the element itself, or the one inside it. */
export function boxOf(element: Element): HTMLElement | null {
    const own = documentIn(element) === null ? boxAt(element) : null;
    if (own !== null) return own;
    const inside = boxesIn(element);
    return inside.find(visible) ?? inside[0] ?? null;
}

/** What an editor has put beside the textarea that it hides: the form still sends the textarea, and adapters name it. */
export function standIns(box: HTMLElement): HTMLElement[] {
    return box.nodeName === "TEXTAREA" ? boxesIn(box.parentElement ?? box).filter(plausible) : [];
}

/** Whether a box may be one for replies; adapters for any page name boxes that are not. */
export function plausible(box: HTMLElement): boolean {
    const place = placeOf(box);
    if (box.matches(NOT_A_REPLY_ROLE) || place.closest('[role="search"]') !== null) return false;
    const form = box.closest("form") ?? place.closest("form");
    if (form !== null && form.querySelector('input[type="password"]') !== null) return false;
    const says = [box, form].flatMap((element) => WHERE_SAID.map((name) => element?.getAttribute(name) ?? ""));
    return !says.some((words) => NOT_A_REPLY.test(words));
}
