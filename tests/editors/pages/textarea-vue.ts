import { createApp, h, nextTick, ref, vModelText, withDirectives } from "vue";
import { composer, offer, part } from "../shared/contract.ts";
import { selectIn } from "../setups/textarea.ts";

const message = ref("");
const tick = ref(0);

// What the template `<textarea v-model="message">` compiles to: the templates' compiler needs `eval`, which pages with
// a security policy do without.
const write = { "onUpdate:modelValue": (text: string) => (message.value = text) };
const attributes = { ...write, name: "message", rows: 6, "aria-label": "Votre réponse" };
createApp(() =>
  withDirectives(h("textarea", { ...attributes, "data-tick": tick.value }), [[vModelText, message.value]]),
).mount(composer);

offer({
  model: () => message.value,
  async put(text, span) {
    message.value = text;
    await nextTick();
    selectIn(part<HTMLTextAreaElement>("#composer textarea"), span);
  },
  rerender() {
    tick.value++;
  },
});
