// What the page of the old Lexical needs, resolved from this folder's packages instead of the current ones.

export * from "lexical";
export { createEmptyHistoryState, registerHistory } from "@lexical/history";
export { registerRichText } from "@lexical/rich-text";
