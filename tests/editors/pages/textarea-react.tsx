// Controlled: React puts its state's value back at every drawing.

import { useState, type ReactElement } from "react";
import { flushSync } from "react-dom";
import { offer, part } from "../shared/contract.ts";
import { mount } from "../shared/react.tsx";
import { selectIn } from "../setups/textarea.ts";

let model = "";
let write = (_text: string): void => undefined;

function Message(): ReactElement {
  const [value, setValue] = useState("");
  model = value;
  write = (text) => flushSync(() => setValue(text));
  return (
    <textarea
      aria-label="Votre réponse"
      name="message"
      rows={6}
      value={value}
      onChange={(event) => setValue(event.target.value)}
    />
  );
}

const rerender = mount(() => <Message />);
offer({
  model: () => model,
  put(text, span) {
    write(text);
    selectIn(part<HTMLTextAreaElement>("#composer textarea"), span);
  },
  rerender,
});
