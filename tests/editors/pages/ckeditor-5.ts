import {
  Bold,
  ClassicEditor,
  Essentials,
  Italic,
  Link,
  Paragraph,
  type ModelNode,
  type ModelRootElement,
} from "ckeditor5";
import "ckeditor5/ckeditor5.css";
import { composer, offer, type Editor } from "../shared/contract.ts";
import type { Spot } from "../shared/spot.ts";

const attachTo = document.createElement("div");
composer.append(attachTo);

void ClassicEditor.create({
  attachTo,
  licenseKey: "GPL",
  plugins: [Bold, Essentials, Italic, Link, Paragraph],
  toolbar: ["bold", "italic", "link"],
}).then((editor) => offer(ckeditor5(editor)));

function ckeditor5(editor: ClassicEditor): Editor {
  return {
    model: () => [...rootOf(editor).getChildren()].map(textIn).join("\n"),
    put(text, { from, to }) {
      editor.editing.view.focus();
      const root = rootOf(editor);
      // Not an undo step of the person's.
      editor.model.enqueueChange({ isUndoable: false }, (writer) => {
        writer.remove(writer.createRangeIn(root));
        for (const line of text.split("\n")) {
          const paragraph = writer.createElement("paragraph");
          writer.insertText(line, paragraph);
          writer.append(paragraph, root);
        }
        const position = ({ line, column }: Spot) => writer.createPositionFromPath(root, [line, column]);
        writer.setSelection(writer.createRange(position(from), position(to)));
      });
    },
    rerender() {
      editor.editing.view.forceRender();
    },
  };
}

function rootOf(editor: ClassicEditor): ModelRootElement {
  const root = editor.model.document.getRoot();
  if (!root) throw new Error("an editor without a root");
  return root;
}

function textIn(node: ModelNode): string {
  if (node.is("$text")) return node.data;
  if (node.is("element", "softBreak")) return "\n";
  return node.is("element") ? [...node.getChildren()].map(textIn).join("") : "";
}
