import { mock, test } from "node:test";
import assert from "node:assert/strict";
import { Belonging } from "../insert/belonging.ts";
import { Wait } from "../insert/wait.ts";
import { page, posts } from "./dom.ts";

/** What happens in a page where the post `#a` is answered; each step is followed by what the page's timers bring. */
interface Stage {
    readonly document: Document;
    /** The manager does something to an element. */
    act(selector: string, type?: string, key?: string): void;
    /** The page pretends that. */
    pretend(selector: string, type: string, key?: string): void;
    /** Something gets the focus, whoever gave it. */
    focus(selector: string): void;
    /** The page shows something. */
    open(selector: string): void;
    pass(milliseconds: number): Promise<void>;
}

const EACH =
    "<article id=a><button id=open-a></button><textarea id=in-a hidden></textarea></article>" +
    "<article id=b><button id=open-b></button><textarea id=in-b hidden></textarea></article><p id=p></p>";
const OPEN = EACH.replaceAll(" hidden", "");
const PATIENCE = 60_000;

const CASES: readonly (readonly [name: string, html: string, play: (stage: Stage) => void | Promise<void>, want: string])[] = [
    ["nothing", EACH, () => undefined, ""],
    ["the box is opened, and the page gives it the focus", EACH, (s) => (s.act("#open-a"), s.open("#in-a"), s.focus("#in-a")), "opened in-a"],
    ["the box is opened, and not entered", EACH, (s) => (s.act("#open-a"), s.open("#in-a")), "opened in-a"],
    ["the box is opened a while after the click", EACH, async (s) => (s.act("#open-a"), await s.pass(2_000), s.open("#in-a")), "opened in-a"],
    ["the box is opened long after the click", EACH, async (s) => (s.act("#open-a"), await s.pass(6_000), s.open("#in-a")), ""],
    ["the box was open, and is entered", OPEN, (s) => (s.focus("#in-a"), s.act("#in-a")), "opened in-a"],
    ["the box is entered by the keyboard", OPEN, (s) => (s.focus("#in-a"), s.act("#in-a", "keyup", "Tab")), "opened in-a"],
    ["that of another post is opened", EACH, (s) => (s.act("#open-b"), s.open("#in-b"), s.focus("#in-b")), "opened_elsewhere in-b"],
    ["that of another post is opened, and not entered", EACH, (s) => (s.act("#open-b"), s.open("#in-b")), ""],
    [
        "that of another post is entered twice, then the right one",
        OPEN,
        async (s) => {
            for (const box of ["#in-b", "#in-b", "#in-a"]) {
                s.focus(box);
                s.act(box);
                await s.pass(1_000);
            }
        },
        "opened_elsewhere in-b, opened in-a",
    ],
    ["the page opens it by itself", EACH, (s) => (s.open("#in-a"), s.focus("#in-a")), ""],
    ["the page pretends a click", EACH, (s) => (s.pretend("#open-a", "click"), s.open("#in-a"), s.focus("#in-a")), ""],
    ["the page pretends Escape", EACH, (s) => s.pretend("#a", "keydown", "Escape"), ""],
    ["Escape", EACH, (s) => s.act("#a", "keydown", "Escape"), "escaped"],
    ["after Escape nothing is told", OPEN, (s) => (s.act("#a", "keydown", "Escape"), s.focus("#in-a"), s.act("#in-a")), "escaped"],
    ["the time is over", EACH, (s) => s.pass(PATIENCE), "timed_out"],
    ["the post goes", EACH, (s) => s.document.querySelector("#a")?.remove(), "timed_out"],
    ["two boxes for it are opened at once", EACH.replace("</textarea></article>", "</textarea><textarea id=x hidden></textarea></article>"), (s) => (s.act("#open-a"), s.open("#in-a"), s.open("#x")), ""],
];

for (const [name, html, play, want] of CASES) {
    test(`waiting: ${name}`, async () => {
        const told = await playing(html, null, play);
        assert.equal(told.join(", "), want);
    });
}

test("waiting: what had the focus before counts when the manager is in it", async () => {
    assert.deepEqual(await playing(OPEN, "#in-b", (s) => s.act("#p")), []);
    assert.deepEqual(await playing(OPEN, "#in-b", (s) => s.act("#in-b")), ["opened_elsewhere in-b"]);
    assert.deepEqual(await playing(OPEN, "#in-a", (s) => s.act("#in-a", "keyup", "x")), ["opened in-a"]);
});

for (const [words, want] of [["un", "opened x"], ["deux", "opened_elsewhere x"]] as const) {
    test(`waiting: a dialog is judged when its copy of a post was read: ${want}`, async () => {
        const document = page("<article id=a title=un></article><article id=b title=deux></article>");
        const known = posts(document);
        const told = await playing(document, null, async (s) => {
            s.act("#a");
            document.body.insertAdjacentHTML("beforeend", "<div role=dialog><article id=c></article><textarea id=x></textarea></div>");
            const copy = { ...known[1]!, id: 3, element: document.querySelector("#c") as Element, reading: null, words: "" };
            known.push(copy);
            s.focus("#x");
            await s.pass(1_000);
            Object.assign(copy, { reading: known[1]!.reading, words });
            s.act("#x");
        }, known);
        assert.deepEqual(told, [want]);
    });
}

async function playing(
    html: string | Document,
    before: string | null,
    play: (stage: Stage) => void | Promise<void>,
    known?: ReturnType<typeof posts>,
): Promise<string[]> {
    mock.timers.enable({ apis: ["setTimeout"] });
    let now = 0;
    try {
        const document = typeof html === "string" ? page(html) : html;
        const at = (selector: string): HTMLElement => document.querySelector(selector) as HTMLElement;
        const acts = new WeakSet<Event>();
        const dispatch = (selector: string, type: string, key: string | undefined, trusted: boolean): void => {
            const { KeyboardEvent } = document.defaultView as Window & typeof globalThis;
            const event = new KeyboardEvent(type, { bubbles: true, composed: true, key: key ?? "" });
            if (trusted) acts.add(event);
            at(selector).dispatchEvent(event);
        };
        if (before !== null) at(before).focus();
        const all = known ?? posts(document);
        const told: string[] = [];
        new Wait(
            {
                belonging: () => new Belonging(all, all[0]),
                isThere: () => all[0]?.element.isConnected === true,
                opened: (box, event) => told.push(`${event} ${box.id}`),
                ended: (event) => told.push(event),
            },
            PATIENCE,
            { isTrusted: (event) => acts.has(event), now: () => now },
        );
        const pass = async (milliseconds: number): Promise<void> => {
            // Observers tell in a turn of their own.
            await new Promise((resolve) => setImmediate(resolve));
            now += milliseconds;
            mock.timers.tick(milliseconds);
        };
        await play({
            document,
            act: (selector, type = "click", key) => dispatch(selector, type, key, true),
            pretend: (selector, type, key) => dispatch(selector, type, key, false),
            focus: (selector) => at(selector).focus(),
            open: (selector) => at(selector).removeAttribute("hidden"),
            pass,
        });
        await pass(1_000);
        return told;
    } finally {
        mock.timers.reset();
    }
}
