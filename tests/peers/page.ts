// The engine and its peers on the same posts and the same words, in one page. Nothing here is shipped.
//
// What each peer does differs, and the table says so: the engine folds, looks words up, evaluates every rule and judges the
// stance; a regular expression and an automaton only find words, as written in lower case; mark.js finds them with accents
// folded; harper.js lints English, which is what users know a Rust program in wasm by.

import start, { Bench, load } from "rejoinder-peers";
import { LocalLinter } from "harper.js";
import { slimBinary } from "harper.js/slimBinary";
import Mark from "mark.js";
import AhoCorasick from "modern-ahocorasick";

/** One line of the table. */
interface Measured {
  what: string;
  /** Milliseconds of the quickest of some runs: what the machine's other work added least to. */
  ms: number;
  /** Why it could not be measured. */
  failed?: string;
  /** How much of the text was read, 0 to 1. */
  share: number;
  /** How many of what it looks for were found. */
  found: number;
}

const BYTES = 1_000_000;

/** mark.js builds and runs one regular expression a word, so more words than these take minutes. */
const FEW = 100;

/** harper.js reads about a hundred times slower: a part of the text is enough. */
const LINTED = 20_000;

async function timed(what: string, runs: number, share: number, work: () => number | Promise<number>): Promise<Measured> {
  let ms = Number.MAX_VALUE;
  let found = 0;
  try {
    for (let run = 0; run < runs; run++) {
      const begun = performance.now();
      found = await work();
      ms = Math.min(ms, performance.now() - begun);
    }
  } catch (error) {
    // Firefox compiles no alternation of 10,000 words, for instance.
    return { what, ms: 0, share, found, failed: String(error) };
  }
  return { what, ms, share, found };
}

/** Every peer on one number of rules. `many`: without those that take minutes. */
async function beside(rules: number, slow: boolean): Promise<Measured[]> {
  const bench = new Bench(rules, BYTES);
  const [words, posts] = [bench.words(), bench.posts()];
  const lower = posts.map((post) => post.toLowerCase());
  const rows: Measured[] = [];
  rows.push(await timed("engine: findings with stance and why", 5, 1, () => bench.read()));
  rows.push(await timed("bare aho-corasick on text already folded, same wasm", 5, 1, () => bench.bare()));
  // Letters and digits of any script on neither side: `\b` knows ASCII only.
  const alternation = `(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`;
  let all: RegExp | undefined;
  const regexp = () => {
    all ??= new RegExp(alternation, "giu");
    return posts.reduce((sum, post) => sum + (post.match(all!)?.length ?? 0), 0);
  };
  rows.push(await timed("RegExp, one alternation", 3, 1, regexp));
  const automaton = new AhoCorasick(words);
  const search = () => lower.reduce((sum, post) => sum + automaton.search(post).length, 0);
  rows.push(await timed("modern-ahocorasick", 3, 1, search));
  if (slow) {
    const page = document.createElement("div");
    page.append(...posts.map((post) => Object.assign(document.createElement("p"), { textContent: post })));
    const marker = new Mark(page);
    // `filter` says no to every match: what is measured is finding, not writing into the page.
    const mark = (): number => {
      let found = 0;
      const filter = (): boolean => (found++, false);
      marker.mark(words, { separateWordSearch: false, diacritics: true, accuracy: "exactly", filter });
      return found;
    };
    rows.push(await timed("mark.js, matching only", 1, 1, mark));
  }
  bench.free();
  return rows;
}

/** Building and loading an engine of a thousand rules, and how scanning grows with the rules. */
async function alone(): Promise<Measured[]> {
  const thousand = new Bench(1_000, 0);
  const saved = thousand.save();
  const rows = [
    await timed("engine of 1,000 rules: build", 3, 1, () => thousand.build()),
    await timed("engine of 1,000 rules: load what was saved", 5, 1, () => load(saved)),
  ];
  thousand.free();
  for (const rules of [100, 10_000]) {
    const bench = new Bench(rules, BYTES);
    rows.push(await timed(`engine of ${rules.toLocaleString("en")} rules: read`, 5, 1, () => bench.read()));
    bench.free();
  }
  return rows;
}

async function linter(): Promise<Measured> {
  const harper = new LocalLinter({ binary: slimBinary });
  await harper.setup();
  const sentence = "Teh nurse said that he recieved the vaccine in the morning, and could of been ill. ";
  const text = sentence.repeat(Math.ceil(LINTED / sentence.length)).slice(0, LINTED);
  const lint = async (): Promise<number> => (await harper.lint(text)).length;
  return timed("harper.js, linting English", 1, LINTED / BYTES, lint);
}

declare global {
  interface Window {
    /** Measures everything; the tables, and what stopped a part of them. */
    measure(): Promise<{ title: string; rows: Measured[] }[]>;
  }
}

window.measure = async () => {
  await start({ module_or_path: new URL("peers.wasm", import.meta.url) });
  return [
    { title: `${FEW} rules, ${FEW * 10} words`, rows: [...(await beside(FEW, true)), await linter()] },
    { title: "1,000 rules, 10,000 words", rows: await beside(1_000, false) },
    { title: "the engine alone", rows: await alone() },
  ];
};
