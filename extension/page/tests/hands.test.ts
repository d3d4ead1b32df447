import { test } from "node:test";
import assert from "node:assert/strict";
import { build } from "esbuild";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import type { BackgroundToPage, PageAnswer, PageToBackground, Site } from "../wire.ts";
import { WIRE_VERSION } from "../wire.ts";
import { page } from "./dom.ts";

// The bundles of the two scripts, as they are started in a document. This one lies in `node_modules/.page-tests`.
const sources = join(dirname(fileURLToPath(import.meta.url)), "../../page");
const { outputFiles } = await build({
    entryPoints: { page: join(sources, "main.ts"), insert: join(sources, "insert/main.ts") },
    outdir: "unused",
    bundle: true,
    format: "iife",
    write: false,
});
const script = (name: string): string => outputFiles.find(({ path }) => path.endsWith(`${name}.js`))?.text ?? "";

const SITE = {
    id: "forum", name: "", url: [], discreet: true, source: "forum", paging: "pages",
    generation: [
        {
            id: "1", detect: "article", post: "article", body: "", title: "", quote: [], signature: [], drop: [], ad: [], parent: [],
            time: "", permalink: "", reply: "", truncated: "", mine: "", composer: [], opener: "", account: "", evidence: "", seen: "",
        },
    ],
} as unknown as Site;

interface Listener {
    (message: unknown, sender: unknown, answer: (value: string) => void): boolean;
}

/** A document in which the page's script runs, and what it told. */
class Stage {
    readonly told: PageToBackground[] = [];
    private readonly listeners = new Set<Listener>();
    private idle: ((deadline: { timeRemaining(): number }) => void)[] = [];

    constructor(html: string) {
        page(html);
        const observer = class {
            observe(): void {}
            unobserve(): void {}
            disconnect(): void {}
        };
        Object.assign(globalThis, {
            IntersectionObserver: observer,
            ResizeObserver: observer,
            Highlight: Set,
            CSS: { highlights: new Map() },
            requestIdleCallback: (work: (deadline: { timeRemaining(): number }) => void) => this.idle.push(work),
            cancelIdleCallback: () => undefined,
            chrome: {
                runtime: {
                    id: "rejoinder",
                    sendMessage: async ({ json }: { json: string }) => JSON.stringify({ wire: WIRE_VERSION, body: this.answer(json) }),
                    onMessage: {
                        addListener: (listener: Listener) => this.listeners.add(listener),
                        removeListener: (listener: Listener) => this.listeners.delete(listener),
                    },
                },
            },
        });
    }

    run(name: string): void {
        new Function(script(name))();
    }

    /** Lets the script do all that it has to do. */
    async settle(): Promise<void> {
        for (let turn = 0; turn < 20; turn++) {
            await new Promise((resolve) => setImmediate(resolve));
            for (const work of this.idle.splice(0)) work({ timeRemaining: () => 5 });
        }
    }

    ask(body: BackgroundToPage): Promise<unknown> {
        return new Promise((resolve) => {
            const json = JSON.stringify({ wire: WIRE_VERSION, body });
            const answer = (value: string): void => resolve((JSON.parse(value) as { body: unknown }).body);
            const waits = [...this.listeners].map((listener) => listener({ to: "page", json }, null, answer));
            if (!waits.includes(true)) resolve(undefined);
        });
    }

    private answer(json: string): PageAnswer {
        const body = (JSON.parse(json) as { body: PageToBackground }).body;
        this.told.push(body);
        if (body.kind === "hello") return { kind: "orders", enabled: true, sites: [SITE] };
        return body.kind === "read" ? { kind: "reading", marks: [] } : { kind: "noted" };
    }
}

const LOOK: BackgroundToPage = { kind: "look", post: 1, there: false };
const ARM: BackgroundToPage = { kind: "arm", post: 1, ticket: 7, patience: 60_000 };
const INSERT: BackgroundToPage = { kind: "insert", post: 1, ticket: 7, text: "Bonjour", account: null, there: false, patience: 60_000 };

test("the page's script answers without hands, and with those that it finds", async () => {
    const stage = new Stage("<article>un</article><article>deux</article><textarea>brouillon</textarea>");
    stage.run("page");
    await stage.settle();
    assert.deepEqual(stage.told.map(({ kind }) => kind).filter((kind) => kind === "read"), ["read"]);

    assert.deepEqual(await stage.ask(LOOK), { open: false, closed: true, text: "" });
    assert.deepEqual(await stage.ask(ARM), { waits: false });
    assert.deepEqual(await stage.ask(INSERT), { kind: "failed", failure: { reason: "unreachable" } });

    stage.run("insert");
    assert.deepEqual(await stage.ask(LOOK), { open: true, closed: false, text: "brouillon" });

    // Started again, as before every order: what waits goes on, and is told once.
    assert.deepEqual(await stage.ask(ARM), { waits: true });
    stage.run("insert");
    assert.deepEqual(await stage.ask(LOOK), { open: true, closed: false, text: "brouillon" });
    await stage.ask({ kind: "leave" });
    assert.deepEqual(stage.told.filter(({ kind }) => kind === "composer"), [{ kind: "composer", ticket: 7, event: "timed_out" }]);
    assert.equal(await stage.ask(LOOK), undefined, "it has left");

    // The next script in this document finds none of the old hands.
    stage.run("page");
    await stage.settle();
    assert.deepEqual(await stage.ask(LOOK), { open: false, closed: true, text: "" });
    await stage.ask({ kind: "leave" });
});

test("nothing goes in after the manager was told that it did not", async () => {
    const stage = new Stage("<article>un</article><textarea></textarea>");
    stage.run("page");
    stage.run("insert");
    await stage.settle();
    assert.deepEqual(await stage.ask({ ...INSERT, patience: -1 }), { kind: "failed", failure: { reason: "unreachable" } });
    await stage.ask({ kind: "leave" });
});

test("a post that is not there any more cannot be waited for", async () => {
    const stage = new Stage("<article>un</article>");
    stage.run("page");
    stage.run("insert");
    await stage.settle();
    assert.deepEqual(await stage.ask({ ...ARM, post: 5 }), { waits: false });
    assert.deepEqual(stage.told.filter(({ kind }) => kind === "composer"), []);
    await stage.ask({ kind: "leave" });
});
