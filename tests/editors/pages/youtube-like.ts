// A contenteditable box in an open shadow root, under a component that counts its characters.

import { composer, offer } from "../shared/contract.ts";
import { box, editable } from "../setups/editable.ts";

class CommentBox extends HTMLElement {
  readonly box = box("true", "pre-wrap");

  constructor() {
    super();
    this.box.id = "contenteditable-root";
    const style = document.createElement("style");
    style.textContent = "#contenteditable-root { min-height: 6em; padding: .5em }";
    const count = document.createElement("output");
    this.box.addEventListener("input", () => (count.value = String(this.box.innerText.length)));
    this.attachShadow({ mode: "open" }).append(style, this.box, count);
  }
}
customElements.define("comment-box", CommentBox);

const element = new CommentBox();
composer.append(element);
offer(editable(element.box));
