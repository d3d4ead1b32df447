// Places in a text, for editors that count characters and for editors that count lines.

/** Where `fill` leaves the caret; "all" selects the whole text. */
export type Where = "start" | "middle" | "end" | "all";

/** One place in a text whose lines are separated by `\n`. Everything is counted from 0, in UTF-16 units. */
export interface Spot {
  /** In the whole text, where a line separator counts one. */
  offset: number;
  line: number;
  /** In its line. */
  column: number;
}

/** A selection; both ends are the same for a caret. */
export interface Span {
  from: Spot;
  to: Spot;
}

/** The selection that `where` means in a text. */
export function spanOf(text: string, where: Where): Span {
  const [from, to] = offsets(text, where);
  return { from: spotAt(text, from), to: spotAt(text, to) };
}

function offsets(text: string, where: Where): [number, number] {
  switch (where) {
    case "start":
      return [0, 0];
    case "middle": {
      const middle = middleOf(text);
      return [middle, middle];
    }
    case "end":
      return [text.length, text.length];
    case "all":
      return [0, text.length];
  }
}

/** The start of the first word of the second half: never inside an emoji or another cluster of characters. */
function middleOf(text: string): number {
  const blank = text.indexOf(" ", Math.floor(text.length / 2));
  if (blank < 0) throw new Error("no blank in the second half of the text: it has no middle to put the caret");
  return blank + 1;
}

/** The place at an offset. */
export function spotAt(text: string, offset: number): Spot {
  const before = text.slice(0, offset).split("\n");
  return { offset, line: before.length - 1, column: before.at(-1)?.length ?? 0 };
}
