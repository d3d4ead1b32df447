// CodeMirror 5 from outside: a script outside the page's own world cannot ask its instance, but reads what it draws.

import { isText } from "../../reach.ts";
import { press } from "../key.ts";
import { eachLine } from "../scrolled.ts";
import type { Surface } from "../surface.ts";

/** Boxes of letters meet the cursor within this, in CSS pixels: places are fractions. */
const MEETING = 1;

export const codeMirror5: Surface = {
    literal: false,
    read: (box) => linesOf(box)?.map((line) => line.text).join("\n") ?? null,
    glance(box) {
        const lines = drawnIn(box)?.drawn() ?? [null];
        return lines.includes(null) ? null : lines.map((line) => (line === null ? "" : textOf(line))).join("\n");
    },
    around(box) {
        const lines = linesOf(box) ?? [];
        const at = lines.findIndex((line) => line.left !== null);
        const part = (from: number, to: number): string[] => lines.slice(from, to).map((line) => line.text);
        return [[...part(0, at), lines[at]?.left].join("\n"), [lines[at]?.right, ...part(at + 1, lines.length)].join("\n")];
    },
    settle(box, stood) {
        // What is selected is in the textarea, ready to be copied.
        if (!stood.focused && !stood.used) press(box, "End", true);
        else if ((box as HTMLTextAreaElement).value !== "") press(box, "ArrowRight", false);
        else return false;
        return true;
    },
    part() {
        // A paste is a step of its own.
    },
};

/** A line; if the caret is in it, also what of it is before and after, as a whole where it is in between. */
interface Line {
    readonly text: string;
    readonly left: string | null;
    readonly right: string | null;
}

/** What an editor has drawn; null: it is none, or some lines are folded and not drawn at all. */
function drawnIn(box: HTMLElement): { part(name: string): HTMLElement | null; scroller: HTMLElement; drawn(): (Element | null)[] } | null {
    const editor = box.closest(".CodeMirror");
    const part = (name: string): HTMLElement | null => editor?.querySelector<HTMLElement>(`.CodeMirror-${name}`) ?? null;
    const [scroller, origin, lines, code] = [part("scroll"), part("sizer"), part("lines"), part("code")];
    if (!scroller || !origin || !lines || !code || part("foldmarker")) return null;
    const drawn = (): (Element | null)[] => {
        const found: (Element | null)[] = [...code.querySelectorAll("pre")];
        const last = found.at(-1)?.getBoundingClientRect() ?? new DOMRect();
        // Lines above are stood for by an offset; what is reserved for the whole text ends with its last line.
        const below = pixels(origin.style.minHeight) - (last.bottom - origin.getBoundingClientRect().top);
        if (pixels(lines.parentElement?.style.top) > 0) found.unshift(null);
        if (below > pixels(getComputedStyle(lines).paddingBottom) + last.height / 2) found.push(null);
        return found;
    };
    return { part, scroller, drawn };
}

function linesOf(box: HTMLElement): Line[] | null {
    const editor = drawnIn(box);
    if (editor === null) return null;
    const { part, scroller, drawn } = editor;
    return eachLine({ scroller, lines: drawn }, (line) => lineOf(line, part("cursor")?.getBoundingClientRect() ?? null));
}

function pixels(length: string | undefined): number {
    return Number.parseFloat(length || "0");
}

function lineOf(line: Element, cursor: DOMRect | null): Line {
    const text = textOf(line);
    const { top, bottom } = line.getBoundingClientRect();
    if (cursor === null || cursor.top + MEETING < top || cursor.bottom - MEETING > bottom) return { text, left: null, right: null };
    const range = line.ownerDocument.createRange();
    range.selectNodeContents(line);
    const rects = range.getClientRects();
    const [first = cursor, last = cursor] = [rects[0], rects[rects.length - 1]];
    const starts = cursor.top < first.bottom - MEETING && cursor.left < first.left + MEETING;
    const ends = cursor.bottom > last.top + MEETING && cursor.left > last.right - MEETING;
    return { text, left: starts ? "" : text, right: ends ? "" : text };
}

/** Tabs and invisible characters are drawn as something else; an empty line has a mark for nothing. */
function textOf(node: Node): string {
    if (isText(node)) return node.data;
    return (node as Element).getAttribute("cm-text") ?? [...node.childNodes].map(textOf).join("");
}
