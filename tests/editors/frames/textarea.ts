// The document in the frame: a comment service's own, with its textarea.

import { selectIn, textarea } from "../setups/textarea.ts";
import type { Fill, Told } from "./messages.ts";

const element = textarea();
element.style.width = "100%";
document.body.append(element);

// Of whatever origin the thread is: it is test text.
const tell = (told: Told): void => parent.postMessage(told, "*");

element.addEventListener("input", () => tell({ kind: "model", text: element.value }));
addEventListener("blur", () => tell({ kind: "blurred" }));
addEventListener("keydown", (event) => event.key === "Enter" && tell({ kind: "entered" }), { capture: true });
addEventListener("message", ({ data, source }: MessageEvent<Fill>) => {
  if (source !== parent) return;
  element.value = data.text;
  selectIn(element, data.span);
  tell({ kind: "model", text: element.value });
  tell({ kind: "filled" });
});

// Once it is drawn: before, a click goes through the frame of another site.
requestAnimationFrame(() => requestAnimationFrame(() => tell({ kind: "started" })));
