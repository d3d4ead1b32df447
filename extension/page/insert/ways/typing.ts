// Typing by the browser: the page sees an ordinary input, and one undo takes it back.

import type { Box } from "../box.ts";
import { spaced, whole, type Attempt, type Way } from "../way.ts";

/** The whole text at once. */
export const typing: Way = {
    name: "typing",
    insert(box, words): Attempt {
        box.surface.part(box.element);
        return box.edit("insertText", kept(box, whole(words))) ? "sent" : "ignored";
    },
};

/** Line by line, for editors that make one line of a text that comes at once. No key is pressed. */
export const typingLines: Way = {
    name: "lines",
    insert(box, words): Attempt {
        box.surface.part(box.element);
        for (const [number, line] of kept(box, whole(words)).split("\n").entries()) {
            if (number > 0) box.edit("insertParagraph");
            if (line !== "") box.edit("insertText", line);
        }
        return "sent";
    },
};

/** Where blanks collapse, Chromium would lose the second of two. */
function kept(box: Box, text: string): string {
    if (box.surface.literal || /^(pre|preserve|break-spaces)/.test(getComputedStyle(box.element).whiteSpace)) return text;
    return spaced(text);
}
