// Editors that are written in the same way, told from the marks that they leave in their own markup.

import { holder } from "../reach.ts";
import { ckeditor4, ckeditor5 } from "./families/ckeditor.ts";
import { codemirror5 } from "./families/codemirror-5.ts";
import { codemirror6 } from "./families/codemirror-6.ts";
import { draft } from "./families/draft.ts";
import { froala } from "./families/froala.ts";
import { jodit } from "./families/jodit.ts";
import { lexical } from "./families/lexical.ts";
import { medium } from "./families/medium.ts";
import { plain } from "./families/plain.ts";
import { prosemirror } from "./families/prosemirror.ts";
import { quill1, quill2 } from "./families/quill.ts";
import { sceditor } from "./families/sceditor.ts";
import { slate } from "./families/slate.ts";
import { summernote } from "./families/summernote.ts";
import { textarea } from "./families/textarea.ts";
import { tinymce } from "./families/tinymce.ts";
import { trix } from "./families/trix.ts";
import type { Surface } from "./surface.ts";
import type { Way } from "./way.ts";

export interface Family {
    /** For the report. */
    readonly name: string;
    /** Selector of what a composer of the family is or lies in; if it does not, the next family is asked. */
    readonly mark: string;
    /** Unless it is an editable element like any other. */
    readonly surface?: Surface;
    /** What it takes, the best first. All that was measured to do harm is left out. */
    readonly ways: readonly Way[];
    /** An unknown page may do anything with what it took, later too: then nothing else may be tried. */
    readonly unknown?: boolean;
}

/** In the order in which they are asked. */
const FAMILIES: readonly Family[] = [
    codemirror5, textarea, draft, lexical, quill1, quill2, slate, ckeditor5, ckeditor4, tinymce, froala, jodit, summernote, sceditor,
    medium, trix, codemirror6, prosemirror,
];

/** The family of a composer. */
export function familyOf(box: Element): Family {
    // What is in a frame is marked there or at the frame.
    const places = [box, holder(box)];
    return FAMILIES.find(({ mark }) => places.some((place) => place?.closest(mark))) ?? plain;
}
