import { composer, offer } from "../shared/contract.ts";
import { box, editable } from "../setups/editable.ts";

const element = box("plaintext-only", "pre-wrap");
composer.append(element);
offer(editable(element));
