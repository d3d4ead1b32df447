// What is used of packages that bring no types of their own.

declare module "*.css";

declare module "autosize" {
  function autosize(element: HTMLTextAreaElement): void;
  namespace autosize {
    function update(element: HTMLTextAreaElement): void;
  }
  export default autosize;
}

declare module "codemirror-5" {
  import type { CodeMirror } from "../setups/codemirror5.ts";
  export default function create(place: HTMLElement, options: { lineWrapping: boolean }): CodeMirror;
}

declare module "easymde/dist/easymde.min.js" {
  import type { CodeMirror } from "../setups/codemirror5.ts";
  export default class MarkdownEditor {
    constructor(options: { element: HTMLTextAreaElement; autoDownloadFontAwesome: boolean; spellChecker: boolean });
    readonly codemirror: CodeMirror;
  }
}

declare module "jodit/es2021/jodit.min.js" {
  export { Jodit } from "jodit";
}

declare module "medium-editor" {
  export default class MediumEditor {
    constructor(element: HTMLElement, options: { placeholder: { text: string } });
    getContent(): string;
    setContent(html: string): void;
    checkContentChanged(element: HTMLElement): void;
  }
}

declare module "quill-1/dist/quill.js" {
  const create: new (element: HTMLElement, options: { theme: string }) => import("../setups/quill.ts").Quill;
  export default create;
}

declare module "simplemde/dist/simplemde.min.js" {
  export { default } from "easymde/dist/easymde.min.js";
}
