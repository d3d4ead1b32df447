// The hands of the extension in one document: started when they are needed, beside the script that is the eyes. They
// find the reply box and type what the manager chose, and never click.

import { HANDS, type Hands, type Order, type Scene, type World } from "../hands.ts";
import type { Armed, ComposerView, InsertReport } from "../wire.ts";
import { Belonging } from "./belonging.ts";
import { find, type Found } from "./find.ts";
import { insert } from "./index.ts";

class Writer implements Hands {
    constructor(private readonly scene: Scene) {}

    look(): ComposerView {
        return { open: false, text: "" };
    }

    insert({ post, text, there }: Order<"insert">): Promise<InsertReport> {
        return insert(this.find(post, there), text, this.scene.composer);
    }

    arm(): Armed {
        return {};
    }

    disarm(): void {}

    stir(): void {}

    hide(): void {}

    stop(): void {}

    private find(post: number, there: boolean): Found {
        const { composer } = this.scene;
        return find({ composer, adapter: this.scene.adapter(), belonging: this.belonging(post), there, opened: null });
    }

    private belonging(id: number): Belonging {
        const posts = [...this.scene.posts()];
        return new Belonging(posts, id === 0 ? null : posts.find((post) => post.id === id));
    }
}

(globalThis as World)[HANDS] = (scene) => new Writer(scene);
