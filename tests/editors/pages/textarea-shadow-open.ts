import { shadow } from "../setups/shadow.ts";

shadow("open");
