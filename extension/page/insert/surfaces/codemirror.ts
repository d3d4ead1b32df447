// CodeMirror 5 from outside: it draws only the lines in view and some around them, and a script outside the page's own
// world cannot ask its instance. So it is scrolled through, at once and back, before anything is painted.

import { press } from "../key.ts";
import { realmOf } from "../realm.ts";
import type { Surface } from "../surface.ts";

/** Line boxes meet within this, in CSS pixels: heights are fractions. */
const MEETING = 1;
/** What pages with more lines than anybody writes cost. */
const MOST_LINES = 2_000;

export const codeMirror: Surface = {
    literal: false,
    read(box) {
        return linesOf(box)?.map((line) => line.text).join("\n") ?? null;
    },
    around(box) {
        const lines = linesOf(box) ?? [];
        const at = lines.findIndex((line) => line.caret !== null);
        const { text = "", caret = 0 } = lines[at] ?? {};
        const joined = (part: readonly Line[]): string => part.map((line) => line.text).join("\n");
        if (at < 0) return [joined(lines), joined(lines)];
        return [
            joined([...lines.slice(0, at), { text: text.slice(0, caret ?? 0), caret }]),
            joined([{ text: text.slice(caret ?? 0), caret }, ...lines.slice(at + 1)]),
        ];
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

/** A line, and how many of its characters are before the caret, if that is in it. */
interface Line {
    readonly text: string;
    readonly caret: number | null;
}

/** All lines; null: some were not drawn, so nothing certain can be said. */
function linesOf(box: HTMLElement): Line[] | null {
    const editor = box.closest(".CodeMirror");
    const scroller = editor?.querySelector<HTMLElement>(".CodeMirror-scroll");
    const sizer = editor?.querySelector<HTMLElement>(".CodeMirror-sizer");
    const code = editor?.querySelector<HTMLElement>(".CodeMirror-code");
    // Folded lines are not drawn at all.
    if (!scroller || !sizer || !code || code.querySelector(".CodeMirror-foldmarker")) return null;
    const start = scroller.scrollTop;
    const lines: Line[] = [];
    let bottom: number | null = null;
    let height = 0;
    let whole = false;
    scroll(scroller, 0);
    for (let more = true; more && lines.length < MOST_LINES; ) {
        more = false;
        const origin = sizer.getBoundingClientRect().top;
        const cursor = editor?.querySelector(".CodeMirror-cursor")?.getBoundingClientRect() ?? null;
        for (const element of code.querySelectorAll("pre")) {
            const place = element.getBoundingClientRect();
            const top = place.top - origin;
            if (bottom !== null && top < bottom - MEETING) continue;
            if (bottom !== null && top > bottom + MEETING) break;
            height = place.height;
            bottom = top + height;
            lines.push(lineOf(element, cursor));
            more = true;
        }
        // What the editor reserves for the whole text ends with the last line.
        const left = Number.parseFloat(sizer.style.minHeight) - (bottom ?? 0);
        whole = left < height / 2 + Number.parseFloat(getComputedStyle(code.closest(".CodeMirror-lines") ?? code).paddingBottom);
        if (whole) break;
        scroll(scroller, (bottom ?? 0) - height);
    }
    scroll(scroller, start);
    return whole ? lines : null;
}

/** The editor draws when it is told, not when the browser would next tell it. */
function scroll(scroller: HTMLElement, top: number): void {
    if (scroller.scrollTop === top) return;
    scroller.scrollTop = top;
    scroller.dispatchEvent(new (realmOf(scroller).Event)("scroll"));
}

function lineOf(line: Element, cursor: DOMRect | null): Line {
    const place = line.getBoundingClientRect();
    const here = cursor !== null && cursor.top + cursor.height / 2 > place.top && cursor.top + cursor.height / 2 < place.bottom;
    let text = "";
    let caret = here ? 0 : null;
    const walk = (node: Node): void => {
        if (node.nodeType === Node.TEXT_NODE) {
            const { data } = node as Text;
            if (here && caret !== null) caret = Math.max(caret, text.length + before(node as Text, cursor));
            text += data;
            return;
        }
        const drawn = drawnFor(node as Element);
        if (drawn === null) for (const child of node.childNodes) walk(child);
        else {
            text += drawn;
            if (here && (node as Element).getBoundingClientRect().right <= cursor.left + MEETING) caret = text.length;
        }
    };
    walk(line);
    return { text, caret };
}

/** The character that a mark is drawn for: tabs and invisible characters; an empty line has a mark for nothing. */
function drawnFor(element: Element): string | null {
    const told = element.getAttribute("cm-text");
    if (told !== null) return told;
    // Versions of 2013 to 2015.
    const code = /^\\u([\da-f]+)$/i.exec(element.classList.contains("cm-invalidchar") ? element.getAttribute("title") ?? "" : "");
    return code === null ? null : String.fromCharCode(Number.parseInt(code[1] ?? "", 16));
}

/** How many characters of a text are before the cursor, by where they are drawn. */
function before(text: Text, cursor: DOMRect): number {
    const range = text.ownerDocument.createRange();
    let count = 0;
    for (let at = 0; at < text.length; at++) {
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const place = range.getBoundingClientRect();
        const above = place.bottom <= cursor.top + MEETING;
        const left = place.top < cursor.bottom - MEETING && place.left + place.width / 2 < cursor.left;
        if (above || left) count = at + 1;
    }
    return count;
}
