// Editors that keep a model of their own take a paste and turn it into their own steps.

import type { Box } from "../box.ts";
import { pasteOf, type Data } from "../transfer.ts";
import { whole, type Attempt, type Way } from "../way.ts";

/** Plain text. */
export const paste: Way = {
    name: "paste",
    insert: (box, words) => send(box, { "text/plain": whole(words) }),
};

/** Paragraphs, with the plain text beside them for those that prefer it. */
export const pasteParagraphs: Way = {
    name: "paste of paragraphs",
    insert: (box, words) => send(box, { "text/plain": whole(words), "text/html": html(words.text, words) }),
};

function send(box: Box, data: Data): Attempt {
    const { target } = box;
    // The browser does nothing of its own with such an event; if something prevents it, somebody took it.
    return target.dispatchEvent(pasteOf(target, data)) ? "ignored" : "claimed";
}

function html(text: string, { before, after }: { before: string; after: string }): string {
    const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    // HTML would make one of two blanks.
    const spaced = escaped.replace(/ {2,}/g, (run) => " \u00a0".repeat(run.length).slice(0, run.length));
    const paragraphs = spaced.split(/\n{2,}/).map((paragraph) => `<p>${paragraph.replace(/\n/g, "<br>")}</p>`);
    // An empty one joins what is there, so that the first of ours does not.
    return (before && "<p></p>") + paragraphs.join("") + (after && "<p></p>");
}
