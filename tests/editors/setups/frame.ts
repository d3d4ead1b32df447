// A comment service's frame in the thread, which tells the page what is written in it.

import type { Fill, Told } from "../frames/messages.ts";
import { composer, offer } from "../shared/contract.ts";

/** Puts the frame in the composer. */
export function framed(origin: string): void {
  const frame = document.createElement("iframe");
  frame.title = "Votre réponse";
  frame.style.cssText = "border: 0; width: 100%; height: 12em";
  // With the page's own question mark: what the server does to the page it does to the frame.
  frame.src = new URL(`frame.html${location.search}`, `${origin}${location.pathname}`).href;

  let model = "";
  let filled = (): void => undefined;

  const editor = {
    model: () => model,
    put(text: string, span: Fill["span"]): Promise<void> {
      const fill: Fill = { text, span };
      frame.focus();
      frame.contentWindow?.postMessage(fill, origin);
      return new Promise((done) => (filled = done));
    },
    rerender() {
      // What is in the frame is not the page's to draw.
    },
  };

  addEventListener("message", ({ data, source }: MessageEvent<Told>) => {
    if (source !== frame.contentWindow) return;
    switch (data.kind) {
      case "started":
        return offer(editor);
      case "model":
        model = data.text;
        return;
      case "filled":
        return filled();
      case "blurred":
        window.editor.blurs++;
        return;
      case "entered":
        window.editor.enters++;
        return;
    }
  });
  composer.append(frame);
}
