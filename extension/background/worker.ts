// The background's door. The browser wakes this script for an event and delivers it to the listeners that were
// registered synchronously while the script first ran; a listener that is added later, after wasm was loaded, would
// miss the very event it was started for. So every listener stands here, in plain script, and waits for the Rust core
// itself. Nothing is decided here.
//
// No top-level `await` and no `import()`: Chromium refuses both in a service worker.

import init, { Background } from "rejoinder-background";
import { kept } from "./kept.ts";

let started: Promise<Background> | undefined;

/** The core, started by the first event that needs it. */
function core(): Promise<Background> {
    if (!started) {
        const starting = start();
        started = starting;
        // Whoever asks next tries again: the browser may keep this script for as long as it is asked.
        starting.catch(() => (started = undefined));
    }
    return started;
}

async function start(): Promise<Background> {
    const module_or_path = chrome.runtime.getURL("background.wasm");
    const [found] = await Promise.all([kept(), init({ module_or_path })]);
    return Background.start(found?.database, found?.engine);
}

/** A failure must not look like an answer: nobody gets one, and the console says why. */
function tell(background: Promise<Background> | undefined, act: (background: Background) => unknown): void {
    background?.then(act).catch((error: unknown) => console.error("Rejoinder", error));
}

chrome.runtime.onMessage.addListener((message, sender, respond) => {
    if (message?.to !== "background" || typeof message.json !== "string") return false;
    core()
        .then((background) => background.message(String(message.from), message.json, sender))
        .then(respond, (error: unknown) => {
            console.error("Rejoinder", error);
            respond(undefined);
        });
    return true;
});

chrome.alarms.onAlarm.addListener((alarm) => tell(core(), (background) => background.alarm(alarm.name)));
chrome.storage.onChanged.addListener((_, area) => {
    if (area === "managed") tell(core(), (background) => background.policy_changed());
});
chrome.permissions.onRemoved.addListener(() => tell(core(), (background) => background.permissions_removed()));
chrome.runtime.onInstalled.addListener(() => tell(core(), (background) => background.installed()));
// Starting is enough: the core looks by itself whether a sync is due.
chrome.runtime.onStartup.addListener(() => tell(core(), () => undefined));

// Every page that is opened anywhere wakes this worker. A core that was not started knows no tab, so it has nothing to
// forget, and is not started for it.
chrome.tabs.onRemoved.addListener((tab) => tell(started, (background) => background.tab_removed(tab)));
chrome.tabs.onUpdated.addListener((tab, { status }) => {
    if (status) tell(started, (background) => background.tab_status(tab, status));
});

// The click also lends the extension the address of that tab (activeTab), from which the panel offers to enable the
// site. Chromium lends nothing when it opens the panel by itself (`openPanelOnActionClick`).
chrome.action.onClicked.addListener((tab) => {
    // Browsers open a panel in the click itself only, so this waits for nothing.
    if (BROWSER === "chromium") chrome.sidePanel.open({ windowId: tab.windowId }).catch(console.error);
    else chrome.sidebarAction.open().catch(console.error);
    const id = tab.id;
    if (id !== undefined) tell(core(), (background) => background.tab_status(id, "complete"));
});
