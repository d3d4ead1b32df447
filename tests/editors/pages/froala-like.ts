// What was measured of Froala 4 and 5, which XenForo writes with, without Froala: its licence is for its customers.
// Pasted plain text is prevented and dropped; pasted HTML becomes paragraphs of its own after the one with the caret;
// undo is its own. Its model is HTML.

import { composer, offer } from "../shared/contract.ts";
import { htmlOf, select, textOfHtml } from "../shared/lines.ts";

const EMPTY = "<p><br></p>";

const box = document.createElement("div");
box.className = "fr-box fr-basic fr-top";
const wrapper = document.createElement("div");
wrapper.className = "fr-wrapper";
const element = document.createElement("div");
element.className = "fr-element fr-view";
element.contentEditable = "true";
element.innerHTML = EMPTY;
wrapper.append(element);
box.append(wrapper);
composer.append(box);

let html = EMPTY;
const past: string[] = [];

function read(): void {
  html = element.innerHTML;
}

function write(next: string): void {
  html = next;
  element.innerHTML = next;
}

element.addEventListener("beforeinput", ({ inputType, data }) => {
  // A word is one step, and so is all that comes at once.
  const inWord = inputType === "insertText" && data?.length === 1 && data !== " ";
  if (!inWord || past.length === 0) past.push(html);
});
element.addEventListener("input", read);
element.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  const before = past.pop();
  if (before === undefined) return;
  write(before);
  getSelection()?.selectAllChildren(element);
  getSelection()?.collapseToEnd();
});
element.addEventListener("paste", (event) => {
  event.preventDefault();
  const pasted = event.clipboardData?.getData("text/html");
  if (pasted) insert(pasted);
});

function insert(pasted: string): void {
  const blocks = [...new DOMParser().parseFromString(pasted, "text/html").body.children];
  const last = blocks.at(-1);
  const caret = getSelection();
  const around = (block: Element): boolean => block.contains(caret?.anchorNode ?? null);
  const at = [...element.children].find(around) ?? element.lastElementChild;
  if (!last || !at) return;
  past.push(html);
  if (at.textContent === "") at.replaceWith(...blocks);
  else at.after(...blocks);
  caret?.selectAllChildren(last);
  caret?.collapseToEnd();
  read();
}

offer({
  model: () => textOfHtml(html),
  put(text, span) {
    write(htmlOf(text, "p"));
    past.length = 0;
    select(element, span);
  },
  rerender() {
    if (element.innerHTML !== html) write(html);
  },
});
