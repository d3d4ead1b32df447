// A version of before 0.13, which sites that are slow to update still write with.

import * as old from "rejoinder-lexical-0-12";
import { lexical, type Api } from "../setups/lexical.ts";

// What is used of both versions is the same; their types are not each other's.
const api = old as unknown as Api;

lexical(api, {
  plain: false,
  register(editor) {
    const older = editor as unknown as old.LexicalEditor;
    old.registerRichText(older);
    old.registerHistory(older, old.createEmptyHistoryState(), 300);
  },
});
