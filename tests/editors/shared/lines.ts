// The lines of HTML: for boxes whose page keeps what its `input` listener read, and editors whose API gives HTML.

import type { Span, Spot } from "./spot.ts";

/** A line, and where it is in the document. */
interface Line {
  text: string;
  /** Its text nodes, with the column at which each begins. */
  pieces: { node: Text; column: number }[];
  /** Where it begins, for a caret in a line without text. */
  parent: Node;
  index: number;
}

const BLOCK = /^(?:ADDRESS|BLOCKQUOTE|BODY|DD|DIV|DL|DT|H[1-6]|LI|OL|P|PRE|UL)$/;

/** What editors put where the caret would have no place otherwise. */
const FILLER = /[\u200b\ufeff]/g;

/** The text of an element in the page. */
export function textOf(root: Node, preserved = false): string {
  return linesOf(root, preserved).map((line) => line.text).join("\n");
}

/** The text of HTML that an editor's API gave. */
export function textOfHtml(html: string): string {
  const lines = linesOf(new DOMParser().parseFromString(html, "text/html").body, false);
  // How CKEditor 4 and TinyMCE write an empty paragraph.
  return lines.map(({ text }) => (text === "\u00a0" ? "" : text)).join("\n");
}

/** One block for each line, as editors keep them. */
export function blocksOf(text: string, tag: "div" | "p"): HTMLElement[] {
  return text.split("\n").map((line) => {
    const block = document.createElement(tag);
    block.append(line === "" ? document.createElement("br") : line);
    return block;
  });
}

/** The same as HTML, for editors whose API takes HTML. */
export function htmlOf(text: string, tag: "div" | "p"): string {
  return blocksOf(text, tag).map((block) => block.outerHTML).join("");
}

/** Selects in an editable element, for editors whose API leaves this to the browser. */
export function select(root: HTMLElement, span: Span, preserved = false): void {
  const lines = linesOf(root, preserved);
  const [anchor, focus] = [place(lines, span.from), place(lines, span.to)];
  const page = root.ownerDocument;
  page.defaultView?.focus();
  root.focus({ preventScroll: true });
  page.getSelection()?.setBaseAndExtent(anchor.node, anchor.offset, focus.node, focus.offset);
}

function place(lines: readonly Line[], { line, column }: Spot): { node: Node; offset: number } {
  const found = lines[line];
  if (!found) throw new Error(`no line ${line} in the editor`);
  const piece = found.pieces.findLast((piece) => piece.column <= column);
  return piece ? { node: piece.node, offset: column - piece.column } : { node: found.parent, offset: found.index };
}

/** Blanks as they are shown, unless the style says otherwise: one for many, and none where a line begins. */
function collapsed(text: string, begins: boolean): string {
  const single = text.replace(/[ \t\r\n]+/g, " ");
  return begins ? single.replace(/^ /, "") : single;
}

/** `preserved`: a line feed in a text is a line break, as with `white-space: pre-wrap`. */
function linesOf(root: Node, preserved: boolean): Line[] {
  const done: Line[] = [];
  let open: Line | undefined;

  const opened = (parent: Node, index: number): Line => (open ??= { text: "", pieces: [], parent, index });
  // A break ends a line; the last one of a block therefore begins none, as in what browsers show.
  const end = (parent: Node, index: number): void => {
    done.push(opened(parent, index));
    open = undefined;
  };
  const close = (): void => {
    if (open) done.push(open);
    open = undefined;
  };

  const text = (node: Text, parent: Node, index: number): void => {
    const rows = preserved ? node.data.split("\n") : [collapsed(node.data, !open)];
    const piece = (start: number): Line => {
      const line = opened(parent, index);
      line.pieces.push({ node, column: line.text.length - start });
      return line;
    };
    let [start, before] = [0, 0];
    rows.forEach((row, number) => {
      if (number > 0) {
        if (!open) piece(before);
        end(parent, index);
      }
      // After the last line feed there is a line only if something is in it, as with a `<br>`.
      if (row !== "") piece(start).text += row.replace(FILLER, "");
      before = start;
      start += row.length + 1;
    });
  };

  const block = (node: Node): void => {
    close();
    const before = done.length;
    children(node);
    close();
    // An empty block is an empty line.
    if (done.length === before) end(node, 0);
  };

  const children = (node: Node): void => {
    node.childNodes.forEach((child, index) => {
      if (child.nodeType === Node.TEXT_NODE) text(child as Text, node, index);
      else if (child.nodeName === "BR") end(node, index);
      else if (BLOCK.test(child.nodeName)) block(child);
      else children(child);
    });
  };

  children(root);
  close();
  return done.length > 0 ? done : [{ text: "", pieces: [], parent: root, index: 0 }];
}
