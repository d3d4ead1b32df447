// Generated from src/wire by `cargo xtask types`. Do not edit: `cargo xtask test` checks that it is current.

export const WIRE_VERSION = 4;

/** Bounds and contents of a `Sketch`. */
export const SKETCH = {
    nodes: 12000,
    depth: 200,
    text: 160,
    value: 120,
    data: 500000,
    attributes: ["alt", "aria-label", "aria-posinset", "class", "data-time", "data-timestamp", "datetime", "dir", "href", "id", "itemprop", "itemscope", "itemtype", "name", "rel", "role", "title"],
    skipped: ["script", "style", "noscript", "template", "textarea", "button", "input", "select", "option", "datalist", "iframe", "object", "embed", "canvas", "audio", "video", "svg", "math", "head", "title", "meter", "progress"],
} as const;

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
 * What kind of page it stands on: `forum`, `video`, `feed`, `comment`, `review`, `question`.
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
 * When it was written, in the site's words for people, where it has none for machines: one text per line, at most
 * 140 UTF-16 units. For the background, which makes `age` of it and drops it: no rule sees it, nothing keeps it.
 */
said?: string, 
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
facts?: Facts, 
/**
 * The page holds only the beginning of its text.
 */
cut?: boolean, 
/**
 * It was written from the account that is in use: nothing in it calls for an answer.
 */
mine?: boolean, };

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

export type PageSource = "forum" | "video" | "feed" | "comment" | "review" | "question";

export type Paging = "pages" | "scroll" | "virtual";

export type CountUnit = "utf16" | "characters" | "graphemes" | "weighted";

export type Count = { 
/**
 * What is counted.
 */
unit: CountUnit, 
/**
 * Units that a post may have.
 */
limit: number, 
/**
 * Units that any address counts for; left out: its own length.
 */
link?: number, };

export type LinkPolicy = { 
/**
 * Whether readers can click them.
 */
clickable: boolean, 
/**
 * Links that a post may have.
 */
most?: number, 
/**
 * Whether posts with links are often kept back for review.
 */
held: boolean, };

export type Generation = { 
/**
 * Stable id, unique in its site.
 */
id: string, 
/**
 * It is for pages in which this matches something.
 */
detect: string, 
/**
 * One element per post.
 */
post: string, 
/**
 * Inside the post: what holds the text. All outermost matches that do not lie in a nested post count, in order.
 * Empty: the post itself.
 */
body: string, 
/**
 * Inside the post: the title that the poster gave.
 */
title: string, 
/**
 * Inside the body: other people's words.
 */
quote: Array<string>, 
/**
 * Inside the body: what the poster puts under everything.
 */
signature: Array<string>, 
/**
 * Inside the body: no words of the post at all (buttons, hidden twins, "X wrote:").
 */
drop: Array<string>, 
/**
 * A post that matches one of these is none (advertisement, template, stub).
 */
ad: Array<string>, 
/**
 * Inside the post: a copy of the post that it answers or passes on.
 */
parent: Array<string>, 
/**
 * A post that matches this, or holds a match, was written from the account that is logged in.
 */
mine: string, 
/**
 * Inside the post: what says when it was written. Its `datetime`, or the seconds or milliseconds in `data-time`,
 * give the post's age; without them its `title`, `aria-label` or text, if they are a date for people. No element
 * that also names who wrote it, if there is another.
 */
time: string, 
/**
 * Inside the post: a link to it.
 */
permalink: string, 
/**
 * A post that matches this answers another one.
 */
reply: string, 
/**
 * Inside the post: there when the page holds only the beginning of its text.
 */
truncated: string, 
/**
 * The reply boxes, best first.
 */
composer: Array<string>, 
/**
 * What the manager clicks for the reply box to open.
 */
opener: string, 
/**
 * What shows the account that is logged in, by text, `title`, `aria-label`, `alt` or `href`.
 */
account: string, 
/**
 * Where the selectors were seen (version of the software, page).
 */
evidence: string, 
/**
 * When, as `YYYY-MM-DD`.
 */
seen: string, };

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
 * Match patterns of its hosts (`*://*.example.org/*`, no ports, no paths); none: software that runs on any host.
 */
url?: Array<string>, 
/**
 * What kind of page it is.
 */
source: PageSource, 
/**
 * Country or jurisdiction of the site (`FR`, `CA-QC`), if it is of one.
 */
country?: string | null, 
/**
 * Nothing is drawn in the page; findings only in the panel.
 */
discreet: boolean, 
/**
 * How further posts come.
 */
paging: Paging, 
/**
 * Regular expressions for the address of a thread (path and query), each with at least one group: what the groups
 * of the first that matches hold is the same on all pages of a thread, and on no page of another. None: on a feed
 * every page is its own, elsewhere the address without what usually turns its pages.
 */
thread?: Array<string>, 
/**
 * How the site counts the length of a post, if it is known.
 */
count?: Count | null, 
/**
 * What the site does with links in a post, if it is known.
 */
links?: LinkPolicy | null, 
/**
 * The designs of the site that can be met, tried in order.
 */
generation: Array<Generation>, };

