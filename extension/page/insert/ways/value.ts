// The value of a text control itself, where a page has switched typing off. The keyboard cannot undo it, so it comes last.

import { realmOf } from "../realm.ts";
import { area } from "../surfaces/control.ts";
import { whole, type Attempt, type Way } from "../way.ts";

export const value: Way = {
    name: "value",
    insert(box, words): Attempt {
        const { value, selectionEnd } = area(box.element);
        const text = whole(words);
        give(box.element, value.slice(0, selectionEnd) + text + value.slice(selectionEnd), selectionEnd + text.length);
        return "sent";
    },
    undo: (box) => give(box.element, box.before ?? ""),
};

/** In a content script this is the browser's own setter: frameworks that watch theirs notice the difference. */
function give(box: HTMLElement, value: string, caret = value.length): void {
    area(box).value = value;
    area(box).setSelectionRange(caret, caret);
    box.dispatchEvent(new (realmOf(box).Event)("input", { bubbles: true }));
}
