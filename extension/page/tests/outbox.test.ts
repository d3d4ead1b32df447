import { test } from "node:test";
import assert from "node:assert/strict";
import type { Background } from "../background.ts";
import { Outbox } from "../outbox.ts";
import type { Known } from "../post.ts";
import type { PageAnswer, PageToBackground, Post } from "../wire.ts";
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
