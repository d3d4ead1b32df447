import { test } from "node:test";
import assert from "node:assert/strict";
import { Adapter } from "../adapter.ts";
import { LONGEST_POST, place, read, words, type Reading } from "../text.ts";
import { pieces } from "../watch.ts";
import type { Generation, Site } from "../wire.ts";
import { page } from "./dom.ts";

const GENERATION: Generation = {
    id: "1", detect: "body", post: ".post", body: ".body", title: "", quote: ["blockquote"], signature: [".sig"],
    drop: [":scope > .top", "cite"], ad: [".ad"], parent: [], mine: "", time: "", permalink: "", reply: "", truncated: "",
    composer: [], opener: "", account: "", evidence: "", seen: "",
};
const SITE: Omit<Site, "generation"> = { id: "test", name: "", source: "forum", discreet: false, paging: "pages", url: [], country: null, count: null, links: null };

function adapter(generation: Partial<Generation> = {}): Adapter | undefined {
    return Adapter.all({ ...SITE, generation: [{ ...GENERATION, ...generation }] })[0];
}

function readings(html: string, generation: Partial<Generation> = {}): Reading[] {
    const document = page(html);
    const by = adapter(generation);
    assert.ok(by);
    return by.posts(document).map((post) => read(pieces(by, post, by.bodies(post))));
}

function reading(html: string, generation: Partial<Generation> = {}): Reading {
    const first = readings(html, generation)[0];
    assert.ok(first);
    return first;
}

const post = (html: string): string => `<div class="post"><div class="body">${html}</div></div>`;

/** Each case: HTML of a body, and its parts; a quote begins with `>`. */
const TEXTS: readonly (readonly [name: string, html: string, want: readonly string[]])[] = [
    ["markup inside a word", "un vac<b>cin</b> <i>R</i><i>O</i><i>R</i>", ["un vaccin ROR"]],
    ["a word that may break", "hyper<wbr>tension", ["hypertension"]],
    ["blanks between elements", "<b>un</b>\n  <b>deux</b> <b> trois</b>", ["un deux trois"]],
    ["blanks at the borders", "  \n un  \t deux \n", ["un deux"]],
    ["no-break spaces stay", "vrai\u00a0 ?", ["vrai\u00a0 ?"]],
    ["line breaks", "un<br>deux<br>\n<br> trois<br>", ["un\ndeux\n\ntrois"]],
    ["paragraphs", "<p>un</p>\n\n<p>deux<br></p><ul><li>trois</li><li>quatre</li></ul>", ["un\n\ndeux\n\ntrois\n\nquatre"]],
    ["text before a block", "un<div>deux</div>trois", ["un\n\ndeux\n\ntrois"]],
    ["kept blanks", '<div style="white-space: pre-wrap">un  deux\ntrois</div>', ["un  deux\ntrois"]],
    ["kept lines", '<div style="white-space: pre-line">un  deux\n  trois</div>', ["un deux\ntrois"]],
    ["emoji images", 'merci<img class="emoji" alt="🙏"> <img alt="Photo de vacances" src="a.jpg">!', ["merci🙏 !"]],
    ["smilies", 'bon <img src="/images/smilies/smile.gif" alt=":)">', ["bon :)"]],
    ["hidden things", 'un <span style="display:none">caché</span><script>x</script><button>Citer</button><textarea>y</textarea>', ["un"]],
    ["invisible things", '<span style="visibility:hidden">non <b style="visibility:visible">oui</b></span>', ["oui"]],
    ["a quote before", "<blockquote><p>a</p><p>b</p></blockquote><p>c</p>", [">a\n\nb", "c"]],
    ["quotes between", "un<blockquote>a</blockquote>deux<blockquote>b<blockquote>c</blockquote></blockquote>", ["un", ">a", "deux", ">b\n\nc"]],
    ["an empty quote", "un <blockquote> <p></p></blockquote> deux", ["un", "deux"]],
    ["dropped things", '<div class="top">x</div><blockquote><cite>A a dit :</cite>a</blockquote>b<p class="sig">s</p>', [">a", "b"]],
    ["a nested post", 'un<div class="post"><div class="body">autre</div></div>', ["un"]],
    ["a line over a signature", "un<div>_________________<br>signature</div><p>encore</p>", ["un"]],
    ["a line between two halves", `un<br>_________________<br>${"deux ".repeat(100)}`, [`un\n_________________\n${"deux ".repeat(100).trim()}`]],
    ["a line to be filled in", "Nom : ______________<br>un", ["Nom : ______________\nun"]],
    ["a box to write in", 'un<div contenteditable="true">brouillon</div>', ["un"]],
    ["nothing", " <br> <p></p>", []],
];

for (const [name, html, want] of TEXTS) {
    test(name, () => {
        const parts = reading(post(html)).parts.map(({ kind, text }) => (kind === "quote" ? `>${text}` : text));
        assert.deepEqual(parts, want);
    });
}

test("the body is not a nested post's", () => {
    const html = '<div class="post"><div class="post"><p class="body">intérieur</p></div><p class="body">extérieur</p></div>';
    assert.deepEqual(reading(html).parts.map((part) => part.text), ["extérieur"]);
});

const shown = (found: Reading): string[] => found.parts.map(({ kind, text }) => `${kind}: ${text}`);

test("without a selector of bodies the post is read", () => {
    assert.deepEqual(shown(reading('<div class="post">tout</div>', { body: "" })), ["own: tout"]);
});

