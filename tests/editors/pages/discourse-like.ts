// A schema of Markdown, in which pasted plain text is read as Markdown: a single line feed joins two lines.

import { defaultMarkdownParser, schema } from "prosemirror-markdown";
import { Slice } from "prosemirror-model";
import { offer } from "../shared/contract.ts";
import { proseMirror, start } from "../setups/prosemirror.ts";

const view = start(schema, {
  clipboardTextParser: (text) => Slice.maxOpen(defaultMarkdownParser.parse(text).content),
});
offer(proseMirror(view));
