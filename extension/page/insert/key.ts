// Keys that editors have commands for. Never Enter, which sends in some, and never a letter that would be typed.

import { optionsIn, realmOf } from "./realm.ts";

type Name = "z" | "End" | "ArrowRight";

/** Older editors know keys by their numbers. */
const NUMBERS: Record<Name, number> = { z: 90, End: 35, ArrowRight: 39 };

/** Tells an editor that a key went down; with Control, or Command where that is the custom. */
export function press(target: Element, key: Name, command: boolean): void {
    const realm = realmOf(target);
    const mac = /mac/i.test(navigator.platform);
    const code = key === "z" ? "KeyZ" : key;
    const held = { ctrlKey: command && !mac, metaKey: command && mac };
    // Undo may be heard anywhere above the editor; the keys that move the caret are for the editor alone.
    const options = { key, code, keyCode: NUMBERS[key], ...held, bubbles: key === "z" };
    target.dispatchEvent(new realm.KeyboardEvent("keydown", optionsIn(realm, options)));
}
