// What every page offers to a test, whatever its editor: see the README.

import { spanOf, type Span, type Where } from "./spot.ts";

/** `window.editor`. */
export interface Contract {
  /** The page's name in `editors.json`. */
  readonly name: string;
  /** The editor takes text. */
  ready: boolean;
  /** The text in the editor's own model, lines separated by `\n`. */
  model(): string;
  /** What the site got at the last submit; null when there was none. */
  submitted(): string | null;
  /** How many times the form was submitted. */
  submits: number;
  /** How many times the composer lost the focus. */
  blurs: number;
  /** How many times an Enter key went down, pressed or made up by a script. */
  enters: number;
  /** What was thrown in the page and caught by nobody. */
  errors: string[];
  /** Puts a text in through the editor's API, as a site restores a draft, and the caret in it; gives the focus. */
  fill(text: string, where: Where): Promise<void>;
}

/** What a page says of its editor. */
export interface Editor {
  model(): string;
  /** Replaces everything by this text, selects, and gives the focus. Throws when the editor's API cannot. */
  put(text: string, span: Span): void | Promise<void>;
  /** Draws the composer again from the model, as a site does when its state changes. */
  rerender(): void;
}

declare global {
  interface Window {
    editor: Contract;
  }
}

let offered: Editor | undefined;
let sent: string | null = null;

function editor(): Editor {
  if (!offered) throw new Error("the editor is not ready");
  return offered;
}

/** An element of the page's shell. */
export function part<T extends HTMLElement = HTMLElement>(css: string): T {
  const element = document.querySelector<T>(css);
  if (!element) throw new Error(`no ${css} in the page`);
  return element;
}

/** What the editor is put in. */
export const composer = part("#composer");

/** Submits the form as a site's own code does, for editors in which Enter sends. */
export function submit(): void {
  part<HTMLFormElement>("form.reply").requestSubmit();
}

/** Counts what happens in a frame of the composer too: its events do not reach the page. */
export function watchFrame(frame: Window): void {
  frame.addEventListener("blur", countBlur);
  frame.addEventListener("keydown", countEnter, { capture: true });
}

function countEnter(event: KeyboardEvent): void {
  if (event.key === "Enter") window.editor.enters++;
}

function countBlur({ target }: FocusEvent): void {
  // A frame tells itself.
  if (!(target instanceof HTMLIFrameElement)) window.editor.blurs++;
}

/** Says that the editor takes text. */
export function offer(started: Editor): void {
  offered = started;
  window.editor.ready = true;
}

window.editor = {
  name: document.documentElement.dataset["page"] ?? "",
  ready: false,
  model: () => editor().model(),
  submitted: () => sent,
  submits: 0,
  blurs: 0,
  enters: 0,
  errors: [],
  async fill(text, where) {
    await editor().put(text, spanOf(text, where));
    const model = editor().model();
    if (model !== text) throw new Error(`the editor made ${JSON.stringify(model)} of ${JSON.stringify(text)}`);
  },
};

addEventListener("error", (event) => window.editor.errors.push(event.message));
addEventListener("unhandledrejection", (event) => window.editor.errors.push(String(event.reason)));
addEventListener("keydown", countEnter, { capture: true });
composer.addEventListener("blur", countBlur, { capture: true });

part("form.reply").addEventListener("submit", (event) => {
  event.preventDefault();
  sent = editor().model();
  window.editor.submits++;
});
part("#rerender").addEventListener("click", () => editor().rerender());
