import EasyMDE from "easymde/dist/easymde.min.js";
import "easymde/dist/easymde.min.css";
import { composer, offer } from "../shared/contract.ts";
import { codeMirror5 } from "../setups/codemirror5.ts";

const element = document.createElement("textarea");
composer.append(element);
// Icons and dictionaries would come from the network.
const editor = new EasyMDE({ element, autoDownloadFontAwesome: false, spellChecker: false });
offer(codeMirror5(editor.codemirror));
