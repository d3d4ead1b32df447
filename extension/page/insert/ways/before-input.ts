// Editors that own their text and listen to `beforeinput` alone.

import { beforePasteOf, beforeTypingOf } from "../transfer.ts";
import { whole, type Way } from "../way.ts";

export const announcedPaste: Way = {
    name: "announced paste",
    insert: (box, words) => (box.target.dispatchEvent(beforePasteOf(box.target, { "text/plain": whole(words) })) ? "ignored" : "claimed"),
};

export const announcedTyping: Way = {
    name: "announced typing",
    insert: (box, words) => (box.target.dispatchEvent(beforeTypingOf(box.target, whole(words))) ? "ignored" : "claimed"),
};
