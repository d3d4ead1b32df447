import { schema } from "prosemirror-schema-basic";
import { offer } from "../shared/contract.ts";
import { proseMirror, start } from "../setups/prosemirror.ts";

offer(proseMirror(start(schema)));
