import { test } from "node:test";
import assert from "node:assert/strict";
import { read, readAround } from "../insert/readback.ts";
import { page } from "./dom.ts";

const CASES: readonly (readonly [name: string, html: string, want: string])[] = [
    ["empty", "<div></div>", ""],
    ["Chromium's lines", "<div>un<div><br></div><div>deux</div></div>", "un\n\ndeux"],
    ["Firefox's lines", "<div>un<br><br>deux<br></div>", "un\n\ndeux"],
    ["paragraphs", "<div><p>un</p><p>deux<br>trois</p></div>", "un\ndeux\ntrois"],
    ["an empty paragraph", "<div><p>un</p><p><br></p><p></p><p>deux</p></div>", "un\n\n\ndeux"],
    ["blanks collapse", "<div>\n un  <b>deux</b>\n <p> trois </p>\n</div>", "un deux \ntrois "],
    ["blanks kept", '<div style="white-space: pre-wrap">un  deux\n\ntrois\n</div>', "un  deux\n\ntrois"],
    ["the editor's furniture", '<div><p>un</p><span class="cm-widgetBuffer">x</span><span data-slate-placeholder>Écrire…</span></div>', "un"],
    ["emoji images", '<div>un <img alt="👋"></div>', "un 👋"],
];

for (const [name, html, want] of CASES) {
    test(name, () => {
        const element = page(html).body.firstElementChild as HTMLElement;
        assert.equal(read(element), want);
    });
}

/** The caret is before the element `i`, or in the text of `b` after so many characters. */
const CARETS: readonly (readonly [name: string, html: string, offset: number | null, want: readonly [string, string]])[] = [
    ["in a word", "<div><p>un</p><p><b>deux</b> trois</p></div>", 2, ["un\nde", "ux trois"]],
    ["at a line's end", "<div><p><b>un</b></p><p>deux</p></div>", 2, ["un", "\ndeux"]],
    ["in an empty paragraph", "<div><p>un</p><p><i></i><br></p><p>deux</p></div>", null, ["un\n", "\ndeux"]],
    ["at the start", "<div><i></i><p>un</p></div>", null, ["", "\nun"]],
];

for (const [name, html, offset, want] of CARETS) {
    test(`the caret ${name}`, () => {
        const box = page(html).body.firstElementChild as HTMLElement;
        const text = box.querySelector("b")?.firstChild;
        const mark = box.querySelector("i");
        const caret = text
            ? { node: text, offset: offset ?? 0 }
            : { node: mark?.parentNode as Node, offset: [...(mark?.parentNode?.childNodes ?? [])].indexOf(mark as ChildNode) };
        assert.deepEqual(readAround(box, caret), want);
    });
}
