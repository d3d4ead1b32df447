// A textarea as HTML has it: the control's value is the model.

import type { Editor } from "../shared/contract.ts";
import type { Span } from "../shared/spot.ts";

/** How one textarea differs from another. */
export interface Options {
  maxLength?: number;
  readOnly?: boolean;
}

/** A new textarea, not in the page yet. */
export function textarea(options: Options = {}): HTMLTextAreaElement {
  const element = document.createElement("textarea");
  element.name = "message";
  element.rows = 6;
  element.ariaLabel = "Votre réponse";
  element.readOnly = options.readOnly ?? false;
  if (options.maxLength !== undefined) element.maxLength = options.maxLength;
  return element;
}

/** Gives the focus, and selects. */
export function selectIn(element: HTMLTextAreaElement, { from, to }: Span): void {
  element.focus({ preventScroll: true });
  element.setSelectionRange(from.offset, to.offset);
}

/** Its site reads the value when it needs it. */
export function plain(element: HTMLTextAreaElement): Editor {
  return {
    model: () => element.value,
    put(text, span) {
      element.value = text;
      selectIn(element, span);
    },
    rerender() {
      const { value } = element;
      element.value = value;
    },
  };
}
