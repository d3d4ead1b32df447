// A document for the tests of the pure parts. What needs a layout is seen in real browsers.

import { Window } from "happy-dom";
import type { Known } from "../post.ts";

/** A document with the given body; the globals that the page's script uses point to it. */
export function page(html: string): Document {
    const window = new Window();
    window.document.body.innerHTML = html;
    const globals = globalThis as unknown as Record<string, unknown>;
    for (const name of ["document", "Node", "NodeFilter", "ShadowRoot", "HTMLIFrameElement", "HTMLTextAreaElement", "HTMLInputElement"] as const) globals[name] = window[name];
    for (const name of ["MutationObserver", "addEventListener", "removeEventListener", "innerHeight"] as const) {
        const value: unknown = window[name];
        globals[name] = name.endsWith("Listener") ? (value as () => void).bind(window) : value;
    }
    globals["window"] = window;
    globals["location"] = window.location;
    globals["chrome"] = {};
    // There is no layout: all is shown that is not said to be hidden, and has room unless it is said to be a keyhole.
    Object.assign(window.Element.prototype, {
        checkVisibility(this: Element): boolean {
            return this.closest("[hidden]") === null;
        },
        getClientRects: () => [{}],
        getBoundingClientRect(this: Element): object {
            const size = this.hasAttribute("data-keyhole") ? 1 : 100;
            return { width: size, height: size, top: 0, bottom: size };
        },
        scrollIntoView: () => undefined,
    });
    globals["getComputedStyle"] = window.getComputedStyle.bind(window);
    globals["StaticRange"] = class {
        constructor(init: object) {
            Object.assign(this, init);
        }
    };
    return window.document as unknown as Document;
}

/** The posts are the articles; a hidden one shows nothing. What they say is their title, or nothing of its kind. */
export function posts(document: Document): Known[] {
    return [...document.querySelectorAll("article")].map((element, index) => {
        const words = element.title || `post ${index}`;
        const reading = element.hidden ? null : ({ parts: [{ kind: "own", text: words }] } as unknown as Known["reading"]);
        return { id: index + 1, element, reading, words, sent: "", marks: [] };
    });
}
