// Generated from src/wire by `cargo xtask types`. Do not edit: `cargo xtask test` checks that it is current.

export const WIRE_VERSION = 1;

export type Envelope<T> = { 
/**
 * [`WIRE_VERSION`] of the sender.
 */
wire: number, 
/**
 * The message.
 */
body: T, };

export type PartKind = "own" | "quote" | "title" | "parent" | "root";

export type Part = { 
/**
 * Whose words these are.
 */
kind: PartKind, 
/**
 * The text as shown. A line break is `\n`, a block border `\n\n`.
 */
text: string, };

export type Facts = { 
/**
 * Address of the page.
 */
url?: string, 
/**
 * Country or jurisdiction of the site (`FR`, `CA-QC`).
 */
country?: string, 
/**
 * What kind of page it stands on: `forum`, `video`, `feed`, `comment`.
 */
source?: string, 
/**
 * Place in its thread; 1 is the first post.
 */
position?: number, 
/**
 * Whether it answers another post.
 */
reply?: boolean, 
/**
 * Days since it was written.
 */
age?: number, 
/**
 * Days since the last post of its thread.
 */
last?: number, 
/**
 * Replies.
 */
replies?: number, 
/**
 * Views.
 */
views?: number, 
/**
 * Approvals.
 */
likes?: number, 
/**
 * Whether its reactions are many beside those of the other posts of the page.
 */
engaging?: boolean, 
/**
 * Addresses of its links to other sites.
 */
links?: Array<string>, 
/**
 * Whether it has an image or video.
 */
media?: boolean, 
/**
 * Whether the team has answered it.
 */
answered?: boolean, 
/**
 * Whether it links to an official source.
 */
official?: boolean, };

export type Post = { 
/**
 * Number given by the page's script, unique in its document.
 */
id: number, 
/**
 * The texts of the post in reading order.
 */
parts: Array<Part>, 
/**
 * What is known of it beside its text.
 */
facts?: Facts, };

export type FindingKind = "claim" | "signal";

export type Stance = "asserts" | "asks" | "denies" | "quotes" | "testifies" | "jokes" | "uncertain";

export type RiskLevel = "none" | "low" | "medium" | "high";

export type Span = { 
/**
 * Index in [`crate::Post::parts`].
 */
part: number, 
/**
 * First UTF-16 unit.
 */
start: number, 
/**
 * UTF-16 unit after the last.
 */
end: number, };

export type Word = { 
/**
 * As written in the post.
 */
text: string, 
/**
 * The pattern of the query that it matched.
 */
pattern: string, 
/**
 * What folding made of it, when that differs from its lower case (`v@cc1n` → `vaccin`).
 */
folded: string | null, };

export type CueScope = "before" | "after" | "inside" | "last_sentence" | "next_sentence" | "sentence" | "post";

export type CueSeen = { 
/**
 * The stance it points to.
 */
stance: Stance, 
/**
 * As written in the post (`?` for a question mark, empty for a quotation mark-up).
 */
text: string, 
/**
 * Where, when it is text.
 */
span: Span | null, 
/**
 * Where the claim stands from it.
 */
scope: CueScope, };

export type Why = { 
/**
 * Id of the pack that holds the rule.
 */
pack: string, 
/**
 * Version of that pack.
 */
version: string, 
/**
 * The words that matched, as written in the post, and what they were read as.
 */
words: Array<Word>, 
/**
 * Words from the first to the last matched one (0: one word), when there are several.
 */
distance: number | null, 
/**
 * The cues that decided the stance; empty: none was seen.
 */
cues: Array<CueSeen>, };

