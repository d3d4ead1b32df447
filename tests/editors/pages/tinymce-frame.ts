import { composer } from "../shared/contract.ts";
import { tiny } from "../setups/tinymce.ts";

const source = document.createElement("textarea");
source.name = "message";
composer.append(source);
void tiny(source, { height: 240 });
