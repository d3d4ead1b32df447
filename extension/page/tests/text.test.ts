import { test } from "node:test";
import assert from "node:assert/strict";
import { Adapter } from "../adapter.ts";
import { place, read, words, type Reading } from "../text.ts";
import type { Site } from "../wire.ts";
import { page } from "./dom.ts";

const SITE: Site = {
    id: "test", name: "", detect: "body", post: ".post", body: ".body", quote: ["blockquote"],
    drop: [".sig", ":scope > .top", "cite"], composer: [], discreet: false, evidence: "", seen: "",
};

function reading(html: string, site: Partial<Site> = {}): Reading {
    const document = page(html);
    const adapter = Adapter.of({ ...SITE, ...site });
    assert.ok(adapter);
    const post = adapter.posts(document)[0];
    assert.ok(post);
    const body = adapter.body(post);
    return read(body, adapter.special(body));
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

test("without a body the post is read", () => {
    assert.deepEqual(reading('<div class="post">tout</div>').parts.map((part) => part.text), ["tout"]);
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
        const found = reading(post("un<blockquote>a</blockquote>"), { id: "bad", quote: ["p[", "blockquote"], drop: ["::"] });
        assert.deepEqual(found.parts.map((part) => part.kind), ["own", "quote"]);
        assert.equal(Adapter.of({ ...SITE, id: "bad", post: "<>" }), null);
        Adapter.of({ ...SITE, id: "bad", quote: ["p["] });
    } finally {
        console.warn = warn;
    }
    assert.equal(said.length, 3, said.join("\n"));
});
