// The page's end of the wire: one question at a time in an envelope, answers checked before they are believed.

import {
    WIRE_VERSION, type Armed, type BackgroundToPage, type ComposerView, type InsertReport, type PageAnswer,
    type PageToBackground,
} from "./wire.ts";

/** The extension behind this page was updated or removed: nothing can be asked any more. */
export class Gone extends Error {}

/** The background could not answer this time; it may the next. */
export class Unanswered extends Error {}

/** What the page answers to the background. */
export type Report = InsertReport | ComposerView | Armed;

/** What the page does when the background asks. A promise is the answer that the background waits for. */
export type Handler = (message: BackgroundToPage) => Promise<Report> | undefined;

export class Background {
    private listener: MessageListener | null = null;

    constructor(private readonly runtime: ExtensionRuntime) {}

    /** Whether the extension that started this script still runs. */
    get alive(): boolean {
        return this.runtime.id !== undefined;
    }

    /** Throws `Gone` when this script must stop, `Unanswered` when the question may be put again. */
    async ask(body: PageToBackground): Promise<PageAnswer> {
        if (!this.alive) throw new Gone();
        let answer: unknown;
        try {
            answer = await this.runtime.sendMessage({ to: "background", from: "page", json: seal(body) });
        } catch (error) {
            if (!this.alive) throw new Gone();
            throw new Unanswered(String(error));
        }
        if (typeof answer !== "string") throw new Unanswered("no answer");
        const told = open<PageAnswer>(answer);
        if (told.kind === "later") {
            console.warn("Rejoinder:", told.why);
            throw new Unanswered(told.why);
        }
        return told;
    }

    /** Handles what the background asks; messages of the other channels are left to their own listeners. */
    listen(handler: Handler): void {
        this.deafen();
        this.listener = (message, _sender, answer) => {
            const json = addressed(message);
            if (json === null) return false;
            let report: Promise<Report> | undefined;
            try {
                report = handler(open<BackgroundToPage>(json));
            } catch (error) {
                console.warn("Rejoinder:", error);
                return false;
            }
            if (report === undefined) return false;
            void report.then((body) => answer(seal(body)));
            return true;
        };
        this.runtime.onMessage.addListener(this.listener);
    }

    /** Stops listening. */
    deafen(): void {
        if (this.listener === null) return;
        // An orphaned runtime throws on every call; its listeners are dead already.
        if (this.alive) this.runtime.onMessage.removeListener(this.listener);
        this.listener = null;
    }
}

function seal(body: PageToBackground | Report): string {
    return JSON.stringify({ wire: WIRE_VERSION, body });
}

function open<T>(json: string): T {
    let envelope: { wire?: unknown; body?: T };
    try {
        envelope = JSON.parse(json) as typeof envelope;
    } catch {
        throw new Gone();
    }
    // Another version means that the extension was replaced under this page: it must be reloaded, not misread.
    if (envelope.wire !== WIRE_VERSION || envelope.body === undefined) throw new Gone();
    return envelope.body;
}

function addressed(message: unknown): string | null {
    if (typeof message !== "object" || message === null) return null;
    const { to, json } = message as { to?: unknown; json?: unknown };
    return to === "page" && typeof json === "string" ? json : null;
}