test("of a text without end a beginning is read", () => {
    const found = reading(post("un mot ".repeat(LONGEST_POST)));
    assert.equal(found.parts.length, 1);
    assert.ok(found.parts[0]!.text.length <= LONGEST_POST && found.parts[0]!.text.length > LONGEST_POST - 10);
});

test("a post without its body has no words", () => {
    assert.deepEqual(shown(reading('<div class="post">Camille, 3 h</div>')), []);
});

test("all bodies of a post are one text", () => {
    const html = '<div class="post">x<p class="body">un</p>y<div class="body">deux <i class="body">trois</i></div></div>';
    assert.deepEqual(shown(reading(html)), ["own: un\n\ndeux trois"]);
});

test("title and the post that is answered are told apart", () => {
    const html =
        '<div class="post"><h3>Vaccin ?</h3><div class="copy"><p class="body">lui</p></div><p class="body">moi<span class="copy">lui encore</span></p></div>';
    const found = reading(html, { title: "h3", parent: [".copy"] });
    assert.deepEqual(shown(found), ["title: Vaccin ?", "parent: lui\n\nlui encore", "own: moi"]);
});

test("an advertisement is no post, and what is in it is in none", () => {
    const html =
        '<div class="post"><p class="body">un</p><div class="post ad"><p class="body">réclame</p></div></div><div class="post ad"><p class="body">réclame</p></div>';
    assert.deepEqual(readings(html).map(shown), [["own: un"]]);
    const document = page(html);
    assert.equal(adapter()?.postOf(document.querySelector(".ad .body")!), null);
});

test("every letter leads back to where it stands", () => {
    const found = reading(
        post('  J\'<b>ai</b> un&nbsp;vac<i>c<u>i</u></i>n\n  <img alt="👋"> <blockquote>cité  là</blockquote><p>fi<wbr>n</p><pre style="white-space:pre">a\n  b</pre>'),
    );
    let letters = 0;
    found.parts.forEach(({ text }, part) => {
        for (let start = 0; start < text.length; start++) {
            const range = place(found, { part, start, end: start + 1 });
            if (range === null) {
                assert.equal(text[start], "\n", `${part}:${start}`);
                continue;
            }
            if (range.startContainer.nodeType === Node.ELEMENT_NODE) continue;
            assert.equal(range.startContainer, range.endContainer);
            const there = (range.startContainer as Text).data.slice(range.startOffset, range.endOffset);
            assert.equal(/\s/.test(there) ? " " : there, /\s/.test(text[start]!) ? " " : text[start]);
            letters++;
        }
    });
    assert.equal(letters, 30);
});

test("a span over many nodes is one range", () => {
    const found = reading(post("un vac<b>c</b><i>i</i>n là"));
    const range = place(found, { part: 0, start: 3, end: 9 });
    assert.ok(range);
    assert.deepEqual(
        [range.startContainer.textContent, range.startOffset, range.endContainer.textContent, range.endOffset],
        ["un vac", 3, "n là", 1],
    );
});

test("an image is surrounded", () => {
    const found = reading(post('a<img class="emoji" alt="👋">b'));
    const range = place(found, { part: 0, start: 1, end: 3 });
    assert.deepEqual([range?.startOffset, range?.endOffset], [1, 2]);
});

test("spans that do not exist have no place", () => {
    const found = reading(post("<p>un</p><p>deux</p>"));
    for (const span of [
        { part: 0, start: 2, end: 4 },
        { part: 0, start: 8, end: 12 },
        { part: 1, start: 0, end: 1 },
        { part: 0, start: 1, end: 1 },
    ]) {
        assert.equal(place(found, span), null, JSON.stringify(span));
    }
});

test("words and origins are told apart", () => {
    const all = [
        [],
        [{ kind: "own", text: "un" }],
        [{ kind: "quote", text: "un" }],
        [{ kind: "own", text: "nu" }],
        [{ kind: "own", text: "u" }, { kind: "own", text: "n" }],
    ].map((parts) => words(parts as Reading["parts"]));
    assert.equal(new Set(all).size, all.length);
    assert.equal(all[0], "");
});

test("a bad selector costs itself only", () => {
    page("");
    const warn = console.warn;
    const said: unknown[] = [];
    console.warn = (...words: unknown[]) => said.push(words.join(" "));
    try {
        const found = reading(post("un<blockquote>a</blockquote>"), { quote: ["p[", "blockquote"], drop: ["::"] });
        assert.deepEqual(found.parts.map((part) => part.kind), ["own", "quote"]);
        assert.equal(adapter({ post: "<>" }), undefined);
        adapter({ quote: ["p["] });
    } finally {
        console.warn = warn;
    }
    assert.equal(said.length, 3, said.join("\n"));
});

test("a post that is cut, and one of the account in use, are told", () => {
    const document = page(
        `<div class="post" id="a"><div class="body">un</div><a class="more">suite</a></div>
         <div class="post own" id="b"><div class="body">deux</div></div>
         <div class="post" id="c"><div class="body">trois</div><div class="post own"><div class="body">quatre</div><a class="more">suite</a></div></div>`,
    );
    const by = adapter({ truncated: ".more", mine: ".own" });
    assert.ok(by);
    const told = by.posts(document).map((post) => [by.isCut(post), by.isMine(post)]);
    assert.deepEqual(told, [[true, false], [false, true], [false, false], [true, true]]);
    const without = adapter();
    assert.deepEqual(without?.posts(document).some((post) => without.isCut(post) || without.isMine(post)), false);
});
