// As a forum shows the box of a locked thread.

import { composer, offer } from "../shared/contract.ts";
import { plain, textarea } from "../setups/textarea.ts";

const element = textarea({ readOnly: true });
composer.append(element);
offer(plain(element));
