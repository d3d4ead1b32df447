import { test } from "node:test";
import assert from "node:assert/strict";
import { Drawing } from "../sketch.ts";
import { SKETCH, type Sketch } from "../wire.ts";
import { page } from "./dom.ts";

function draw(html: string): { drawing: Drawing; sketch: Sketch } {
    const drawing = new Drawing(page(html));
    assert.equal(drawing.step(Infinity), false);
    return { drawing, sketch: drawing.end() };
}

const shape = ({ nodes }: Sketch): string[] =>
    nodes.map(({ parent, tag, nth, text }) => (tag === "" ? `${parent} ${text}` : `${parent} ${tag}:${nth}`));

test("elements and texts in document order, each with its parent", () => {
    const { sketch, drawing } = draw("<div>un <b>deux</b>\n trois</div><p></p>");
    assert.deepEqual(shape(sketch), ["0 body:1", "0 div:1", "1 un", "1 b:1", "3 deux", "1 trois", "0 p:2"]);
    assert.deepEqual(drawing.elements.map((e) => e?.localName ?? ""), ["body", "div", "", "b", "", "", "p"]);
});

test("what holds no words is left out, and still counts as a sibling", () => {
    const hidden = '<script>x</script><p hidden>x</p><p style="display: none">x</p><div contenteditable>x</div><button>x</button><!-- x -->';
    assert.deepEqual(shape(draw(`${hidden}<p>un</p>`).sketch), ["0 body:1", "0 p:6", "1 un"]);
});

test("attributes and texts are cut, never through a pair", () => {
    const long = "x".repeat(SKETCH.value - 1) + "😀";
    const { sketch } = draw(`<p class="${long}" onclick="x" data-secret="x">${"y".repeat(SKETCH.text - 1)}😀 z</p>`);
    assert.deepEqual(sketch.nodes[1]!.attributes, { class: "x".repeat(SKETCH.value - 1) });
    assert.equal(sketch.nodes[2]!.text, "y".repeat(SKETCH.text - 1));
    assert.equal(sketch.nodes[2]!.length, SKETCH.text + 3);
});

test("a page without end is drawn to a bound, in steps", () => {
    const drawing = new Drawing(page("<p>x</p>".repeat(SKETCH.nodes)));
    assert.equal(drawing.step(-Infinity), true);
    let steps = 0;
    while (drawing.step(-Infinity)) steps++;
    assert.ok(steps > 10);
    assert.equal(drawing.end().nodes.length, SKETCH.nodes);
});

test("a page without bottom is drawn to a depth", () => {
    const { sketch } = draw("<div>".repeat(SKETCH.depth + 50));
    assert.equal(sketch.nodes.length, SKETCH.depth + 1);
});

test("structured data is taken along, up to a bound", () => {
    const block = (text: string): string => `<script type="application/ld+json">${text}</script>`;
    assert.deepEqual(draw(`${block('{"a":1}')}<script>x</script>`).sketch.data, ['{"a":1}']);
    assert.deepEqual(draw(block("x".repeat(SKETCH.data + 1))).sketch.data, []);
});
