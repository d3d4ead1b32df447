import { framed } from "../setups/frame.ts";

framed(location.origin);
