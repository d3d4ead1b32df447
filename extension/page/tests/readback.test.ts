import { test } from "node:test";
import assert from "node:assert/strict";
import { read } from "../insert/readback.ts";
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
