// SCEditor with BBCode, as MyBB and SMF set it up.

import "sceditor/minified/sceditor.min.js";
import "sceditor/minified/formats/bbcode.js";
import "sceditor/minified/themes/default.min.css";
import { composer, offer, part, watchFrame } from "../shared/contract.ts";
import { select } from "../shared/lines.ts";
import { selectIn } from "./textarea.ts";

/** Starts it in the composer, on what is written or on its BBCode. */
export function sceditor(mode: "written" | "source"): void {
  const textarea = document.createElement("textarea");
  textarea.name = "message";
  textarea.rows = 10;
  composer.append(textarea);
  window.sceditor.create(textarea, {
    format: "bbcode",
    emoticonsEnabled: false,
    startInSourceMode: mode === "source",
    style: "sceditor.css",
    toolbar: "bold,italic|source",
  });
  const editor = window.sceditor.instance(textarea);
  const frame = part<HTMLIFrameElement>("#composer iframe").contentWindow;
  if (frame) watchFrame(frame);
  offer({
    model: () => editor.val(),
    put(text, span) {
      editor.val(text);
      editor.focus();
      if (mode === "source") selectIn(part<HTMLTextAreaElement>(".sceditor-container > textarea"), span);
      else select(editor.getBody(), span);
    },
    rerender() {
      editor.updateOriginal();
    },
  });
}
