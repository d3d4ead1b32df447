import { test } from "node:test";
import assert from "node:assert/strict";
import type { Adapter } from "../adapter.ts";
import { Belonging } from "../insert/belonging.ts";
import { openerOf, wordsOn } from "../insert/opener.ts";
import { page, posts } from "./dom.ts";

/** Which of the buttons is for the post `#b`; null: none. */
const CASES: readonly (readonly [name: string, html: string, want: string | null])[] = [
    ["in each post", "<article><button id=1></button></article><article id=b><button id=2></button></article>", "2"],
    ["hidden in the post", "<article id=b><button id=1 hidden></button><button id=2></button></article>", "2"],
    ["after each post", "<article></article><button id=1></button><article id=b></article><button id=2></button><article></article>", "2"],
    ["below the thread", "<article></article><article id=b></article><button id=1></button>", "1"],
    ["above and below the thread", "<button id=1></button><article></article><article id=b></article><button id=2></button>", "2"],
    ["in another post only", "<article><button id=1></button></article><article id=b></article>", null],
    ["nowhere", "<article id=b></article>", null],
];

for (const [name, html, want] of CASES) {
    test(`what opens the box: ${name}`, () => {
        const document = page(html);
        const known = posts(document);
        const chosen = known.find(({ element }) => element.id === "b");
        const adapter = { openers: (root: ParentNode) => root.querySelectorAll("button") } as unknown as Adapter;
        assert.equal(openerOf(adapter, chosen?.element ?? null, new Belonging(known, chosen))?.id ?? null, want);
    });
}

const WORDS: readonly (readonly [html: string, want: string | undefined])[] = [
    ["<button aria-label='12 réponses. Répondre'>12</button>", "12 réponses. Répondre"],
    ["<button>\n <svg></svg> Écrire\n une réponse </button>", "Écrire une réponse"],
    ["<input type=submit value=Répondre>", "Répondre"],
    ["<button title=Répondre><svg></svg></button>", "Répondre"],
    ["<button title=Répondre>12</button>", "Répondre"],
    ["<button>12</button>", undefined],
    [`<button>${"a".repeat(79)}😀</button>`, "a".repeat(79)],
];

for (const [html, want] of WORDS) {
    test(`the words on ${html.slice(0, 40)}`, () => {
        assert.equal(wordsOn(page(html).body.firstElementChild as Element), want);
    });
}
