// Events that carry a text as a paste does. The clipboard is not involved.

import { optionsIn, realmOf } from "./realm.ts";

/** What is carried: a value for each type. */
export type Data = Readonly<Record<string, string>>;

/** A `paste`; or a `beforeinput` that announces one, for editors that listen to nothing else. */
export function carrying(type: "paste" | "beforeinput", target: Element, data: Data): Event {
    const realm = realmOf(target);
    const carrier = new realm.DataTransfer();
    fill(carrier, data);
    if (type === "beforeinput") {
        return new realm.InputEvent(type, optionsIn(realm, { inputType: "insertFromPaste", dataTransfer: carrier }));
    }
    const event = new realm.ClipboardEvent(type, optionsIn(realm, { clipboardData: carrier }));
    // Firefox ignores `clipboardData` in the options. To be removed when it has `ClipboardEventInit.clipboardData`.
    if (event.clipboardData?.types.length === 0) fill(event.clipboardData, data);
    return event;
}

function fill(transfer: DataTransfer, data: Data): void {
    for (const [type, value] of Object.entries(data)) transfer.setData(type, value);
}
