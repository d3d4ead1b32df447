// A site that draws its reply box again when it gets the focus, larger: the element that was focused is gone.

import { composer, offer } from "../shared/contract.ts";
import { plain, selectIn, textarea } from "../setups/textarea.ts";
import { spanOf } from "../shared/spot.ts";

let current = fresh("");
composer.append(current);

function fresh(value: string): HTMLTextAreaElement {
  const element = textarea();
  element.rows = 1;
  element.value = value;
  element.addEventListener("focus", grow, { once: true });
  return element;
}

function grow(): void {
  const { value } = current;
  const large = textarea();
  large.value = value;
  // Small again, to be drawn again at the next focus.
  large.addEventListener("blur", shrink, { once: true });
  replace(large);
  selectIn(large, spanOf(value, "end"));
}

function shrink(): void {
  replace(fresh(current.value));
}

function replace(next: HTMLTextAreaElement): void {
  const old = current;
  current = next;
  old.replaceWith(next);
}

offer({
  model: () => current.value,
  put(text, span) {
    current.focus();
    return plain(current).put(text, span);
  },
  rerender: () => plain(current).rerender(),
});
