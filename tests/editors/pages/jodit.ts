import { Jodit } from "jodit/es2021/jodit.min.js";
import "jodit/es2021/jodit.min.css";
import { composer, offer } from "../shared/contract.ts";
import { htmlOf, select, textOfHtml } from "../shared/lines.ts";

const source = document.createElement("textarea");
composer.append(source);
// What its source mode is made of would come from the network.
const offline = { beautifyHTML: false, sourceEditor: "area" } as const;
const editor = Jodit.make(source, { ...offline, buttons: "bold,italic", height: 240, toolbarAdaptive: false });

offer({
  model: () => textOfHtml(editor.value),
  put(text, span) {
    editor.value = htmlOf(text, "p");
    select(editor.editor, span);
    editor.history.clear();
  },
  rerender() {
    editor.synchronizeValues();
  },
});
