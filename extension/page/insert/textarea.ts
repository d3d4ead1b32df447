// Text controls: every plain textarea, and those that React, Vue or Mithril control.

import type { Attempt, Box, Inserter } from "./box.ts";

/** Typing by the browser: the page sees an ordinary input, and one undo takes it back. */
export const typed: Inserter = {
    name: "textarea",
    handles: (box) => box.kind === "textarea" && box.element instanceof HTMLTextAreaElement,
    insert(box, text): Attempt {
        const area = box.element as HTMLTextAreaElement;
        const caret = area.selectionEnd;
        // Chromium joins an insertion with the typing before it; leaving the place and coming back parts them, so
        // that one undo takes back ours alone.
        area.setSelectionRange(0, 0);
        area.setSelectionRange(caret, caret);
        return document.execCommand("insertText", false, text) ? "sent" : "ignored";
    },
};

/** The value itself, for a page in which typing is switched off. Cannot be undone with the keyboard, so it comes last. */
export const assigned: Inserter = {
    name: "textarea value",
    handles: typed.handles,
    insert(box, text): Attempt {
        const area = box.element as HTMLTextAreaElement;
        const { value, selectionEnd } = area;
        // In a content script this is the browser's own setter: frameworks that watch theirs notice the difference.
        area.value = value.slice(0, selectionEnd) + text + value.slice(selectionEnd);
        area.setSelectionRange(selectionEnd + text.length, selectionEnd + text.length);
        return tell(area);
    },
    undo(box: Box): boolean {
        const area = box.element as HTMLTextAreaElement;
        area.value = box.before;
        tell(area);
        return true;
    },
};

function tell(area: HTMLTextAreaElement): Attempt {
    area.dispatchEvent(new Event("input", { bubbles: true }));
    return "sent";
}
