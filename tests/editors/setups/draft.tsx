// Draft.js, which X writes with: React draws every character, and the DOM is not to be touched.

import { ContentState, Editor, EditorState, SelectionState, type DraftHandleValue } from "draft-js";
import "draft-js/dist/Draft.css";
import { useRef, useState, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { offer, submit } from "../shared/contract.ts";
import { mount } from "../shared/react.tsx";
import type { Span } from "../shared/spot.ts";

/** How one use of it differs from another. */
export interface Options {
  enterSubmits: boolean;
}

/** Draws it in the composer. */
export function draft({ enterSubmits }: Options): void {
  let state = EditorState.createEmpty();
  let write = (_next: EditorState): void => undefined;
  let focus = (): void => undefined;

  function Composer(): ReactElement {
    const [shown, setShown] = useState(state);
    const editor = useRef<Editor>(null);
    state = shown;
    write = setShown;
    focus = () => editor.current?.focus();
    const send = (event: { shiftKey: boolean }): DraftHandleValue => {
      if (!enterSubmits || event.shiftKey) return "not-handled";
      submit();
      return "handled";
    };
    return (
      <Editor ariaLabel="Votre réponse" editorState={shown} handleReturn={send} onChange={setShown} ref={editor} />
    );
  }

  const rerender = mount(() => <Composer />);
  offer({
    model: () => state.getCurrentContent().getBlocksAsArray().map((block) => block.getText()).join("\n"),
    put(text, span) {
      focus();
      const filled = EditorState.createWithContent(ContentState.createFromText(text, "\n"));
      flushSync(() => write(EditorState.forceSelection(filled, selection(filled, span))));
    },
    rerender,
  });
}

function selection(state: EditorState, { from, to }: Span): SelectionState {
  const blocks = state.getCurrentContent().getBlocksAsArray();
  const key = (line: number): string => blocks[line]?.getKey() ?? "";
  return SelectionState.createEmpty(key(from.line)).merge({
    anchorOffset: from.column,
    focusKey: key(to.line),
    focusOffset: to.column,
    hasFocus: true,
  });
}
