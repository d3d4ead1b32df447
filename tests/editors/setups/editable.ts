// A contenteditable box without an editor: its site keeps what it read at the last `input` event, and sends that.

import type { Editor } from "../shared/contract.ts";
import { blocksOf, select, textOf } from "../shared/lines.ts";

export type Mode = "true" | "plaintext-only" | "false";

/** A new box, not in the page yet. */
export function box(mode: Mode, whiteSpace: "normal" | "pre-wrap"): HTMLElement {
  const element = document.createElement("div");
  element.setAttribute("contenteditable", mode);
  element.role = "textbox";
  element.ariaLabel = "Votre réponse";
  element.ariaMultiLine = "true";
  element.style.whiteSpace = whiteSpace;
  return element;
}

/** What its site knows of it. */
export function editable(element: HTMLElement): Editor {
  const flat = element.getAttribute("contenteditable") === "plaintext-only";
  const preserved = flat || element.style.whiteSpace === "pre-wrap";
  let known = "";
  element.addEventListener("input", () => {
    known = textOf(element, preserved);
  });

  const draw = (text: string): void => {
    element.replaceChildren(...(flat ? [text] : blocksOf(text, "div")));
  };

  return {
    model: () => known,
    put(text, span) {
      known = text;
      draw(text);
      select(element, span, preserved);
    },
    rerender() {
      // What came in without an `input` event is not in the state, and goes.
      if (textOf(element, preserved) !== known) draw(known);
    },
  };
}