export type Finding = { 
/**
 * [`crate::Post::id`] of the post.
 */
post: number, 
/**
 * Id of the claim, as in its pack.
 */
claim: string, 
/**
 * The claim in one sentence, in the pack's language.
 */
title: string, 
/**
 * Id of the topic of the claim.
 */
topic: string, 
/**
 * Whether it is a risky statement, or a sign that somebody is in danger.
 */
kind: FindingKind, 
/**
 * Whether who puts it forward may be in distress.
 */
distress: boolean, 
/**
 * What the poster does with the claim.
 */
stance: Stance, 
/**
 * Risk after the stance was taken into account.
 */
risk: RiskLevel, 
/**
 * The words that carry the finding, in reading order, never overlapping.
 */
spans: Array<Span>, 
/**
 * The explanation that the manager can open.
 */
why: Why, };

export type Mark = { 
/**
 * [`crate::Post::id`] of the post.
 */
post: number, 
/**
 * Where in the post.
 */
span: Span, 
/**
 * Which of the underline styles.
 */
risk: RiskLevel, };

export type Site = { 
/**
 * Stable id, never reused.
 */
id: string, 
/**
 * Name of the site or software, for people.
 */
name: string, 
/**
 * The adapter is for pages in which this matches something.
 */
detect: string, 
/**
 * One element per post.
 */
post: string, 
/**
 * Inside the post (or the post itself if nothing matches): the element that holds the text. The first that
 * does not lie in a nested post counts.
 */
body: string, 
/**
 * Inside the body: other people's words.
 */
quote: Array<string>, 
/**
 * Inside the body: not words of a post at all (signatures, buttons, hidden twins, "X wrote:").
 */
drop: Array<string>, 
/**
 * The reply boxes, best first.
 */
composer: Array<string>, 
/**
 * Nothing is drawn in the page; findings only in the panel.
 */
discreet: boolean, 
/**
 * Where the selectors were seen (version of the software, page).
 */
evidence: string, 
/**
 * When, as `YYYY-MM-DD`.
 */
seen: string, };

export type MarkNames = { 
/**
 * Denied or quoted: dotted grey.
 */
none: string, 
/**
 * Low risk: dotted.
 */
low: string, 
/**
 * Medium risk: wavy.
 */
medium: string, 
/**
 * High risk: thick double.
 */
high: string, 
/**
 * Background of the post that the panel points to, for a moment.
 */
flash: string, };

export type PageToBackground = { "kind": "hello", 
/**
 * Names under which this document will register its highlights; the background styles them.
 */
marks: MarkNames, } | { "kind": "read", 
/**
 * Id of the adapter in use.
 */
site: string, 
/**
 * The posts, at most a slice's worth.
 */
posts: Array<Post>, };

export type PageAnswer = { "kind": "orders", 
/**
 * False: this site is not enabled; do nothing at all.
 */
enabled: boolean, 
/**
 * Adapters to try, in order; the last is the generic one.
 */
sites: Array<Site>, } | { "kind": "reading", 
/**
 * What to paint.
 */
marks: Array<Mark>, } | { "kind": "refused", 
/**
 * Why, for the console.
 */
why: string, };

export type BackgroundToPage = { "kind": "reread" } | { "kind": "show", 
/**
 * Its id.
 */
post: number, } | { "kind": "insert", 
/**
 * The post that is answered.
 */
post: number, 
/**
 * The text, `\n` for line breaks.
 */
text: string, } | { "kind": "leave" };

export type InsertFailure = { "reason": "no_composer" } | { "reason": "hidden" } | { "reason": "read_only" } | { "reason": "too_long", 
/**
 * Characters (UTF-16 units) that the box takes.
 */
limit: number, 
/**
 * Characters it would hold.
 */
length: number, } | { "reason": "no_focus" } | { "reason": "refused" } | { "reason": "dirty" } | { "reason": "unreachable" };

export type InsertReport = { "kind": "inserted", 
/**
 * The inserter that did it.
 */
inserter: string, 
/**
 * Blank lines became paragraph borders; else the text is equal character by character.
 */
paragraphs: boolean, } | { "kind": "failed", 
/**
 * Why.
 */
failure: InsertFailure, };
