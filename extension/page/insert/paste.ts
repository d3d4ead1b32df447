// Editors that keep a model of their own (Draft.js, Lexical, ProseMirror, Slate, CKEditor, ...) take a paste and turn it
// into their own steps. The clipboard is not involved: the event carries the text itself.

import { deepActive } from "../composer.ts";
import type { Attempt, Box, Inserter } from "./box.ts";
import type { Kind } from "./kind.ts";

const TAKES_PLAIN: readonly Kind[] = [
    "plain", "draft", "lexical", "prosemirror", "quill", "slate", "ckeditor", "tinymce", "medium", "trix", "codemirror6",
];
const TAKES_HTML: readonly Kind[] = ["prosemirror", "froala"];

export const pastedHtml: Inserter = {
    name: "paste with paragraphs",
    handles: (box) => box.element.isContentEditable && TAKES_HTML.includes(box.kind),
    insert: (box, text) => paste(box, { "text/plain": text, "text/html": paragraphs(text) }),
};

export const pasted: Inserter = {
    name: "paste",
    handles: (box) => box.element.isContentEditable && TAKES_PLAIN.includes(box.kind),
    insert: (box, text) => paste(box, { "text/plain": text }),
};

function paste(box: Box, data: Readonly<Record<string, string>>): Attempt {
    const target = caretElement(box);
    // A box without editor does nothing of its own with such an event; if something prevents it, somebody took it.
    const claimed = !target.dispatchEvent(event(data));
    if (!claimed) return "ignored";
    return box.kind === "plain" ? "claimed" : "sent";
}

/**
 * Firefox does not let a page read data that an extension put in an event (the editor would take an empty paste), and
 * ignores `clipboardData` in the event's options: there, everything is made in the page's own realm and filled
 * afterwards. To be removed when Firefox supports `ClipboardEventInit.clipboardData`.
 */
function event(data: Readonly<Record<string, string>>): Event {
    const realm = (window.wrappedJSObject ?? window) as Window & typeof globalThis;
    const transfer = new realm.DataTransfer();
    for (const [type, value] of Object.entries(data)) transfer.setData(type, value);
    const options = { bubbles: true, cancelable: true, composed: true, clipboardData: transfer };
    const made = new realm.ClipboardEvent("paste", window.wrappedJSObject ? inRealm(realm, options) : options);
    if (made.clipboardData !== null && made.clipboardData.types.length === 0) {
        for (const [type, value] of Object.entries(data)) made.clipboardData.setData(type, value);
    }
    return made;
}

function inRealm<T extends object>(realm: Window & typeof globalThis, options: T): T {
    const made = new realm.Object() as Record<string, unknown>;
    for (const [name, value] of Object.entries(options)) made[name] = value;
    return made as T;
}

/** Editors listen at the place of the caret. */
function caretElement(box: Box): Element {
    const node = getSelection()?.focusNode ?? deepActive();
    const element = node instanceof Element ? node : (node?.parentElement ?? null);
    return element !== null && box.element.contains(element) ? element : box.element;
}

function paragraphs(text: string): string {
    const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    return escaped
        .split(/\n{2,}/)
        .map((paragraph) => `<p>${paragraph.replace(/\n/g, "<br>")}</p>`)
        .join("");
}
