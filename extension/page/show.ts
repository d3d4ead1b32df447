// Brings a post, or a part of the page, before the manager's eyes.

import type { Painter } from "./paint.ts";
import type { Known } from "./post.ts";
import { whole } from "./text.ts";

/** Scrolls to a post; flashes it unless the site is read discreetly. */
export function show({ element, reading }: Known, painter: Painter | null): void {
    if (!element.isConnected) return;
    scroll(element);
    painter?.flash(reading === null ? [] : whole(reading));
}

/** Scrolls to what the manager has to click, if it is out of view; flashes its words unless the site is read discreetly. */
export function point(element: Element, painter: Painter | null): void {
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) scroll(element);
    // Static: a live range would be moved along at every change that the page makes.
    const [startContainer, endContainer] = [element, element];
    painter?.flash([new StaticRange({ startContainer, startOffset: 0, endContainer, endOffset: element.childNodes.length })]);
}

function scroll(element: Element): void {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const tall = element.getBoundingClientRect().height > innerHeight;
    element.scrollIntoView({ block: tall ? "start" : "center", behavior: calm ? "instant" : "smooth" });
}
