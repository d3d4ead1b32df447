// What the page and the document in its frame tell each other. The same on one origin and on two: the page never looks
// in.

import type { Span } from "../shared/spot.ts";

/** From the frame. */
export type Told =
  | { kind: "started" }
  | { kind: "model"; text: string }
  | { kind: "filled" }
  | { kind: "blurred" }
  | { kind: "entered" };

/** To the frame. */
export interface Fill {
  text: string;
  span: Span;
}
