import { sceditor } from "../setups/sceditor.ts";

sceditor("written");
