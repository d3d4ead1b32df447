// CKEditor 4 at 4.22, the last version under an open licence, as forums of the time of Invision 4 set it up.

import "./ckeditor4-base.ts";
import "ckeditor4/ckeditor.js";
import { composer, offer, watchFrame } from "../shared/contract.ts";
import { htmlOf, select, textOfHtml } from "../shared/lines.ts";

/** Starts it in the composer. `extra`: what differs from one to another. */
export function ckeditor4(extra: CKEDITOR.Config): void {
  const source = document.createElement("textarea");
  source.name = "message";
  composer.append(source);
  const editor = window.CKEDITOR.replace(source, {
    language: "fr",
    // It would ask its maker's server whether there is a newer one.
    versionCheck: false,
    toolbar: [["Bold", "Italic", "Link"]],
    ...extra,
  });

  // With every new content its frame gets a new document, which forgets who listened to the one before.
  editor.on("contentDom", () => {
    if (editor.window.$ !== window) watchFrame(editor.window.$);
  });
  editor.on("instanceReady", () => {
    offer({
      model: () => textOfHtml(editor.getData()),
      async put(text, span) {
        await new Promise<void>((callback) => editor.setData(htmlOf(text, "p"), { callback }));
        editor.focus();
        select(editor.editable().$, span);
        editor.resetUndo();
      },
      rerender() {
        editor.updateElement();
      },
    });
  });
}
