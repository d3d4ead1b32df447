// A document for the tests of the pure parts. What needs a layout is seen in real browsers.

import { Window } from "happy-dom";

/** A document with the given body; the globals that the page's script uses point to it. */
export function page(html: string): Document {
    const window = new Window();
    window.document.body.innerHTML = html;
    const globals = globalThis as unknown as Record<string, unknown>;
    for (const name of ["document", "Node", "HTMLTextAreaElement", "HTMLInputElement"] as const) globals[name] = window[name];
    globals["getComputedStyle"] = window.getComputedStyle.bind(window);
    globals["StaticRange"] = class {
        constructor(init: object) {
            Object.assign(this, init);
        }
    };
    return window.document as unknown as Document;
}
