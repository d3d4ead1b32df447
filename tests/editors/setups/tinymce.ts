// TinyMCE under the GPL, whole in the page's own script: it would fetch its parts otherwise.

import tinymce, { type RawEditorOptions } from "tinymce";
import "tinymce/icons/default";
import "tinymce/models/dom";
import "tinymce/skins/ui/oxide/skin.css";
import "tinymce/themes/silver";
import { offer, watchFrame } from "../shared/contract.ts";
import { htmlOf, select, textOfHtml } from "../shared/lines.ts";

/** Starts it on an element. */
export async function tiny(target: HTMLElement, extra: RawEditorOptions): Promise<void> {
  const [editor] = await tinymce.init({
    target,
    license_key: "gpl",
    content_css: false,
    menubar: false,
    promotion: false,
    skin: false,
    toolbar: "bold italic",
    ...extra,
  });
  if (!editor) throw new Error("TinyMCE did not start");
  if (editor.getWin() !== window) watchFrame(editor.getWin());
  offer({
    model: () => textOfHtml(editor.getContent()),
    put(text, span) {
      editor.setContent(htmlOf(text, "p"));
      editor.focus();
      select(editor.getBody(), span);
      editor.undoManager.reset();
    },
    rerender() {
      editor.save();
      editor.nodeChanged();
    },
  });
}
