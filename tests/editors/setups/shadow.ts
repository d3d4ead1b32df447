// A textarea in a web component.

import { composer, offer } from "../shared/contract.ts";
import { plain, textarea } from "./textarea.ts";

/** Puts the component in the composer. */
export function shadow(mode: ShadowRootMode): void {
  const host = document.createElement("reply-box");
  host.style.display = "block";
  const style = document.createElement("style");
  style.textContent = "textarea { box-sizing: border-box; width: 100% }";
  const element = textarea();
  host.attachShadow({ mode }).append(style, element);
  composer.append(host);
  offer(plain(element));
}
