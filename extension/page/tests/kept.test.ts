import { mock, test } from "node:test";
import assert from "node:assert/strict";
import { Kept } from "../insert/kept.ts";
import { page } from "./dom.ts";

const TEXT = "Bonjour, le vaccin ne provoque pas l’autisme.\n\nCamille, Santé publique";

const AREA = "<form><textarea></textarea><p>ancien</p></form>";
const RICH = "<form><div contenteditable></div><p>ancien</p></form>";

type Play = (box: HTMLElement, document: Document) => void;

const put = (box: HTMLElement, text: string): void => {
    if (box.nodeName === "TEXTAREA") (box as HTMLTextAreaElement).value = text;
    else box.textContent = text;
};
const typed = (box: HTMLElement): unknown =>
    box.dispatchEvent(new (box.ownerDocument.defaultView as Window & typeof globalThis).Event("input", { bubbles: true }));
/** Something else of the page is drawn anew. */
const stirred = (document: Document): void => void document.querySelector("p")?.replaceChildren("nouveau");

/** What happens to a box that holds the text, and whether it is told to be emptied. */
const CASES: readonly (readonly [name: string, html: string, play: Play, want: boolean])[] = [
    ["nothing", AREA, () => undefined, false],
    ["the page changes elsewhere", AREA, (_, document) => stirred(document), false],
    ["the page changes elsewhere, and the box is rich", RICH, (_, document) => stirred(document), false],
    ["the manager edits a part", AREA, (box) => (put(box, TEXT.replace("Bonjour, le", "Merci. Le")), typed(box)), false],
    ["the manager writes more", RICH, (box) => (put(box, `Merci. ${TEXT} À bientôt !`), typed(box)), false],
    ["most of it is replaced", AREA, (box) => (put(box, "Camille, Santé"), typed(box)), true],
    ["the manager deletes it", RICH, (box) => (put(box, ""), typed(box)), true],
    ["the site empties a text control, and draws the reply", AREA, (box, document) => (put(box, ""), stirred(document)), true],
    ["the site empties a rich box", RICH, (box) => put(box, ""), true],
    ["the box goes", AREA, (box) => box.remove(), true],
    ["what holds the box goes", RICH, (box) => box.parentElement?.remove(), true],
    ["the box is drawn again with its text", AREA, (box) => {
        const other = box.ownerDocument.createElement("textarea");
        other.value = TEXT;
        box.replaceWith(other);
    }, false],
    ["the box is drawn again without it", AREA, (box) => box.replaceWith(box.ownerDocument.createElement("textarea")), true],
];

for (const [name, html, play, want] of CASES) {
    test(`an inserted text: ${name}`, async () => {
        mock.timers.enable({ apis: ["setTimeout"] });
        try {
            const document = page(html);
            const element = document.querySelector("textarea, [contenteditable]") as HTMLElement;
            put(element, TEXT);
            let told = 0;
            const kept = new Kept({ element }, TEXT, () => told++);
            for (const action of [play, (_: HTMLElement, at: Document) => stirred(at)]) {
                action(element, document);
                // Observers tell in a turn of their own.
                await new Promise((resolve) => setImmediate(resolve));
                mock.timers.tick(1_000);
            }
            assert.equal(told, want ? 1 : 0);
            kept.stop();
        } finally {
            mock.timers.reset();
        }
    });
}

test("an inserted text goes with its document", () => {
    const document = page(AREA);
    let told = 0;
    const kept = new Kept({ element: document.querySelector("textarea") as HTMLElement }, TEXT, () => told++);
    kept.leave();
    assert.equal(told, 1);
});
