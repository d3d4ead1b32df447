import { composer, offer } from "../shared/contract.ts";
import { plain, textarea } from "../setups/textarea.ts";

const element = textarea({ maxLength: 100 });
composer.append(element);
offer(plain(element));
