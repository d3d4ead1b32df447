// A line that looks like a reply box; a click puts the real editor in its place. There is none before.

import { schema } from "prosemirror-schema-basic";
import { composer, offer, type Editor } from "../shared/contract.ts";
import { proseMirror, start } from "../setups/prosemirror.ts";

let opened: Editor | undefined;

const stub = document.createElement("button");
stub.type = "button";
stub.className = "stub";
stub.textContent = "Écrire une réponse…";
stub.addEventListener("click", () => open());
composer.append(stub);

function open(): Editor {
  if (opened) return opened;
  stub.remove();
  const view = start(schema);
  view.focus();
  opened = proseMirror(view);
  return opened;
}

offer({
  model: () => opened?.model() ?? "",
  put: (text, span) => open().put(text, span),
  rerender: () => opened?.rerender(),
});
