import { ckeditor4 } from "../setups/ckeditor4.ts";

ckeditor4({ extraPlugins: "divarea" });
