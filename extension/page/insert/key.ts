// Keys that editors have commands for. Never Enter, which sends in some, and never a letter that would be typed.

import { optionsIn, realmOf } from "./realm.ts";

type Name = "z" | "End" | "ArrowRight";

const CODES: Record<Name, readonly [code: string, number: number]> = {
    z: ["KeyZ", 90],
    End: ["End", 35],
    ArrowRight: ["ArrowRight", 39],
};

/** Tells an editor that a key went down; with Control, or Command where that is the custom. */
export function press(target: Element, key: Name, command: boolean): void {
    const realm = realmOf(target);
    const mac = /mac/i.test(navigator.platform);
    const [code, number] = CODES[key];
    const held = { ctrlKey: command && !mac, metaKey: command && mac };
    const options = { key, code, keyCode: number, which: number, ...held, bubbles: true, cancelable: true, composed: true };
    target.dispatchEvent(new realm.KeyboardEvent("keydown", optionsIn(realm, options)));
}
