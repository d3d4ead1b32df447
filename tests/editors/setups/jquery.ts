// Plugins of the time look for it in the window.

import jQuery from "jquery";

window.jQuery = jQuery;

export { jQuery };
