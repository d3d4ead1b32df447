// The same server under its other name is another origin, and another site.

import { framed } from "../setups/frame.ts";

const other = location.hostname === "localhost" ? "127.0.0.1" : "localhost";
framed(`${location.protocol}//${other}:${location.port}`);
