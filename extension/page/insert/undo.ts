// Takes back an attempt that did not give the right text.

import type { Box } from "./box.ts";
import { press } from "./key.ts";
import { pause } from "./pause.ts";
import type { Way } from "./way.ts";

/** Undo steps tried; more would begin to take the manager's own typing. */
const MOST_STEPS = 3;
/** How long an editor may take for a step, in milliseconds. */
const SETTLE = 80;

/** Puts the composer back as it was before the attempt. False: it could not be. */
export async function takeBack(box: Box, way: Way): Promise<boolean> {
    for (let step = 0; step < MOST_STEPS && way.undo === undefined && !box.restored(); step++) {
        const now = box.read();
        // Editors with a history of their own listen for the keys; the browser's history knows only its own typing.
        press(box.target, "z", true);
        await pause(SETTLE);
        if (box.read() === now) box.edit("undo");
        await pause(SETTLE);
        if (box.read() === now) break;
    }
    if (!box.restored()) {
        // The page's own doing cannot be undone, but a text control can be given back its text.
        box.family.ways.find((other) => other.undo !== undefined)?.undo?.(box);
        await pause(SETTLE);
    }
    return box.restored();
}
