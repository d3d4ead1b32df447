import { composer, offer } from "../shared/contract.ts";
import { plain, textarea } from "../setups/textarea.ts";

const element = textarea();
composer.append(element);
offer(plain(element));
