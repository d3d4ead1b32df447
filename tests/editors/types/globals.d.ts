// Editors that put themselves in the window, as far as they are used.

declare namespace CKEDITOR {
  interface Config {
    extraPlugins?: string;
    language?: string;
    toolbar?: string[][];
    versionCheck?: boolean;
  }
  interface Editor {
    readonly window: { readonly $: Window };
    editable(): { readonly $: HTMLElement };
    focus(): void;
    getData(): string;
    on(event: "contentDom" | "instanceReady", listener: () => void): void;
    resetUndo(): void;
    setData(html: string, options: { callback: () => void }): void;
    updateElement(): void;
  }
}

interface SCEditor {
  focus(): void;
  getBody(): HTMLElement;
  updateOriginal(): void;
  val(): string;
  val(bbcode: string): void;
}

interface Window {
  CKEDITOR: { replace(element: HTMLTextAreaElement, config: CKEDITOR.Config): CKEDITOR.Editor };
  CKEDITOR_BASEPATH: string;
  jQuery: JQueryStatic;
  sceditor: {
    create(element: HTMLTextAreaElement, options: Record<string, unknown>): void;
    instance(element: HTMLTextAreaElement): SCEditor;
  };
}

interface JQuery {
  summernote(options: { height: number; toolbar: [string, string[]][] }): this;
  summernote(command: "code" | "commit" | "saveRange", html?: unknown): unknown;
}

interface TrixEditorElement extends HTMLElement {
  readonly editor: {
    getDocument(): { toString(): string };
    insertString(text: string): void;
    loadHTML(html: string): void;
    setSelectedRange(range: [number, number]): void;
  };
  readonly editorController: { render(): void };
}

interface HTMLElementTagNameMap {
  "trix-editor": TrixEditorElement;
}
