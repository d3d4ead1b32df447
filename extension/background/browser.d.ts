// The few browser interfaces that the worker touches, as both browsers have them. The rest is typed in Rust.

declare namespace chrome {
    interface Listeners<Listener> {
        addListener(listener: Listener): void;
    }
    const runtime: {
        getURL(path: string): string;
        onMessage: Listeners<(message: any, sender: unknown, respond: (answer: unknown) => void) => boolean>;
        onInstalled: Listeners<() => void>;
        onStartup: Listeners<() => void>;
    };
    const alarms: { onAlarm: Listeners<(alarm: { name: string }) => void> };
    const tabs: {
        onRemoved: Listeners<(tab: number) => void>;
        onUpdated: Listeners<(tab: number, change: { status?: string }) => void>;
    };
    const storage: { onChanged: Listeners<(changes: unknown, area: string) => void> };
    const permissions: { onRemoved: Listeners<() => void> };
    const action: { onClicked: Listeners<(tab: { id?: number; windowId: number }) => void> };
    /** Chromium only. */
    const sidePanel: { open(where: { windowId: number }): Promise<void> };
    /** Firefox only. */
    const sidebarAction: { open(): Promise<void> };
}

/** Set by the build: each bundle holds its own browser's half alone. */
declare const BROWSER: "chromium" | "firefox";

// What `src/background/src/lib.rs` exports.
declare module "rejoinder-background" {
    export class Background {
        static start(database: IDBDatabase | undefined, engine: Uint8Array | undefined): Promise<Background>;
        message(from: string, json: string, sender: unknown): Promise<string | undefined>;
        alarm(name: string): Promise<void>;
        tab_removed(tab: number): void;
        tab_status(tab: number, status: string): Promise<void>;
        permissions_removed(): Promise<void>;
        installed(): Promise<void>;
        policy_changed(): Promise<void>;
    }
    export default function init(options: { module_or_path: string }): Promise<unknown>;
}
