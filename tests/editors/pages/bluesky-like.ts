// Tiptap cut down to paragraphs, with the site's own reading of what is pasted: the plain text only, even where there is
// HTML too, and one paragraph for each line.

import { Editor } from "@tiptap/core";
import { StarterKit } from "@tiptap/starter-kit";
import { composer, offer } from "../shared/contract.ts";
import { pasted, proseMirror } from "../setups/prosemirror.ts";

const marks = { bold: false, code: false, italic: false, link: false, strike: false, underline: false } as const;
const blocks = { blockquote: false, bulletList: false, codeBlock: false, heading: false, orderedList: false } as const;
const rest = { horizontalRule: false, listItem: false, listKeymap: false } as const;

const editor = new Editor({
  element: composer,
  extensions: [StarterKit.configure({ ...marks, ...blocks, ...rest })],
  editorProps: {
    attributes: { "aria-label": "Votre réponse", role: "textbox" },
    clipboardTextParser: (text, context) => pasted(context.doc.type.schema, text.replace(/\r\n?/g, "\n")),
    handlePaste(view, event) {
      if (!event.clipboardData?.types.includes("text/html")) return false;
      // It asks this again, without data.
      return view.pasteText(event.clipboardData.getData("text/plain"));
    },
  },
});
offer(proseMirror(editor.view));
