import { composer, offer } from "../shared/contract.ts";
import { box, editable } from "../setups/editable.ts";

const element = box("true", "normal");
composer.append(element);
offer(editable(element));
