import { jQuery } from "../setups/jquery.ts";
import "summernote/dist/summernote-lite.js";
import "summernote/dist/summernote-lite.css";
import { composer, offer, part } from "../shared/contract.ts";
import { htmlOf, select, textOfHtml } from "../shared/lines.ts";

const element = document.createElement("div");
composer.append(element);
const note = jQuery(element);
note.summernote({ height: 160, toolbar: [["style", ["bold", "italic"]]] });

offer({
  model: () => textOfHtml(String(note.summernote("code"))),
  put(text, span) {
    note.summernote("code", htmlOf(text, "p"));
    select(part("#composer .note-editable"), span);
    note.summernote("saveRange");
    note.summernote("commit");
  },
  rerender() {
    note.summernote("code", note.summernote("code"));
  },
});
