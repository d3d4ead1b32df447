// What all that is built on ProseMirror has in common: paragraphs of text, in a view.

import { baseKeymap } from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Fragment, Slice, type Node, type Schema } from "prosemirror-model";
import { EditorState, TextSelection } from "prosemirror-state";
import { EditorView, type EditorProps } from "prosemirror-view";
import "prosemirror-view/style/prosemirror.css";
import { composer, type Editor } from "../shared/contract.ts";
import type { Spot } from "../shared/spot.ts";

/** Starts a view in the composer, set up as ProseMirror's own basic example, without menus. */
export function start(schema: Schema, props: EditorProps = {}): EditorView {
  const plugins = [history(), keymap({ "Mod-z": undo, "Mod-y": redo }), keymap(baseKeymap)];
  const attributes = { "aria-label": "Votre réponse", role: "textbox" };
  return new EditorView(composer, { state: EditorState.create({ schema, plugins }), attributes, ...props });
}

/** A view, as the page offers it. */
export function proseMirror(view: EditorView): Editor {
  return {
    model: () => view.state.doc.textBetween(0, view.state.doc.content.size, "\n", "\n"),
    put(text, { from, to }) {
      view.focus();
      const { tr, doc, schema } = view.state;
      tr.replaceWith(0, doc.content.size, paragraphs(schema, text));
      tr.setSelection(TextSelection.create(tr.doc, position(tr.doc, from), position(tr.doc, to)));
      view.dispatch(tr.setMeta("addToHistory", false));
    },
    rerender() {
      view.updateState(view.state);
    },
  };
}

/** One paragraph for each line. */
export function paragraphs(schema: Schema, text: string): Node[] {
  const kind = schema.nodes["paragraph"];
  if (!kind) throw new Error("a schema without paragraphs");
  return text.split("\n").map((line) => kind.create(null, line === "" ? null : schema.text(line)));
}

/** Pasted text, one paragraph for each line, that joins with what is around the caret. */
export function pasted(schema: Schema, text: string): Slice {
  return Slice.maxOpen(Fragment.from(paragraphs(schema, text)));
}

function position(doc: Node, { line, column }: Spot): number {
  let before = 0;
  for (let number = 0; number < line; number++) before += doc.child(number).nodeSize;
  // One more for the token that opens the paragraph.
  return before + 1 + column;
}
