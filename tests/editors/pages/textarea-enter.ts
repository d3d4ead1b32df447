// Enter sends, Shift+Enter breaks the line.

import { composer, offer, submit } from "../shared/contract.ts";
import { plain, textarea } from "../setups/textarea.ts";

const element = textarea();
element.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});
composer.append(element);
offer(plain(element));
