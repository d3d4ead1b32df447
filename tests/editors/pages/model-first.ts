// An editor that owns its text: it prevents every `beforeinput` and does itself what the event asks for, and takes back
// every change in the DOM that it did not make. It reads no `paste` event, only `beforeinput`.

import { composer, offer } from "../shared/contract.ts";
import { blocksOf, select } from "../shared/lines.ts";
import { spotAt } from "../shared/spot.ts";

const root = document.createElement("div");
root.contentEditable = "true";
root.role = "textbox";
root.ariaLabel = "Votre réponse";
root.style.whiteSpace = "pre-wrap";
composer.append(root);

let text = "";
const past: string[] = [];
const foreign = new MutationObserver(() => draw());

function draw(): void {
  root.replaceChildren(...blocksOf(text, "div"));
  // Its own changes.
  foreign.takeRecords();
}

function replace(from: number, to: number, by: string): void {
  past.push(text);
  text = text.slice(0, from) + by + text.slice(to);
  draw();
  caret(from + by.length);
}

function caret(offset: number): void {
  const spot = spotAt(text, offset);
  select(root, { from: spot, to: spot });
}

/** Where a place in the DOM is in the text. */
function offsetOf(node: Node, offset: number): number {
  const lines = text.split("\n");
  const start = (line: number): number => lines.slice(0, line).reduce((sum, { length }) => sum + length + 1, 0);
  // Between two lines: the start of the second, if there is one.
  if (node === root) return Math.min(start(offset), text.length);
  const line = [...root.children].findIndex((child) => child.contains(node));
  const column = node.nodeType === Node.TEXT_NODE ? offset : offset === 0 ? 0 : (lines[line]?.length ?? 0);
  return start(line) + column;
}

/** What an event is about: it says so itself, or it is the selection. */
function rangeOf(event: InputEvent): [number, number] | undefined {
  const [target] = event.getTargetRanges();
  const selected = getSelection();
  const range = target ?? (selected?.rangeCount ? selected.getRangeAt(0) : undefined);
  if (!range || !root.contains(range.startContainer) || !root.contains(range.endContainer)) return undefined;
  return [offsetOf(range.startContainer, range.startOffset), offsetOf(range.endContainer, range.endOffset)];
}

/** The text that an event asks for. */
function wanted({ inputType, data, dataTransfer }: InputEvent): string | undefined {
  if (inputType === "insertParagraph" || inputType === "insertLineBreak") return "\n";
  if (inputType.startsWith("insert")) return data ?? dataTransfer?.getData("text/plain");
  return inputType.startsWith("delete") ? "" : undefined;
}

root.addEventListener("beforeinput", (event) => {
  event.preventDefault();
  const [range, by] = [rangeOf(event), wanted(event)];
  if (range && by !== undefined) replace(...range, by.replace(/\r\n?/g, "\n"));
});
root.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const before = past.pop();
  if (before === undefined) return;
  text = before;
  draw();
  caret(text.length);
});

draw();
foreign.observe(root, { characterData: true, childList: true, subtree: true });
offer({
  model: () => text,
  put(next, span) {
    text = next;
    past.length = 0;
    draw();
    select(root, span);
  },
  rerender: draw,
});
