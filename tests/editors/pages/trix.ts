import "trix";
import "trix/dist/trix.css";
import { composer, offer } from "../shared/contract.ts";

const element = document.createElement("trix-editor");
element.addEventListener("trix-initialize", () =>
  offer({
    // It ends every text with a line feed of its own.
    model: () => element.editor.getDocument().toString().replace(/\n$/, ""),
    put(text, { from, to }) {
      element.focus();
      // As HTML, its no-break spaces would become plain ones.
      element.editor.loadHTML("");
      element.editor.insertString(text);
      element.editor.setSelectedRange([from.offset, to.offset]);
    },
    rerender() {
      element.editorController.render();
    },
  }),
);
composer.append(element);
