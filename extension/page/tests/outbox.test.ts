import { test } from "node:test";
import assert from "node:assert/strict";
import { Background } from "../background.ts";
import { Outbox } from "../outbox.ts";
import type { Known } from "../post.ts";
import { WIRE_VERSION, type PageAnswer, type PageToBackground, type Post } from "../wire.ts";
import { page } from "./dom.ts";

// The facts of a post name the address of its page.
Object.assign(globalThis, { location: new URL("https://forum.example/") });

const ANSWER: PageAnswer = { kind: "reading", marks: [] };

test("a post that goes while its first words are on their way is told to be gone", async () => {
    const asked: (readonly Post[])[] = [];
    const answers: ((answer: PageAnswer) => void)[] = [];
    const background = {
        ask: (body: PageToBackground) => {
            assert.equal(body.kind, "read");
            if (body.kind === "read") asked.push(body.posts);
            return new Promise<PageAnswer>((resolve) => answers.push(resolve));
        },
    } as unknown as Background;
    const outbox = new Outbox(background, { adapter: () => null, marked: () => {}, answered: () => {}, lost: () => {} });
    const element = page("<p>un</p>").body;
    const reading = { parts: [{ kind: "own", text: "un" }] } as unknown as Known["reading"];
    const post: Known = { id: 1, element, reading, words: "un", sent: "", marks: [] };

    outbox.add(post);
    outbox.flush();
    post.reading = null;
    post.words = "";
    assert.ok(!outbox.settled(post), "its words are on their way");
    outbox.add(post);
    answers[0]?.(ANSWER);
    await new Promise((resolve) => setImmediate(resolve));
    answers[1]?.(ANSWER);
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(asked.map(([sent]) => sent?.parts.length), [1, 0]);
    assert.ok(outbox.settled(post));
});

test("the language of the document goes with its posts", async () => {
    const asked: PageToBackground[] = [];
    const background = { ask: async (body: PageToBackground) => (asked.push(body), ANSWER) } as unknown as Background;
    const outbox = new Outbox(background, { adapter: () => null, marked: () => {}, answered: () => {}, lost: () => {} });
    const document = page("<p>un</p>");
    document.documentElement.lang = "en-US";
    outbox.add({ id: 1, element: document.body, reading: null, words: "un", sent: "", marks: [] });
    outbox.flush();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(asked.map((body) => body.kind === "read" && body.language), ["en-US"]);
});

test("posts for which a part of the background could not be loaded are sent again", async () => {
    const answers: PageAnswer[] = [{ kind: "later", why: "it is not there" }, { kind: "later", why: "nor now" }, ANSWER];
    const asked: string[] = [];
    const runtime = {
        id: "rejoinder",
        sendMessage: async ({ json }: { json: string }) => {
            asked.push(json);
            return JSON.stringify({ wire: WIRE_VERSION, body: answers.shift() });
        },
    };
    const background = new Background(runtime as unknown as ExtensionRuntime);
    const marked: Known[] = [];
    const sender = { adapter: () => null, marked: (post: Known) => marked.push(post), answered: () => {}, lost: () => {} };
    const outbox = new Outbox(background, sender);
    const post: Known = { id: 1, element: page("<p>un</p>").body, reading: null, words: "un", sent: "", marks: [] };
    outbox.add(post);
    outbox.flush();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([asked.length, marked, outbox.isEmpty], [2, [], false], "tried twice, and kept");

    outbox.flush();
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual([asked.length, marked, outbox.isEmpty], [3, [post], true]);
    assert.equal(new Set(asked).size, 1, "the same question");
});
