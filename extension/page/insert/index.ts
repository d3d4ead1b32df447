// Puts a text in the composer, reads it back, and reports what really is there.
//
// Each way is tried alone. What it did is read back; if it is not the exact text, it is taken back before the next one
// is tried. If it cannot be taken back, nothing more is touched and the report says so.

import type { Composer } from "../composer.ts";
import type { InsertFailure, InsertReport } from "../wire.ts";
import { Box } from "./box.ts";
import { visible } from "./boxes.ts";
import type { Verdict } from "./compare.ts";
import type { Found } from "./find.ts";
import { focus, focused, Spot } from "./focus.ts";
import { pause } from "./pause.ts";
import type { Stood } from "./surface.ts";
import { area } from "./surfaces/control.ts";
import { takeBack } from "./undo.ts";
import { whole, type Attempt, type Words } from "./way.ts";

/** Between two looks at the composer, in milliseconds. */
const LOOK = 40;
/** Editors that follow the selection at their own pace get this long when it was moved, in milliseconds. */
const CARET_SETTLE = 120;
/** How long an attempt may take to show, in milliseconds, and one that nobody took. */
const PATIENCE = 700;
const PATIENCE_IGNORED = 100;
/** The same for a page that is not shown, whose timers are slow. */
const PATIENCE_HIDDEN = 3_000;
/** A framework may put its own state back a moment later, in milliseconds. */
const LAST_LOOK = 300;
/** How often a page may draw another box when one is given the focus. */
const MOST_TAKERS = 3;

/**
 * Inserts a text in the composer that was found. Nothing is begun after `until`, a `Date.now()`: clocks that stand still
 * while the machine sleeps would let a text in that nobody expects any more. `inserted` is told where it is, once it is in.
 */
export async function insert(
    found: Found,
    words: string,
    composer: Composer,
    until: number,
    inserted: (box: Box, text: string) => void,
): Promise<InsertReport> {
    if (Date.now() > until) return failed("unreachable");
    if ("none" in found) return failed(found.none);
    const text = words.replace(/\r\n?/g, "\n").replace(/^\n+|\s+$/g, "");
    if (text === "") return failed("refused");
    if (!visible(found.box)) return failed("hidden");
    if (readOnly(found.box)) return failed("read_only");

    const element = await take(found.box, composer);
    // Typing would go elsewhere.
    if (element === null || readOnly(element)) return failed("no_focus");
    const box = new Box(element);
    // What cannot be read cannot be verified, and is not touched.
    if (box.before === null) return failed("refused");
    const { surface } = box;
    const given = separated(text, surface.around(element));
    const limit = element.nodeName === "TEXTAREA" ? area(element).maxLength : -1;
    const length = box.before.length + whole(given).length;
    if (limit >= 0 && length > limit) return { kind: "failed", failure: { reason: "too_long", limit, length } };

    for (const way of box.family.ways) {
        if (Date.now() > until) return failed("unreachable");
        if (!focused(element)) return failed("no_focus");
        const attempt = way.insert(box, given);
        const verdict = await settled(box, text, attempt);
        if (verdict === "exact" || verdict === "paragraphs") {
            await pause(LAST_LOOK);
            if (box.verdict(text) === verdict) {
                element.scrollIntoView({ block: "nearest" });
                inserted(box, text);
                return { kind: "inserted", inserter: `${box.family.name}: ${way.name}`, paragraphs: verdict === "paragraphs" };
            }
        }
        if (box.restored()) {
            // The page took the text and did nothing with it yet: a second text could come on top of the first.
            if (attempt === "claimed" && box.family.unknown) break;
            continue;
        }
        if (!(await takeBack(box, way))) return failed("dirty");
        surface.settle(element, { focused: true, used: true, caret: null });
    }
    return failed(box.restored() ? "refused" : "dirty");
}

/** Gives a box the focus and puts its caret; null: it does not take it, nor does another one in its place. */
async function take(first: HTMLElement, composer: Composer): Promise<HTMLElement | null> {
    let box = first;
    for (let taker = 0; taker < MOST_TAKERS; taker++) {
        const stood: Stood = { focused: focused(box), ...composer.known(box) };
        const spot = new Spot(box);
        focus(box);
        if (spot.taker() === box) {
            if (!new Box(box).surface.settle(box, stood) && stood.focused) return box;
            await pause(CARET_SETTLE);
        }
        // The page may have moved the focus, or replaced the box by a larger one.
        const next = spot.taker();
        if (next === box || next === null) return next;
        box = next;
    }
    return null;
}

/** Looks until the text is in and stays for two looks, or the attempt's time is over. */
async function settled(box: Box, text: string, attempt: Attempt): Promise<Verdict> {
    const until = performance.now() + (document.hidden ? PATIENCE_HIDDEN : attempt === "ignored" ? PATIENCE_IGNORED : PATIENCE);
    let last: Verdict = box.verdict(text);
    for (;;) {
        await pause(LOOK);
        const now = box.verdict(text);
        if (now === last && (now === "exact" || now === "paragraphs")) return now;
        last = now;
        if (performance.now() > until) return now;
    }
}

/** What must stand around a text so that it is a paragraph of its own. */
function separated(text: string, [left, right]: readonly [string, string]): Words {
    return { text, before: gap(left, /\n*$/), after: gap(right, /^\n*/) };
}

function gap(text: string, breaks: RegExp): string {
    if (text.trim() === "") return "";
    const there = breaks.exec(text.replace(/[^\S\n]+$|^[^\S\n]+/g, ""))?.[0].length ?? 0;
    return "\n".repeat(Math.max(0, 2 - there));
}

function readOnly(box: HTMLElement): boolean {
    if (box.matches(":disabled") || box.ariaDisabled === "true" || box.ariaReadOnly === "true") return true;
    if (box.nodeName === "TEXTAREA") return area(box).readOnly;
    return !box.isContentEditable && box.ownerDocument.designMode !== "on";
}

function failed(reason: Exclude<InsertFailure["reason"], "too_long">): InsertReport {
    return { kind: "failed", failure: { reason } };
}
