// Slate, which Discord writes with.

import { useState, type ReactElement } from "react";
import { createEditor, Editor, Node, Transforms, type Descendant } from "slate";
import { HistoryEditor, withHistory } from "slate-history";
import { Editable, ReactEditor, Slate, withReact } from "slate-react";
import { offer, submit } from "../shared/contract.ts";
import { mount } from "../shared/react.tsx";

/** How one use of it differs from another. */
export interface Options {
  enterSubmits: boolean;
}

const paragraph = (text: string): Descendant => ({ children: [{ text }] });

/** Draws it in the composer. */
export function slate({ enterSubmits }: Options): void {
  const editor = withHistory(withReact(createEditor()));

  function Composer(): ReactElement {
    const [first] = useState(() => [paragraph("")]);
    return (
      <Slate editor={editor} initialValue={first}>
        <Editable
          aria-label="Votre réponse"
          onKeyDown={(event) => {
            if (!enterSubmits || event.key !== "Enter" || event.shiftKey) return;
            event.preventDefault();
            submit();
          }}
        />
      </Slate>
    );
  }

  const rerender = mount(() => <Composer />);
  offer({
    model: () => editor.children.map((block) => Node.string(block)).join("\n"),
    put(text, { from, to }) {
      HistoryEditor.withoutSaving(editor, () =>
        Editor.withoutNormalizing(editor, () => {
          Transforms.deselect(editor);
          for (let line = editor.children.length; line > 0; line--) Transforms.removeNodes(editor, { at: [line - 1] });
          Transforms.insertNodes(editor, text.split("\n").map(paragraph), { at: [0] });
        }),
      );
      const point = ({ line, column }: typeof from) => ({ path: [line, 0], offset: column });
      Transforms.select(editor, { anchor: point(from), focus: point(to) });
      ReactEditor.focus(editor);
    },
    rerender,
  });
}
