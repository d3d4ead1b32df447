// Events that carry a text as a paste does. The clipboard is not involved.

import { optionsIn, realmOf, type Realm } from "./realm.ts";

/** What is carried: a value for each type. */
export type Data = Readonly<Record<string, string>>;

/** A `paste`. */
export function pasteOf(target: Element, data: Data): Event {
    const realm = realmOf(target);
    const event = new realm.ClipboardEvent("paste", optionsIn(realm, { ...USUAL, clipboardData: carrier(realm, data) }));
    // Firefox ignores `clipboardData` in the options. To be removed when it has `ClipboardEventInit.clipboardData`.
    if (event.clipboardData?.types.length === 0) fill(event.clipboardData, data);
    return event;
}

/** A `beforeinput` that announces a paste, for editors that listen to nothing else. */
export function beforePasteOf(target: Element, data: Data): Event {
    const realm = realmOf(target);
    const options = { ...USUAL, inputType: "insertFromPaste", dataTransfer: carrier(realm, data) };
    return new realm.InputEvent("beforeinput", optionsIn(realm, options));
}

/** A `beforeinput` that announces typing. */
export function beforeTypingOf(target: Element, text: string): Event {
    const realm = realmOf(target);
    return new realm.InputEvent("beforeinput", optionsIn(realm, { ...USUAL, inputType: "insertText", data: text }));
}

const USUAL = { bubbles: true, cancelable: true, composed: true };

function carrier(realm: Realm, data: Data): DataTransfer {
    const transfer = new realm.DataTransfer();
    fill(transfer, data);
    return transfer;
}

function fill(transfer: DataTransfer, data: Data): void {
    for (const [type, value] of Object.entries(data)) transfer.setData(type, value);
}
