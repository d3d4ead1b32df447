import autosize from "autosize";
import { composer, offer } from "../shared/contract.ts";
import { plain, textarea } from "../setups/textarea.ts";

const element = textarea();
element.rows = 1;
composer.append(element);
autosize(element);

const editor = plain(element);
offer({
  ...editor,
  async put(text, span) {
    await editor.put(text, span);
    autosize.update(element);
  },
  rerender() {
    autosize.update(element);
  },
});
