// What writes in reply boxes is a script of its own: most documents never need it. The background starts it in a document
// before it asks for what only hands can do. Both scripts are in the extension's own world, where no page sees them; the
// hands belong to the page's script that took them, and end with it.

import type { Adapter } from "./adapter.ts";
import type { Composer } from "./composer.ts";
import type { Known } from "./post.ts";
import type { Armed, BackgroundToPage, ComposerEvent, ComposerView, InsertReport } from "./wire.ts";

/** What the eyes know. */
export interface Scene {
    readonly composer: Composer;
    /** What knows the page's reply boxes; null: nothing does. */
    adapter(): Adapter | null;
    /** The posts that were met, in no order. */
    posts(): Iterable<Known>;
    /** Whether it is known what the page is now. */
    isKnown(): boolean;
    /** Brings an element before the manager's eyes. */
    show(element: Element): void;
    /** Says what happened to the reply box that a ticket is for. */
    tell(ticket: number, event: ComposerEvent): void;
}

/** An order of one kind. */
export type Order<K extends BackgroundToPage["kind"]> = Extract<BackgroundToPage, { kind: K }>;

export interface Hands {
    /** What the reply box holds. */
    look(order: Order<"look">): ComposerView;
    /** Puts a text in the reply box, until a `Date.now()`. */
    insert(order: Order<"insert">, until: number): Promise<InsertReport>;
    /** Waits for a reply box to be opened. */
    arm(order: Order<"arm">): Armed;
    /** Waits no more, and says nothing. */
    disarm(): void;
    /** It has become known what the page is. */
    stir(): void;
    /** The manager leaves the document. */
    hide(): void;
    /** The script stops. */
    stop(): void;
}

/** Where the hands are found in the scripts' own world. Started twice, the script of the hands puts the same there. */
export const HANDS = Symbol.for("rejoinder.hands");

/** The scripts' own world, where the hands may be. */
export interface World {
    [HANDS]?: (scene: Scene) => Hands;
}
