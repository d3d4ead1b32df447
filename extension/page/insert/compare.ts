// Whether a text really is in a composer: whole, once, and with all that was there before.

/** What became of a text. */
export type Verdict =
    /** Character by character. */
    | "exact"
    /** Line by line; blank lines became paragraph borders. */
    | "paragraphs"
    /** The composer holds what it held before. */
    | "unchanged"
    /** Anything else: partial, altered, twice, or something of the older text is missing. */
    | "other";

/**
 * Compares a composer's text before and after. `literal` composers (text controls) keep every blank as it is; rich
 * ones exchange blanks and no-break spaces as they please, which is not held against them.
 */
export function compare(before: string, after: string, text: string, literal: boolean): Verdict {
    const had = normal(before, literal);
    const has = normal(after, literal);
    if (had === has) return "unchanged";
    const wanted = normal(text, literal);
    if (wanted === "") return "other";
    let lines = false;
    for (const [start, end] of regions(had, has, wanted)) {
        // On a line with other words it would read as theirs.
        if (/\S[^\S\n]*$/.test(has.slice(0, start)) || /^[^\S\n]*\S/.test(has.slice(end))) continue;
        const inserted = normal(has.slice(start, end), literal);
        if (inserted === wanted) return "exact";
        lines ||= filled(inserted) === filled(wanted);
    }
    return lines ? "paragraphs" : "other";
}

/** Where in `has` the text can stand, when all other letters are those of `had`, in their order. */
function* regions(had: string, has: string, wanted: string): Generator<readonly [number, number]> {
    const older = letters(had);
    const newer = letters(has);
    const text = letters(wanted);
    if (newer.length !== older.length + text.length) return;
    let prefix = 0;
    while (prefix < older.length && older[prefix] === newer[prefix]) prefix++;
    let suffix = 0;
    while (suffix < older.length && older[older.length - 1 - suffix] === newer[newer.length - 1 - suffix]) suffix++;
    const places = positions(has);
    for (let at = older.length - suffix; at <= prefix; at++) {
        if (!newer.startsWith(text, at)) continue;
        yield [places[at]!, places[at + text.length - 1]! + 1];
    }
}

/** Line ends, invisible fillers and blanks at line ends are the editor's own affair. */
function normal(text: string, literal: boolean): string {
    let out = text.replace(/\r\n?/g, "\n");
    if (!literal) out = out.replace(/\u00a0/g, " ");
    return out
        .replace(/[\u200b\ufeff\u2060]/g, "")
        .replace(/[ \t]+$/gm, "")
        .replace(/^\n+|\n+$/g, "");
}

function letters(text: string): string {
    return text.replace(/\s/g, "");
}

/** Offset in the text of each of its letters. */
function positions(text: string): number[] {
    const places: number[] = [];
    for (let i = 0; i < text.length; i++) if (!/\s/.test(text[i]!)) places.push(i);
    return places;
}

function filled(text: string): string {
    return text.split("\n").filter((line) => line.trim() !== "").join("\n");
}
