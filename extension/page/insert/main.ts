// The hands of the extension in one document: started when they are needed, beside the script that is the eyes. They
// find the reply box, wait for it, and type what the manager chose; they never click.

import { HANDS, type Scene, type World } from "../hands.ts";
import { Writer } from "./writer.ts";

(globalThis as World)[HANDS] = (scene: Scene) => new Writer(scene);
