// The background's door. The browser wakes this script for an event and delivers it to the listeners that were
// registered synchronously while the script first ran; a listener that is added later, after wasm was loaded, would
// miss the very event it was started for. So every listener stands here, in plain script, and waits for the Rust core
// itself. Nothing is decided here.
//
// No top-level `await` and no `import()`: Chromium refuses both in a service worker.

import init, { Background } from "rejoinder-background";

const ready: Promise<Background> = init({ module_or_path: chrome.runtime.getURL("background.wasm") }).then(() =>
    Background.start(),
);
ready.catch((error: unknown) => console.error("Rejoinder could not start", error));

// A failure here must not look like an answer: the asker gets nothing, and the console says why.
function tell(act: (background: Background) => unknown): void {
    ready.then(act).catch((error: unknown) => console.error("Rejoinder", error));
}

chrome.runtime.onMessage.addListener((message, sender, respond) => {
    if (message?.to !== "background" || typeof message.json !== "string") return false;
    ready
        .then((background) => background.message(String(message.from), message.json, sender))
        .then(respond, (error: unknown) => {
            console.error("Rejoinder", error);
            respond(undefined);
        });
    return true;
});

chrome.alarms.onAlarm.addListener((alarm) => tell((background) => background.alarm(alarm.name)));
chrome.tabs.onRemoved.addListener((tab) => tell((background) => background.tab_removed(tab)));
chrome.tabs.onUpdated.addListener((tab, change) => {
    if (change.status) tell((background) => background.tab_status(tab, change.status as string));
});
chrome.permissions.onRemoved.addListener(() => tell((background) => background.permissions_removed()));
chrome.runtime.onInstalled.addListener(() => tell((background) => background.installed()));
// Waking is enough: the core looks at start whether a sync is due.
chrome.runtime.onStartup.addListener(() => tell(() => undefined));

// The click also lends the extension the address of that tab (activeTab), from which the panel offers to enable the
// site. Chromium lends nothing when it opens the panel by itself (`openPanelOnActionClick`).
chrome.action.onClicked.addListener((tab) => {
    // Browsers open a panel in the click itself only, so this waits for nothing.
    if (BROWSER === "chromium") chrome.sidePanel.open({ windowId: tab.windowId }).catch(console.error);
    else chrome.sidebarAction.open().catch(console.error);
    const id = tab.id;
    if (id !== undefined) tell((background) => background.tab_status(id, "complete"));
});
