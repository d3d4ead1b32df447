import CodeMirror from "codemirror-5";
import "codemirror-5/lib/codemirror.css";
import { composer, offer } from "../shared/contract.ts";
import { codeMirror5 } from "../setups/codemirror5.ts";

offer(codeMirror5(CodeMirror(composer, { lineWrapping: true })));
