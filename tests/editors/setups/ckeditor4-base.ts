// Where CKEditor 4 finds its skin, languages and plugins; it looks when its script starts, so this is imported before.

window.CKEDITOR_BASEPATH = "ckeditor4/";
