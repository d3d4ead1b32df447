// Puts a text in the composer, reads it back, and reports what really is there.
//
// Each inserter is one family's way. What it did is read back; if it is not the exact text, it is taken back before
// the next one is tried. If it cannot be taken back, nothing more is touched and the report says so.

import type { Composer, Found } from "../composer.ts";
import { visible } from "../composer.ts";
import type { InsertFailure, InsertReport } from "../wire.ts";
import { type Attempt, Box, type Inserter } from "./box.ts";
import { focus, focused, separators, settle } from "./caret.ts";
import type { Verdict } from "./compare.ts";
import { edited } from "./contenteditable.ts";
import { pasted, pastedHtml } from "./paste.ts";
import { pause } from "./pause.ts";
import { assigned, typed } from "./textarea.ts";
import { takeBack } from "./undo.ts";

/** In the order in which they are asked. */
const INSERTERS: readonly Inserter[] = [typed, assigned, pastedHtml, pasted, edited];

/** Between two looks at the composer, in milliseconds. */
const LOOK = 40;
/** Editors that follow the selection at their own pace get this long, in milliseconds. */
const CARET_SETTLE = 120;
/** How long an attempt may take to show, in milliseconds: one that nobody took, one that somebody did. */
const PATIENCE: Record<Attempt, number> = { ignored: 100, sent: 700, claimed: 700 };
/** A framework may put its own state back a moment later, in milliseconds. */
const LAST_LOOK = 300;

/** Inserts a text in the composer that was found. */
export async function insert(found: Found, words: string, composer: Composer): Promise<InsertReport> {
    if ("none" in found) return failed({ reason: found.none });
    const { box: element } = found;
    const text = words.replace(/\r\n?/g, "\n").replace(/^\n+|\s+$/g, "");
    if (text === "") return failed({ reason: "refused" });
    if (!visible(element)) return failed({ reason: "hidden" });
    if (readOnly(element)) return failed({ reason: "read_only" });

    const was = { focused: focused(element), used: composer.touched(element) };
    if (!focus(element)) return failed({ reason: "no_focus" });
    settle(element, was, composer);
    await pause(CARET_SETTLE);
    // The page may have moved the focus, or replaced the box by a larger one: typing would go elsewhere.
    if (!element.isConnected || !focused(element)) return failed({ reason: "no_focus" });

    const box = new Box(element);
    const inserters = INSERTERS.filter((inserter) => inserter.handles(box));
    const { before, after } = separators(element);
    const whole = before + text + after;
    if (element instanceof HTMLTextAreaElement) {
        const length = element.value.length + whole.length;
        if (element.maxLength >= 0 && length > element.maxLength) {
            return failed({ reason: "too_long", limit: element.maxLength, length });
        }
    }
    for (const inserter of inserters) {
        if (!focused(element)) return failed({ reason: "no_focus" });
        const attempt = inserter.insert(box, whole);
        const verdict = await settled(box, text, attempt);
        if (verdict === "exact" || verdict === "paragraphs") {
            await pause(LAST_LOOK);
            if (box.verdict(text) === verdict) {
                element.scrollIntoView({ block: "nearest" });
                return { kind: "inserted", inserter: inserter.name, paragraphs: verdict === "paragraphs" };
            }
        }
        if (box.restored()) {
            // The page took the text and did nothing with it yet: a second text could come on top of the first.
            if (attempt === "claimed") break;
            continue;
        }
        if (!(await takeBack(box, inserter))) return failed({ reason: "dirty" });
        settle(element, { focused: true, used: true }, composer);
    }
    return failed({ reason: box.restored() ? "refused" : "dirty" });
}

/** Looks until the text is in and stays for two looks, or the attempt's time is over. */
async function settled(box: Box, text: string, attempt: Attempt): Promise<Verdict> {
    const until = performance.now() + PATIENCE[attempt];
    let last: Verdict = box.verdict(text);
    for (;;) {
        await pause(LOOK);
        const now = box.verdict(text);
        if (now === last && (now === "exact" || now === "paragraphs")) return now;
        last = now;
        if (performance.now() > until) return now;
    }
}

function readOnly(element: HTMLElement): boolean {
    if (element.matches(":disabled") || element.ariaDisabled === "true" || element.ariaReadOnly === "true") return true;
    return element instanceof HTMLTextAreaElement ? element.readOnly : !element.isContentEditable;
}

function failed(failure: InsertFailure): InsertReport {
    return { kind: "failed", failure };
}
