import { sceditor } from "../setups/sceditor.ts";

sceditor("source");
