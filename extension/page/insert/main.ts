// The hands of the extension in one document: started when they are needed, beside the script that is the eyes. They
// find the reply box and type what the manager chose, and never click.

import { HANDS, type Hands, type Order, type Scene, type World } from "../hands.ts";
import type { Known } from "../post.ts";
import type { Armed, ComposerView, InsertReport } from "../wire.ts";
import { find } from "./find.ts";
import { insert } from "./index.ts";

class Writer implements Hands {
    constructor(private readonly scene: Scene) {}

    look(): ComposerView {
        return { open: false, text: "" };
    }

    insert({ post, text }: Order<"insert">): Promise<InsertReport> {
        const { composer } = this.scene;
        return insert(find(composer, this.scene.adapter(), this.post(post)?.element ?? null), text, composer);
    }

    arm(): Armed {
        return {};
    }

    disarm(): void {}

    stir(): void {}

    hide(): void {}

    stop(): void {}

    private post(id: number): Known | null {
        for (const post of this.scene.posts()) if (post.id === id) return post;
        return null;
    }
}

(globalThis as World)[HANDS] = (scene) => new Writer(scene);
