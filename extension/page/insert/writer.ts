// What the background may ask of the hands, and what they tell of the boxes afterwards.

import type { Hands, Order, Scene } from "../hands.ts";
import type { Known } from "../post.ts";
import type { Armed, ComposerView, InsertReport } from "../wire.ts";
import { Belonging } from "./belonging.ts";
import { visible } from "./boxes.ts";
import { familyOf } from "./family.ts";
import { find, type Found } from "./find.ts";
import { insert } from "./index.ts";
import { Kept } from "./kept.ts";
import { openerOf, wordsOn } from "./opener.ts";
import { editable } from "./surfaces/editable.ts";
import { Wait } from "./wait.ts";

/** UTF-16 units at the start of a post that stay when more of it is shown: other ones are of another post. */
const START = 30;

/** A box that was opened for a post. */
interface Opened {
    readonly post: number;
    readonly box: WeakRef<HTMLElement>;
}

export class Writer implements Hands {
    private wait: Wait | null = null;
    private opened: Opened | null = null;
    private readonly kept = new Map<number, Kept>();

    constructor(private readonly scene: Scene) {}

    look({ post, there }: Order<"look">): ComposerView {
        const found = this.find(post, there);
        if ("none" in found) return { open: false, closed: found.none !== "no_composer", text: "" };
        const surface = familyOf(found.box).surface ?? editable;
        return { open: true, closed: false, text: surface.read(found.box) ?? "" };
    }

    async insert({ post, ticket, text, there }: Order<"insert">, until: number): Promise<InsertReport> {
        return insert(this.find(post, there), text, this.scene.composer, until, (box, words) => {
            this.kept.get(ticket)?.stop();
            const kept = new Kept(box, words, () => {
                this.kept.delete(ticket);
                this.scene.tell(ticket, "emptied");
            });
            this.kept.set(ticket, kept);
        });
    }

    arm({ post: id, ticket, patience }: Order<"arm">): Armed {
        this.disarm();
        this.opened = null;
        const posts = this.posts();
        const post = id === 0 ? null : posts.find((known) => known.id === id);
        if (post === undefined) return { waits: false };
        const opener = openerOf(this.scene.adapter(), post?.element ?? null, new Belonging(posts, post));
        if (opener !== null) this.scene.show(opener);
        const address = location.href;
        const start = post?.words.slice(0, START) ?? "";
        const isThere = (): boolean => {
            if (post === null) return location.href === address;
            const { element } = post;
            if (!element.isConnected) return false;
            // Some sites have an address for the dialog in which a post is answered.
            if (location.href !== address && !visible(element)) return false;
            // Long threads are drawn in a few elements that take one post after the other.
            const now = this.of(element)?.words ?? "";
            return now === "" || now.startsWith(start) || start.startsWith(now.slice(0, START));
        };
        this.wait = new Wait(
            {
                belonging: () => {
                    if (!this.scene.isKnown()) return null;
                    const now = this.posts();
                    return new Belonging(now, post && now.find(({ element }) => element === post.element));
                },
                isThere,
                opened: (box, event) => {
                    if (event === "opened") this.opened = { post: id, box: new WeakRef(box) };
                    this.scene.tell(ticket, event);
                },
                ended: (event) => this.scene.tell(ticket, event),
            },
            patience,
        );
        const opens = opener === null ? undefined : wordsOn(opener);
        return opens === undefined ? { waits: true } : { waits: true, opener: opens };
    }

    disarm(): void {
        this.wait?.stop();
        this.wait = null;
    }

    stir(): void {
        this.wait?.stir();
    }

    hide(): void {
        this.wait?.finish("timed_out");
        this.disarm();
        for (const kept of [...this.kept.values()]) kept.leave();
    }

    stop(): void {
        this.wait?.finish("timed_out");
        this.disarm();
        for (const kept of this.kept.values()) kept.stop();
        this.kept.clear();
    }

    private find(id: number, there: boolean): Found {
        const opened = this.opened?.post === id ? (this.opened.box.deref() ?? null) : null;
        const posts = this.posts();
        const belonging = new Belonging(posts, id === 0 ? null : posts.find((post) => post.id === id));
        return find({ composer: this.scene.composer, adapter: this.scene.adapter(), belonging, there, opened });
    }

    /** The posts that were met, and those that were drawn a moment ago. */
    private posts(): Known[] {
        const posts = [...this.scene.posts()];
        const met = new Set(posts.map(({ element }) => element));
        for (const element of this.scene.adapter()?.posts(document) ?? []) {
            if (!met.has(element)) posts.push({ id: 0, element, reading: null, words: "", sent: "", marks: [] });
        }
        return posts;
    }

    private of(element: Element): Known | undefined {
        for (const post of this.scene.posts()) if (post.element === element) return post;
        return undefined;
    }
}
