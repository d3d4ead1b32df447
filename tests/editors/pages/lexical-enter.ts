// As in chats: Enter sends, Shift+Enter breaks the line.

import { createEmptyHistoryState, registerHistory } from "@lexical/history";
import { registerRichText } from "@lexical/rich-text";
import * as api from "lexical";
import { lexical } from "../setups/lexical.ts";

lexical(api, {
  plain: false,
  enterSubmits: true,
  register(editor) {
    registerRichText(editor);
    registerHistory(editor, createEmptyHistoryState(), 300);
  },
});
