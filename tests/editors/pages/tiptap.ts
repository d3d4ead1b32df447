import { Editor } from "@tiptap/core";
import { StarterKit } from "@tiptap/starter-kit";
import { composer, offer } from "../shared/contract.ts";
import { proseMirror } from "../setups/prosemirror.ts";

const editor = new Editor({ element: composer, extensions: [StarterKit] });
offer(proseMirror(editor.view));
