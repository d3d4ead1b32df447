import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { registerPlainText } from "@lexical/plain-text";
import * as api from "lexical";
import { lexical } from "../setups/lexical.ts";

lexical(api, {
  plain: true,
  register(editor) {
    registerPlainText(editor);
    registerHistory(editor, createEmptyHistoryState(), 300);
  },
});
