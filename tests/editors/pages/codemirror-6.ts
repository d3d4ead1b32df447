import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { EditorState, Transaction } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { composer, offer } from "../shared/contract.ts";

const extensions = [history(), keymap.of([...defaultKeymap, ...historyKeymap]), EditorView.lineWrapping];
const view = new EditorView({ parent: composer, state: EditorState.create({ extensions }) });
view.contentDOM.ariaLabel = "Votre réponse";

offer({
  model: () => view.state.doc.toString(),
  put(text, { from, to }) {
    view.focus();
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: text },
      selection: { anchor: from.offset, head: to.offset },
      annotations: Transaction.addToHistory.of(false),
    });
  },
  rerender() {
    view.setState(view.state);
  },
});
