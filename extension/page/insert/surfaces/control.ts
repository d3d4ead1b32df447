// Text controls.

import type { Surface } from "../surface.ts";

export const control: Surface = {
    literal: true,
    read: (box) => area(box).value,
    around(box) {
        const { value, selectionEnd } = area(box);
        return [value.slice(0, selectionEnd), value.slice(selectionEnd)];
    },
    settle(box, stood) {
        const { value, selectionStart, selectionEnd } = area(box);
        // Where nobody ever was, the caret is at the start; a draft is continued at its end.
        const caret = stood.focused || stood.used || selectionEnd > 0 ? selectionEnd : value.length;
        if (selectionStart === caret && selectionEnd === caret) return false;
        area(box).setSelectionRange(caret, caret);
        return true;
    },
    part(box) {
        const { selectionEnd } = area(box);
        area(box).setSelectionRange(0, 0);
        area(box).setSelectionRange(selectionEnd, selectionEnd);
    },
};

export function area(box: HTMLElement): HTMLTextAreaElement {
    return box as HTMLTextAreaElement;
}
