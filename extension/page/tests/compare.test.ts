import { test } from "node:test";
import assert from "node:assert/strict";
import { compare, type Verdict } from "../insert/compare.ts";

interface Case {
    readonly name: string;
    readonly before: string;
    readonly after: string;
    readonly text: string;
    readonly literal?: boolean;
    readonly want: Verdict;
}

const TEXT = "Bonjour,\n\nLe vaccin ne donne pas l'autisme.\n— Anne, Santé publique";

const CASES: readonly Case[] = [
    { name: "into an empty box", before: "", after: TEXT, text: TEXT, want: "exact" },
    { name: "after older text", before: "Ancien.", after: `Ancien.\n\n${TEXT}`, text: TEXT, want: "exact" },
    { name: "before older text", before: "Ancien.", after: `${TEXT}\n\nAncien.`, text: TEXT, want: "exact" },
    { name: "in the middle", before: "Avant Après", after: `Avant \n\n${TEXT}\n\nAprès`, text: TEXT, want: "exact" },
    { name: "older text that is the same", before: TEXT, after: `${TEXT}\n\n${TEXT}`, text: TEXT, want: "exact" },
    { name: "older text that begins alike", before: "Bon", after: `Bon\n${TEXT}`, text: TEXT, want: "exact" },
    { name: "on the line of older text", before: "Bon", after: `Bon ${TEXT}`, text: TEXT, want: "other" },
    { name: "older text on its line", before: "Bon", after: `${TEXT}Bon`, text: TEXT, want: "other" },
    { name: "Windows line ends", before: "", after: TEXT.replaceAll("\n", "\r\n"), text: TEXT, want: "exact" },
    { name: "the editor's filler at the end", before: "\n", after: `${TEXT}\n\n\u200b`, text: TEXT, want: "exact" },
    { name: "emoji joined by ZWJ", before: "", after: "👩‍👧 ❤️", text: "👩‍👧 ❤️", want: "exact" },
    { name: "rich boxes exchange blanks", before: "", after: "vrai\u00a0?", text: "vrai ?", want: "exact" },
    { name: "text controls do not", before: "", after: "vrai ?", text: "vrai\u00a0?", literal: true, want: "other" },
    { name: "a no-break space kept", before: "", after: "vrai\u00a0?", text: "vrai\u00a0?", literal: true, want: "exact" },
    { name: "the narrow no-break space counts", before: "", after: "vrai ?", text: "vrai\u202f?", want: "other" },
    { name: "blank lines to borders", before: "", after: TEXT.replaceAll("\n\n", "\n"), text: TEXT, want: "paragraphs" },
    { name: "every line a paragraph", before: "", after: TEXT.replaceAll(/\n+/g, "\n\n"), text: TEXT, want: "paragraphs" },
    { name: "nothing happened", before: "Ancien.", after: "Ancien.\n", text: TEXT, want: "unchanged" },
    { name: "nothing happened to an empty box", before: "", after: "", text: TEXT, want: "unchanged" },
    { name: "lines run together", before: "", after: TEXT.replaceAll("\n", " "), text: TEXT, want: "other" },
    { name: "lines run together without blanks", before: "", after: TEXT.replaceAll("\n", ""), text: TEXT, want: "other" },
    { name: "two blanks made one", before: "", after: "a b", text: "a  b", want: "other" },
    { name: "a part only", before: "", after: TEXT.slice(0, -10), text: TEXT, want: "other" },
    { name: "twice", before: "", after: `${TEXT}\n\n${TEXT}`, text: TEXT, want: "other" },
    { name: "older text lost", before: "Ancien.", after: TEXT, text: TEXT, want: "other" },
    { name: "older text altered", before: "Ancien.", after: `Ancienne.\n\n${TEXT}`, text: TEXT, want: "other" },
    { name: "one letter altered", before: "", after: TEXT.replace("’", "'").replace("pas", "pos"), text: TEXT, want: "other" },
    { name: "lines in another order", before: "", after: "deux\nun", text: "un\ndeux", want: "other" },
    { name: "the manager typed meanwhile", before: "", after: `${TEXT} Ah`, text: TEXT, want: "other" },
];

for (const { name, before, after, text, literal, want } of CASES) {
    test(name, () => assert.equal(compare(before, after, text, literal ?? false), want));
}
