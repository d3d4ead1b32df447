import { test } from "node:test";
import assert from "node:assert/strict";
import { familyOf } from "../insert/family.ts";
import { page } from "./dom.ts";

/** The composer has the id `box`. */
const CASES: readonly (readonly [html: string, want: string])[] = [
    ['<textarea id="box"></textarea>', "textarea"],
    ['<div id="box" contenteditable></div>', "editable"],
    ['<div class="CodeMirror"><textarea id="box"></textarea></div>', "CodeMirror 5"],
    ['<div class="DraftEditor-root"><div id="box" contenteditable class="public-DraftEditor-content"></div></div>', "Draft.js"],
    ['<div id="box" contenteditable data-lexical-editor="true"></div>', "Lexical"],
    ['<div class="ql-container"><div id="box" contenteditable class="ql-editor"></div><div class="ql-clipboard"></div></div>', "Quill 1"],
    ['<div class="ql-container"><div id="box" contenteditable class="ql-editor"></div></div>', "Quill"],
    ['<div id="box" contenteditable data-slate-editor="true"></div>', "Slate"],
    ['<div id="box" contenteditable class="ck ck-editor__editable"></div>', "CKEditor 5"],
    ['<div id="box" contenteditable class="mce-content-body"></div>', "TinyMCE"],
    ['<div id="box" contenteditable class="fr-element"></div>', "Froala"],
    ['<div class="sceditor-container"><iframe></iframe><textarea id="box"></textarea></div>', "textarea"],
    ['<div id="box" contenteditable class="cm-content"></div>', "CodeMirror 6"],
    ['<div id="box" contenteditable class="tiptap ProseMirror"></div>', "ProseMirror"],
];

for (const [html, want] of CASES) {
    test(`${want}: ${html}`, () => {
        const box = page(html).getElementById("box");
        assert.ok(box);
        assert.equal(familyOf(box).name, want);
    });
}
