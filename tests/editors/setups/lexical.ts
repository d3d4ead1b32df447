// Lexical, which Facebook and Reddit write with, without its React part: it draws by itself.

import type { ElementNode, LexicalEditor, PointType } from "lexical";
import { composer, offer, submit } from "../shared/contract.ts";
import type { Spot } from "../shared/spot.ts";

/** The library, of whatever version. */
export type Api = typeof import("lexical");

/** How one use of it differs from another. */
export interface Options {
  /** One paragraph with line breaks, instead of one paragraph for each line. */
  plain: boolean;
  enterSubmits?: boolean;
  /** Registers what makes it write: rich or plain text, and history. */
  register(editor: LexicalEditor): void;
}

/** Starts it in the composer. */
export function lexical(api: Api, options: Options): void {
  const root = document.createElement("div");
  root.contentEditable = "true";
  root.role = "textbox";
  root.ariaLabel = "Votre réponse";
  root.style.whiteSpace = "pre-wrap";
  composer.append(root);

  const editor = api.createEditor({
    namespace: "reply",
    onError(error) {
      throw error;
    },
  });
  options.register(editor);
  if (options.enterSubmits) sendAtEnter(api, editor);
  editor.setRootElement(root);

  offer({
    model: () => editor.getEditorState().read(() => model(api)),
    put(text, { from, to }) {
      root.focus({ preventScroll: true });
      // Before: what follows is what its history begins with, and is no step of it.
      editor.dispatchCommand(api.CLEAR_HISTORY_COMMAND, undefined);
      editor.update(
        () => {
          const starts = options.plain ? writeBreaks(api, text) : writeParagraphs(api, text);
          const range = api.$createRangeSelection();
          set(range.anchor, starts, from);
          set(range.focus, starts, to);
          api.$setSelection(range);
        },
        { discrete: true },
      );
    },
    rerender() {
      editor.setRootElement(null);
      editor.setRootElement(root);
    },
  });
}

function sendAtEnter(api: Api, editor: LexicalEditor): void {
  editor.registerCommand(
    api.KEY_ENTER_COMMAND,
    (event) => {
      if (event?.shiftKey) return false;
      event?.preventDefault();
      submit();
      return true;
    },
    api.COMMAND_PRIORITY_HIGH,
  );
}

function model(api: Api): string {
  return api.$getRoot().getChildren().map((block) => block.getTextContent()).join("\n");
}

/** Where a line begins: in its text, or among its parent's children when it has none. */
interface Start {
  key: string;
  offset: number;
  type: "text" | "element";
}

function set(point: PointType, starts: readonly Start[], { line, column }: Spot): void {
  const start = starts[line];
  if (start) point.set(start.key, start.offset + column, start.type);
}

/** One paragraph for each line. */
function writeParagraphs(api: Api, text: string): Start[] {
  const root = api.$getRoot().clear();
  return text.split("\n").map((line) => {
    const paragraph = api.$createParagraphNode();
    root.append(paragraph);
    return writeLine(api, paragraph, line);
  });
}

/** One paragraph, a break between lines. */
function writeBreaks(api: Api, text: string): Start[] {
  const paragraph = api.$createParagraphNode();
  api.$getRoot().clear().append(paragraph);
  return text.split("\n").map((line, number) => {
    if (number > 0) paragraph.append(api.$createLineBreakNode());
    return writeLine(api, paragraph, line);
  });
}

function writeLine(api: Api, paragraph: ElementNode, line: string): Start {
  if (line === "") return { key: paragraph.getKey(), offset: paragraph.getChildrenSize(), type: "element" };
  const node = api.$createTextNode(line);
  paragraph.append(node);
  return { key: node.getKey(), offset: 0, type: "text" };
}
