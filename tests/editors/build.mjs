// Bundles every page into a folder: node build.mjs FOLDER. No script is in the HTML, so that a policy may forbid that.

import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const packages = join(here, "node_modules");

/** What style sheets of editors ask for: into the style sheet with it. */
const ASSETS = [".eot", ".gif", ".png", ".svg", ".ttf", ".woff", ".woff2"];

/** What CKEditor 4 fetches when it runs, below its own folder. */
const CKEDITOR = ["config.js", "contents.css", "lang/fr.js", "plugins", "skins", "styles.js"];

const [target] = process.argv.slice(2);
if (!target) {
  console.error("the folder to build into: node build.mjs FOLDER");
  process.exit(2);
}
const out = resolve(target);
const catalogue = JSON.parse(await readFile(join(here, "catalogue.json"), "utf8"));
const scripts = await pages();

await mkdir(out, { recursive: true });
const { metafile } = await build({
  entryPoints: { ...scripts, frame: join(here, "frames/textarea.ts") },
  outdir: out,
  bundle: true,
  define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
  format: "iife",
  loader: Object.fromEntries(ASSETS.map((extension) => [extension, "dataurl"])),
  logLevel: "warning",
  metafile: true,
  minify: true,
  target: ["chrome140", "firefox142"],
});

const shell = await readFile(join(here, "shell.html"), "utf8");
for (const { name, editor } of catalogue) {
  // esbuild writes a style sheet where a page imports one.
  const styled = Object.keys(metafile.outputs).some((file) => resolve(file) === join(out, `${name}.css`));
  const styles = styled ? `<link rel="stylesheet" href="${name}.css">\n` : "";
  const html = shell.replaceAll("{{name}}", name).replace("{{title}}", escaped(editor)).replace("{{styles}}\n", styles);
  await writeFile(join(out, `${name}.html`), html);
}
await cp(join(here, "thread.css"), join(out, "thread.css"));
await cp(join(here, "frames/textarea.html"), join(out, "frame.html"));
await cp(join(packages, "sceditor/minified/themes/content/default.min.css"), join(out, "sceditor.css"));
for (const part of CKEDITOR) {
  await cp(join(packages, "ckeditor4", part), join(out, "ckeditor4", part), { recursive: true });
}

const editors = await Promise.all(catalogue.map(entry));
await writeFile(join(out, "editors.json"), `${JSON.stringify(editors, null, 2)}\n`);
for (const { name, editor, version } of editors) console.log(name.padEnd(24), editor, version ?? "");
console.log(`${editors.length} pages in ${out}`);

/** The script of every page of the catalogue; every script must be in it, or no test would see its page. */
async function pages() {
  const files = await readdir(join(here, "pages"));
  const scripts = Object.fromEntries(files.map((file) => [file.replace(/\.tsx?$/, ""), join(here, "pages", file)]));
  const named = new Set(catalogue.map(({ name }) => name));
  const unwritten = [...named].filter((name) => !scripts[name]);
  const unnamed = Object.keys(scripts).filter((name) => !named.has(name));
  if (unwritten.length > 0) throw new Error(`in catalogue.json, not in pages/: ${unwritten.join(", ")}`);
  if (unnamed.length > 0) throw new Error(`in pages/, not in catalogue.json: ${unnamed.join(", ")}`);
  return scripts;
}

/** What `editors.json` says of a page. */
async function entry({ package: from, ...page }) {
  const version = from ? JSON.parse(await readFile(join(packages, from, "package.json"), "utf8")).version : null;
  const usual = { frame: null, frameElement: null, shadow: null, host: null, opener: null, click: page.composer };
  return { version, ...usual, readOnly: false, enterSubmits: false, maxLength: null, ...page };
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
