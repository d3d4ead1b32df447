// The few extension calls that the page's script makes. Both browsers give promises under both names.

interface ExtensionRuntime {
    /** Gone once the extension was updated, reloaded or removed while this page stayed open. */
    readonly id?: string;
    sendMessage(message: unknown): Promise<unknown>;
    readonly onMessage: {
        addListener(listener: MessageListener): void;
        removeListener(listener: MessageListener): void;
    };
}

/** Returning true keeps the channel open until `answer` is called. */
type MessageListener = (message: unknown, sender: unknown, answer: (value: string) => void) => boolean;

declare const chrome: {
    readonly runtime: ExtensionRuntime;
    /** Chromium's way into closed shadow trees; needs no permission. Throws for what is not an HTML element. */
    readonly dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null };
};

interface Element {
    /** Firefox's way into closed shadow trees. */
    readonly openOrClosedShadowRoot?: ShadowRoot | null;
}

interface Window {
    /** Firefox: the page's own view of its window. Chromium has none and needs none. */
    readonly wrappedJSObject?: Window & typeof globalThis;
}

interface Document {
    /** Chromium: the page is being drawn ahead of a visit that may never come. */
    readonly prerendering?: boolean;
}
