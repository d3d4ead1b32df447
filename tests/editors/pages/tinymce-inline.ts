import { composer } from "../shared/contract.ts";
import { tiny } from "../setups/tinymce.ts";

const target = document.createElement("div");
composer.append(target);
void tiny(target, { inline: true });
