// Brings a post before the manager's eyes.

import type { Painter } from "./paint.ts";
import type { Known } from "./post.ts";

/** Scrolls to a post; flashes it unless the site is read discreetly. */
export function show(post: Known, painter: Painter | null): void {
    const { element } = post;
    if (!element.isConnected) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const tall = element.getBoundingClientRect().height > innerHeight;
    element.scrollIntoView({ block: tall ? "start" : "center", behavior: calm ? "instant" : "smooth" });
    painter?.flash(post);
}
