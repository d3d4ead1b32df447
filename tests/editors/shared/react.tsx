// A component in the composer, under a parent whose state can be changed to draw it again.

import { useState, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { composer } from "./contract.ts";

/** Draws a component; gives what draws it again. */
export function mount(draw: () => ReactElement): () => void {
  let again = (): void => undefined;
  function Reply(): ReactElement {
    const [, setTick] = useState(0);
    again = () => flushSync(() => setTick((tick) => tick + 1));
    return draw();
  }
  // Drawn at once: what an editor gives through a ref is needed to offer it.
  flushSync(() => createRoot(composer).render(<Reply />));
  return () => again();
}
