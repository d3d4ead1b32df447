// Which editor a composer is, told from the marks that the editors leave in their own markup. One row per editor;
// the first that matches counts. What each one takes was measured; the comment says what must not be done to it.

/** Families of composers. */
export type Kind =
    | "textarea"
    | "codemirror5"
    | "draft"
    | "lexical"
    | "quill1"
    | "quill"
    | "slate"
    | "ckeditor"
    | "tinymce"
    | "froala"
    | "jodit"
    | "summernote"
    | "sceditor"
    | "medium"
    | "trix"
    | "codemirror6"
    | "prosemirror"
    | "plain";

const MARKS: readonly (readonly [Kind, string])[] = [
    // Its textarea is a mere keyhole, always empty: nothing could be read back. Needs its instance.
    ["codemirror5", ".CodeMirror"],
    // execCommand makes React unmount the whole composer.
    ["draft", ".public-DraftEditor-content, .DraftEditor-root"],
    // execCommand puts the lines out of order.
    ["lexical", "[data-lexical-editor]"],
    // A paste deletes what is selected and inserts nothing.
    ["quill1", ".ql-container:has(.ql-clipboard) .ql-editor"],
    ["quill", ".ql-editor"],
    ["slate", "[data-slate-editor]"],
    ["ckeditor", ".ck-editor__editable, .cke_editable"],
    ["tinymce", ".mce-content-body"],
    // Takes a paste only with HTML.
    ["froala", ".fr-element"],
    // A paste opens a dialog.
    ["jodit", ".jodit-wysiwyg"],
    ["summernote", ".note-editable"],
    // After a paste, undo takes the manager's own text and leaves ours.
    ["sceditor", ".sceditor-container *"],
    ["medium", ".medium-editor-element"],
    ["trix", "trix-editor"],
    ["codemirror6", ".cm-content"],
    // Plain pasted text may be parsed as Markdown; HTML is not.
    ["prosemirror", ".ProseMirror"],
];

/** The family of a composer. */
export function kindOf(element: Element): Kind {
    for (const [kind, mark] of MARKS) {
        if (element.closest(mark) === null) continue;
        // SCEditor's source view is an ordinary textarea.
        return kind === "sceditor" && element.nodeName === "TEXTAREA" ? "textarea" : kind;
    }
    return element.nodeName === "TEXTAREA" ? "textarea" : "plain";
}
