import { test } from "node:test";
import assert from "node:assert/strict";
import { Adapter } from "../adapter.ts";
import { facts } from "../facts.ts";
import type { Site } from "../wire.ts";
import { page } from "./dom.ts";

Object.assign(globalThis, { location: new URL("https://forum.example/") });

/** What is known of the first post of a page whose posts say in `.when` when they were written. */
function of(html: string, time = ".when"): { readonly said?: string; readonly age?: number } {
    const document = page(html);
    const lists = { quote: [], drop: [], signature: [], ad: [], parent: [], composer: [] };
    const generation = { id: "1", detect: "body", post: ".post", body: "", title: "", reply: "", time, ...lists };
    const site = { id: "a", name: "A", source: "forum", generation: [generation] };
    const [adapter] = Adapter.all(site as unknown as Site);
    const post = document.querySelector(".post");
    assert.ok(adapter !== undefined && post !== null);
    return facts(post, adapter);
}

const post = (inner: string): string => `<div class="post">${inner}<p>Bonjour</p></div>`;

test("what a site says to people of when a post was written", () => {
    const cases: readonly (readonly [html: string, want: string | undefined])[] = [
        ['<i class="when">Posté le 04-03-2026\n  à 10:12:33</i>', "Posté le 04-03-2026 à 10:12:33"],
        ['<i class="when">04/03/2013,&nbsp;<b>10h12</b></i>', "04/03/2013, 10h12"],
        ['<i class="when" title="10/12/2026 8:15:22 PM">1 month ago</i>', "10/12/2026 8:15:22 PM\n1 month ago"],
        ['<a class="when" aria-label="4 mars 2026" title="4 mars 2026">4 mars</a>', "4 mars 2026\n4 mars"],
        ['<a class="when" title="Permalink">Feb 12, 2014</a>', "Permalink\nFeb 12, 2014"],
        ['<a class="when"><strong>Aujourd\'hui</strong> à 10:12</a>', "Aujourd'hui à 10:12"],
        ['<div class="when"> <a href="/m/1">12 janvier 2026</a> </div>', "12 janvier 2026"],
        ['<i class="when"></i>', undefined],
        ["", undefined],
    ];
    for (const [html, want] of cases) assert.equal(of(post(html)).said, want, html);
});

test("who wrote is not said", () => {
    for (const [html, want] of [
        ['<p class="author when">par <strong><a href="/u/1">Ginette B</a></strong> » 12 Fév 2026</p>', "par » 12 Fév 2026"],
        ['<p class="author when">par <strong>Ginette B</strong> » 12 Fév 2026</p>', "par » 12 Fév 2026"],
        ['<p class="when">Par: <a href="#">Ginette B</a> le 2 janvier 2026</p>', "Par: le 2 janvier 2026"],
        ['<p class="when"><span class="UserName">Ginette B</span> 2 h</p>', "2 h"],
        ['<p class="author when"><a href="#">Ginette B</a></p>', undefined],
        ['<p class="when"><a class="username" href="#">Ginette B</a></p>', undefined],
        ['<p class="when">2 h <i class="edit">modifié par <a href="#">Ginette B</a></i></p>', "2 h modifié par"],
    ] as const) {
        assert.equal(of(post(html)).said, want, html);
    }
});

test("a date for machines is enough", () => {
    for (const time of [
        '<time class="when" datetime="2020-03-04T10:00:00Z" title="4 mars 2020">4 mars</time>',
        '<i class="when" data-time="1583316000">4 mars</i>',
    ]) {
        const { said, age } = of(post(time));
        assert.equal(said, undefined);
        assert.ok(age !== undefined && age > 365, time);
    }
    assert.deepEqual(of(post('<i class="when" data-time="9999999999">hier</i>')).said, undefined, "to come");
    assert.equal(of(post('<time class="when" datetime="demain matin">hier</time>')).said, "hier", "none for machines");
});

test("of the post itself, and from its adapter only", () => {
    const nested = post(`<div class="post"><i class="when">hier</i></div>`);
    assert.equal(of(nested).said, undefined);
    assert.equal(of(post('<i class="when">hier</i>'), "").said, undefined);
    assert.equal(of(post('<i class="when">hier</i>'), "!").said, undefined);
});

test("long texts are no dates", () => {
    const text = (length: number): string => "a".repeat(length);
    assert.equal(of(post(`<i class="when">${text(140)}</i>`)).said, text(140));
    assert.equal(of(post(`<i class="when">${text(141)}</i>`)).said, undefined);
    assert.equal(of(post(`<i class="when" title="${text(141)}">hier</i>`)).said, "hier");
    assert.equal(of(post(`<i class="when" title="${text(136)}">hier</i>`)).said, text(136), "both are too long");
    assert.equal(of(post(`<i class="when" title="${text(135)}">hier</i>`)).said, `${text(135)}\nhier`);
});
