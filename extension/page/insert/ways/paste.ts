// Editors that keep a model of their own take a paste and turn it into their own steps.

import type { Box } from "../box.ts";
import { carrying, type Data } from "../transfer.ts";
import { spaced, whole, type Attempt, type Way } from "../way.ts";

/** Plain text. */
export const paste: Way = {
    name: "paste",
    insert: (box, words) => send(box, { "text/plain": whole(words) }),
};

/** Paragraphs, with the plain text beside them for those that prefer it. */
export const pasteParagraphs: Way = {
    name: "paragraphs",
    insert: (box, words) => send(box, { "text/plain": whole(words), "text/html": html(words.text, words) }),
};

/** For editors that own their text and listen to `beforeinput` alone. */
export const announcedPaste: Way = {
    name: "announced",
    insert: (box, words) => send(box, { "text/plain": whole(words) }, "beforeinput"),
};

function send({ target }: Box, data: Data, type: "paste" | "beforeinput" = "paste"): Attempt {
    // The browser does nothing of its own with such an event; if something prevents it, somebody took it.
    return target.dispatchEvent(carrying(type, target, data)) ? "ignored" : "claimed";
}

function html(text: string, { before, after }: { before: string; after: string }): string {
    const escaped = text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
    const paragraphs = spaced(escaped).split(/\n{2,}/).map((paragraph) => `<p>${paragraph.replace(/\n/g, "<br>")}</p>`);
    // An empty one joins what is there, so that the first of ours does not.
    return (before && "<p></p>") + paragraphs.join("") + (after && "<p></p>");
}
