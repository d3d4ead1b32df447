import MediumEditor from "medium-editor";
import "medium-editor/dist/css/medium-editor.css";
import "medium-editor/dist/css/themes/default.css";
import { composer, offer } from "../shared/contract.ts";
import { htmlOf, select, textOfHtml } from "../shared/lines.ts";

const element = document.createElement("div");
composer.append(element);
const editor = new MediumEditor(element, { placeholder: { text: "Votre réponse" } });

offer({
  model: () => textOfHtml(editor.getContent()),
  put(text, span) {
    editor.setContent(htmlOf(text, "p"));
    select(element, span);
  },
  rerender() {
    editor.checkContentChanged(element);
  },
});