export type SketchNode = { 
/**
 * Index of its parent; the first node is its own.
 */
parent: number, 
/**
 * Name of the element, lower case; empty: a text.
 */
tag: string, 
/**
 * Place among the elements of its parent, from 1, as `:nth-child` counts.
 */
nth: number, 
/**
 * The text, blanks folded, at most [`Sketch::TEXT`] UTF-16 units of it.
 */
text: string, 
/**
 * UTF-16 units of the whole text, blanks folded.
 */
length: number, 
/**
 * Those of its attributes that are in [`Sketch::ATTRIBUTES`], at most [`Sketch::VALUE`] UTF-16 units of each.
 */
attributes: { [key in string]: string }, };

export type Sketch = { 
/**
 * The `body` and what is in it, in document order: a parent stands before its children, and they before its next
 * sibling. At most [`Sketch::NODES`].
 */
nodes: Array<SketchNode>, 
/**
 * The JSON-LD blocks of the document, at most [`Sketch::DATA`] UTF-16 units in all.
 */
data: Array<string>, };

export type Way = "adapter" | "local" | "structured" | "generic";

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

export type ComposerEvent = "opened" | "opened_elsewhere" | "escaped" | "timed_out" | "emptied";

export type ComposerView = { 
/**
 * There is one for the post, and it is open.
 */
open: boolean, 
/**
 * There is none for it that is open, but there are others, or closed ones: the one that is meant is in this document.
 */
closed: boolean, 
/**
 * What it holds, lines separated by `\n`.
 */
text: string, };

export type Armed = { 
/**
 * It does.
 */
waits: boolean, 
/**
 * The words on what the manager has to click for that, if the page has such a thing.
 */
opener?: string, };

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
 * How the posts are found.
 */
way: Way, 
/**
 * Language that the document says it is in (`fr`, `en-US`), for the order of its dates.
 */
language?: string, 
/**
 * The posts, at most a slice's worth.
 */
posts: Array<Post>, } | { "kind": "frames", 
/**
 * Their origins (`https://comments.example`), each once.
 */
origins: Array<string>, } | { "kind": "account", 
/**
 * Its name.
 */
shown: string | null, } | { "kind": "whole", 
/**
 * Their ids, as they stand in the document.
 */
posts: Array<number>, 
/**
 * Others are folded away, and were not read: what is not among the posts may be there.
 */
folded: boolean, } | { "kind": "composer", 
/**
 * The ticket.
 */
ticket: number, 
/**
 * What.
 */
event: ComposerEvent, } | { "kind": "find", 
/**
 * The document.
 */
sketch: Sketch, 
/**
 * Only what the page calls contributions is wanted, in its data or by its names: an adapter says that none
 * are there.
 */
named: boolean, } | { "kind": "learn", 
/**
 * The document.
 */
sketch: Sketch, 
/**
 * Nodes that are taken for posts now.
 */
posts: Array<number>, 
/**
 * Nodes that are posts.
 */
yes: Array<number>, 
/**
 * Nodes that are none.
 */
no: Array<number>, };

export type PageAnswer = { "kind": "orders", 
/**
 * False: this site is not enabled; do nothing at all.
 */
enabled: boolean, 
/**
 * Adapters to try, in order.
 */
sites: Array<Site>, 
/**
 * Replies of the manager may stand here: say when the document is [`PageToBackground::Whole`].
 */
follow?: boolean, 
/**
 * What the manager said of this site: tried before them.
 */
local?: Site, } | { "kind": "found", 
/**
 * An adapter for the document; none: it seems to have no posts.
 */
site?: Site, 
/**
 * How it was found.
 */
way: Way, } | { "kind": "reading", 
/**
 * What to paint.
 */
marks: Array<Mark>, } | { "kind": "noted" } | { "kind": "later", 
/**
 * Why, for the console.
 */
why: string, } | { "kind": "refused", 
/**
 * Why, for the console.
 */
why: string, };

export type BackgroundToPage = { "kind": "ping" } | { "kind": "reread" } | { "kind": "show", 
/**
 * Its id.
 */
post: number, } | { "kind": "read_selection" } | { "kind": "not_a_post", 
/**
 * Its id.
 */
post: number, } | { "kind": "look", 
/**
 * The post that is answered.
 */
post: number, 
/**
 * The box that had the focus last is meant, whichever post that is for.
 */
there: boolean, } | { "kind": "insert", 
/**
 * The post that is answered.
 */
post: number, 
/**
 * What later events of the box are told with.
 */
ticket: number, 
/**
 * The text, `\n` for line breaks.
 */
text: string, 
/**
 * The account that the document has said to show; if it shows another one by now, nothing is inserted.
 */
account: string | null, 
/**
 * The manager wants it in the box that had the focus last, whichever post that is for.
 */
there: boolean, 
/**
 * Milliseconds from now in which it may go in: later, the manager has been told that it did not.
 */
patience: number, } | { "kind": "arm", 
/**
 * The post that is answered.
 */
post: number, 
/**
 * What the event is told with.
 */
ticket: number, 
/**
 * Milliseconds to wait.
 */
patience: number, } | { "kind": "disarm" } | { "kind": "leave" };

export type InsertFailure = { "reason": "no_composer" } | { "reason": "hidden" } | { "reason": "other_post" } | { "reason": "several" } | { "reason": "read_only" } | { "reason": "too_long", 
/**
 * Characters (UTF-16 units) that the box takes.
 */
limit: number, 
/**
 * Characters it would hold.
 */
length: number, } | { "reason": "account_changed" } | { "reason": "no_focus" } | { "reason": "refused" } | { "reason": "dirty" } | { "reason": "unreachable" };

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
