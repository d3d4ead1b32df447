// The door of the side panel and of the options page: loads the wasm and lets it fill the page. Nothing is decided here.

import init, { start } from "rejoinder-panel";

interface Api {
    runtime: { getURL(path: string): string };
    i18n: { getMessage(key: string): string };
}

const browsers = globalThis as unknown as { browser?: Api; chrome?: Api };
const api = (browsers.browser ?? browsers.chrome) as Api;

init({ module_or_path: api.runtime.getURL("panel.wasm") })
    .then(() => start())
    .catch((error: unknown) => {
        console.error("Rejoinder could not start", error);
        const words = document.createElement("p");
        words.setAttribute("role", "alert");
        words.className = "notice bad";
        words.textContent = api.i18n.getMessage("start_failed");
        document.body.replaceChildren(words);
    });
