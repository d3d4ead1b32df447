// CodeMirror 5, alone or under a Markdown editor: what is in its textarea is not what is written in it.

import type { Editor } from "../shared/contract.ts";
import type { Spot } from "../shared/spot.ts";

/** What is used of an instance. */
export interface CodeMirror {
  getValue(): string;
  setValue(text: string): void;
  setSelection(anchor: Position, head: Position): void;
  clearHistory(): void;
  focus(): void;
  refresh(): void;
}

interface Position {
  line: number;
  ch: number;
}

/** An instance, as the page offers it. */
export function codeMirror5(editor: CodeMirror): Editor {
  const position = ({ line, column }: Spot): Position => ({ line, ch: column });
  return {
    model: () => editor.getValue(),
    put(text, { from, to }) {
      editor.setValue(text);
      editor.setSelection(position(from), position(to));
      editor.clearHistory();
      editor.focus();
    },
    rerender() {
      editor.refresh();
    },
  };
}
