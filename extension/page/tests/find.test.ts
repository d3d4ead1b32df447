import { test } from "node:test";
import assert from "node:assert/strict";
import type { Adapter } from "../adapter.ts";
import type { Composer } from "../composer.ts";
import { Belonging } from "../insert/belonging.ts";
import { find } from "../insert/find.ts";
import { page, posts } from "./dom.ts";

interface Case {
    readonly name: string;
    /** `#a` is the post that is answered. */
    readonly html: string;
    /** What the adapter names. */
    readonly named?: readonly string[];
    /** The box that had the focus last. */
    readonly used?: string;
    readonly there?: boolean;
    readonly opened?: string;
    /** Id of the box, or why there is none. */
    readonly want: string;
}

const THREAD = "<article id=a></article><article id=b></article>";
const EACH = "<article id=a><textarea id=in-a></textarea></article><article id=b><textarea id=in-b></textarea></article>";

const CASES: readonly Case[] = [
    { name: "the only one", html: `${THREAD}<textarea id=x></textarea>`, want: "x" },
    { name: "none", html: THREAD, want: "no_composer" },
    { name: "one that is closed", html: `${THREAD}<textarea id=x hidden></textarea>`, want: "hidden" },
    { name: "the search is none", html: `<textarea name=search></textarea>${THREAD}`, want: "no_composer" },
    { name: "that of the post", html: EACH, want: "in-a" },
    { name: "the one with the focus, for all posts", html: `${EACH}<textarea id=x></textarea>`, used: "#x", want: "x" },
    { name: "the one with the focus is for another post", html: EACH, used: "#in-b", want: "other_post" },
    { name: "the one with the focus, as the manager insists", html: EACH, used: "#in-b", there: true, want: "in-b" },
    { name: "what had the focus is closed", html: EACH.replace("id=in-b", "id=in-b hidden"), used: "#in-b", want: "in-a" },
    { name: "what was opened for it goes before the focus", html: EACH, used: "#in-b", opened: "#in-a", want: "in-a" },
    { name: "what was opened is for another post", html: EACH, opened: "#in-b", want: "in-a" },
    { name: "only that of another post", html: EACH.replace("<textarea id=in-a></textarea>", ""), want: "hidden" },
    { name: "the named one", html: `${THREAD}<textarea></textarea><textarea id=x></textarea>`, named: ["#x"], want: "x" },
    {
        name: "the named one is closed, another is open",
        html: `${THREAD}<textarea></textarea><div><textarea id=x hidden></textarea></div>`,
        named: ["#x"],
        want: "hidden",
    },
    { name: "the named one is for another post", html: EACH, named: ["#in-b"], want: "hidden" },
    { name: "several are named, one is for this post alone", html: `${EACH}<textarea></textarea>`, named: ["textarea"], want: "in-a" },
    {
        name: "several are named, by better and worse selectors",
        html: `${THREAD}<textarea></textarea><textarea id=x></textarea>`,
        named: ["#x", "textarea"],
        want: "x",
    },
    { name: "several are named alike", html: `${THREAD}<textarea></textarea><textarea></textarea>`, named: ["textarea"], want: "several" },
    { name: "several look alike", html: `${THREAD}<textarea></textarea><textarea></textarea>`, want: "several" },
    {
        name: "an editor's own box is out of sight",
        html: `${THREAD}<textarea data-keyhole></textarea><textarea id=x></textarea>`,
        want: "x",
    },
    {
        name: "the wrapper is named",
        html: `${THREAD}<textarea></textarea><div id=w><div contenteditable id=x></div></div>`,
        named: ["#w"],
        want: "x",
    },
];

for (const { name, html, named, used, there, opened, want } of CASES) {
    test(`which box: ${name}`, () => {
        const document = page(html);
        const at = (selector: string | undefined): HTMLElement | null =>
            selector === undefined ? null : document.querySelector<HTMLElement>(selector);
        const known = posts(document);
        const found = find({
            composer: { used: at(used) } as Composer,
            adapter: { composers: () => (named ?? []).map((selector) => [...document.querySelectorAll(selector)]) } as unknown as Adapter,
            belonging: new Belonging(known, known[0]),
            there: there ?? false,
            opened: at(opened),
        });
        assert.equal("box" in found ? found.box.id : found.none, want);
    });
}
