import { test } from "node:test";
import assert from "node:assert/strict";
import { Belonging } from "../insert/belonging.ts";
import { page, posts } from "./dom.ts";

/** For which of the posts `a`, `b` … the box is, and for how many posts it is then. */
const CASES: readonly (readonly [name: string, html: string, want: Readonly<Record<string, number>>])[] = [
    ["in a post", "<article id=a><textarea></textarea></article><article id=b></article>", { a: 0 }],
    ["below a thread", "<article id=a></article><article id=b></article><form><textarea></textarea></form>", { a: 2, b: 2 }],
    ["above a thread", "<form><textarea></textarea></form><article id=a></article><article id=b></article>", { a: 2, b: 2 }],
    ["below the only post", "<article id=a></article><textarea></textarea>", { a: 1 }],
    [
        "between posts",
        "<article id=a></article><article id=b></article><div><textarea></textarea></div><article id=c></article>",
        { b: 1 },
    ],
    [
        "below a post in a part of its own",
        "<div><article id=a></article><textarea></textarea></div><div><article id=b></article></div>",
        { a: 1 },
    ],
    [
        "of one of two threads",
        "<section><article id=a></article><article id=b></article><textarea></textarea></section><section><article id=c></article></section>",
        { a: 2, b: 2 },
    ],
    [
        "below a thread, before a hidden template of a post",
        "<article id=a></article><article id=b></article><textarea></textarea><article id=z hidden></article>",
        { a: 2, b: 2 },
    ],
    [
        "in a post, before the answers inside it",
        "<article id=a><div><form><textarea></textarea></form><ul><article id=b></article><article id=c></article></ul></div></article>",
        { a: 0 },
    ],
    [
        "below an answer inside a post",
        "<article id=a><div><article id=b></article><textarea></textarea></div><div><article id=c></article></div></article>",
        { b: 1 },
    ],
    [
        "below all answers inside a post",
        "<article id=a><div><article id=b></article><article id=c></article><textarea></textarea></div></article>",
        { a: 0, b: 2, c: 2 },
    ],
    [
        "above the comments on a post",
        "<article id=x></article><article id=a></article><section><textarea></textarea><article id=b></article><article id=c></article></section><article id=y></article>",
        { a: 1, b: 2, c: 2 },
    ],
    [
        "below the comments on a post",
        "<article id=a></article><section><article id=b></article><article id=c></article><textarea></textarea></section>",
        { b: 2, c: 2 },
    ],
    [
        "in a dialog with a copy of a post",
        "<article id=a title=un></article><article id=b></article><div role=dialog><article id=copy title=un></article><textarea></textarea></div>",
        { a: 1, copy: 1 },
    ],
    [
        "in a dialog, in the copy of a post",
        "<article id=a title=un></article><article id=b></article><div role=dialog><article id=copy title=un><textarea></textarea></article></div>",
        { a: 0, copy: 0 },
    ],
    [
        "below a post of the same words, in no dialog",
        "<div><article id=a title=un></article></div><div><article id=b title=un></article><textarea></textarea></div>",
        { b: 1 },
    ],
    ["where there are no posts", "<main id=a><textarea></textarea></main>", {}],
];

for (const [name, html, want] of CASES) {
    test(`a box ${name}`, () => {
        const document = page(html);
        const known = posts(document);
        const box = document.querySelector("textarea") as Element;
        const extents = known.map((chosen) => [chosen.element.id, new Belonging(known, chosen).extent(box)] as const);
        assert.deepEqual(Object.fromEntries(extents.filter(([, extent]) => extent !== null)), want);
        assert.equal(new Belonging(known, null).extent(box), 0, "no post is answered");
    });
}

test("a box in a shadow tree is where its host is", () => {
    const document = page("<article id=a><reply-box></reply-box></article><article id=b></article>");
    const host = document.querySelector("reply-box") as Element;
    const box = host.attachShadow({ mode: "open" }).appendChild(document.createElement("textarea"));
    const known = posts(document);
    assert.deepEqual(known.map((chosen) => new Belonging(known, chosen).extent(box)), [0, null]);
});

const GONE: readonly (readonly [name: string, html: string, want: number | null])[] = [
    ["the common box stays", "<article></article><article></article><textarea></textarea>", 2],
    ["that of another post is not for it", "<article></article><textarea></textarea><article></article>", null],
    ["that in another post is not for it", "<article><textarea></textarea></article>", null],
];

for (const [name, html, want] of GONE) {
    test(`a post that is gone: ${name}`, () => {
        const document = page(html);
        assert.equal(new Belonging(posts(document), undefined).extent(document.querySelector("textarea") as Element), want);
    });
}
