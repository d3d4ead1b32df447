// Takes back an attempt that did not give the right text.

import { pause } from "./pause.ts";
import type { Box, Inserter } from "./box.ts";
import { assigned } from "./textarea.ts";

/** Undo steps tried; more would begin to take the manager's own typing. */
const MOST_STEPS = 3;
/** How long an editor may take for a step, in milliseconds. */
const SETTLE = 80;

/** Puts the composer back as it was before the attempt. False: it could not be. */
export async function takeBack(box: Box, inserter: Inserter): Promise<boolean> {
    if (inserter.undo?.(box)) {
        await pause(SETTLE);
        return box.restored();
    }
    for (let step = 0; step < MOST_STEPS && !box.restored(); step++) {
        const now = box.read();
        // Editors with a history of their own listen for the keys; the browser's history knows only its own typing.
        box.element.dispatchEvent(undoKeys());
        await pause(SETTLE);
        if (box.read() === now) document.execCommand("undo");
        await pause(SETTLE);
        if (box.read() === now) break;
    }
    if (!box.restored() && assigned.handles(box)) {
        // The page's own doing cannot be undone, but a text control can be given back its text.
        assigned.undo?.(box);
        await pause(SETTLE);
    }
    return box.restored();
}

function undoKeys(): KeyboardEvent {
    const mac = /mac/i.test(navigator.platform);
    const keys = { key: "z", code: "KeyZ", keyCode: 90, which: 90, ctrlKey: !mac, metaKey: mac };
    return new KeyboardEvent("keydown", { ...keys, bubbles: true, cancelable: true, composed: true });
}
