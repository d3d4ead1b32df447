// Quill, of either version: the same API, and opposite ways to paste.

import { composer, offer } from "../shared/contract.ts";

/** What is used of an instance. */
export interface Quill {
  getText(): string;
  setText(text: string): void;
  setSelection(index: number, length: number): void;
  getContents(): unknown;
  setContents(contents: never, source: "silent"): unknown;
  focus(): void;
  readonly history: { clear(): void };
}

/** Starts it in the composer. */
export function quill(start: (element: HTMLElement) => unknown): void {
  const element = document.createElement("div");
  composer.append(element);
  const editor = start(element) as Quill;
  offer({
    // It ends every text with a line feed of its own.
    model: () => editor.getText().replace(/\n$/, ""),
    put(text, { from, to }) {
      editor.focus();
      editor.setText(text);
      editor.setSelection(from.offset, to.offset - from.offset);
      editor.history.clear();
    },
    rerender() {
      editor.setContents(editor.getContents() as never, "silent");
    },
  });
}
