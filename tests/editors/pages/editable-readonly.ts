// As a site shows the box to those who may not write.

import { composer, offer } from "../shared/contract.ts";
import { box, editable } from "../setups/editable.ts";

const element = box("false", "normal");
element.ariaReadOnly = "true";
composer.append(element);
offer(editable(element));
