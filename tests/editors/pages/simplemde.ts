import SimpleMDE from "simplemde/dist/simplemde.min.js";
import "simplemde/dist/simplemde.min.css";
import { composer, offer } from "../shared/contract.ts";
import { codeMirror5 } from "../setups/codemirror5.ts";

const element = document.createElement("textarea");
composer.append(element);
// Icons and dictionaries would come from the network.
const editor = new SimpleMDE({ element, autoDownloadFontAwesome: false, spellChecker: false });
offer(codeMirror5(editor.codemirror));
