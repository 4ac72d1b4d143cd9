// Packs target/site, which is all that the server hands out as files:
//
//   target/site/pkg/NAME.HASH.EXT   styles, scripts, WASM, each beside its .br and .gz
//   target/site/pkg/manifest.json   logical name → file name, read once by the server
//   target/site/sw.js               the worker, with its version and list of files
//   target/site/…                   everything else under public/, as it is
//
// A script names another file by its logical name, './site.js' or '/pkg/site.wasm'; the build puts
// the hashed name there. So a file is hashed after all that it names.
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import esbuild from "esbuild";
import { browserslistToTargets, bundle, transform } from "lightningcss";

process.on("uncaughtException", (error) => {
  console.error(`✗ ${error.message}`);
  process.exit(1);
});

const here = dirname(fileURLToPath(import.meta.url));
const top = join(here, "../..");
const work = join(top, "target/site-work");
const site = join(top, "target/site");
const next = `${site}.next`;
const scripts = join(top, "public/scripts");

/** The oldest browser that gets scripts and styles: the first with module scripts. */
const chrome = 61;
const cssTargets = browserslistToTargets([`chrome ${chrome}`, "ios_saf 11.0"]);

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const files = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .sort();

const inputs = digest(
  [
    ...["site.js", "site.wasm"].map((name) => join(work, name)),
    ...["site.mjs", "package-lock.json"].map((name) => join(here, name)),
    ...["public", "style"].flatMap((folder) => files(join(top, folder))),
  ]
    .map((file) => `${relative(top, file)} ${digest(readFileSync(file))}`)
    .join("\n"),
);
const stamp = join(work, "site.stamp");
if (existsSync(join(site, "pkg/manifest.json")) && existsSync(stamp) && readFileSync(stamp, "utf8") === inputs) {
  process.exit(0);
}
const begun = Date.now();
console.error("▸ 打包样式、脚本和图标（约 2 秒）…");
rmSync(next, { recursive: true, force: true });
mkdirSync(join(next, "pkg"), { recursive: true });

/** Logical name → bytes, not yet hashed. */
const pending = new Map();
/** Logical name → file name in pkg/. */
const manifest = {};

pending.set("site.wasm", readFileSync(join(work, "site.wasm")));
pending.set("site.css", styles(bundle({ filename: join(top, "style/site.css"), minify: true, targets: cssTargets })));
pending.set("site.js", (await script(join(work, "site.js"))).get("site.js"));
for (const name of existsSync(scripts) ? readdirSync(scripts) : []) {
  if (!name.endsWith(".js") || name === "sw.js") continue;
  for (const [output, bytes] of await script(join(scripts, name))) pending.set(output, bytes);
}

// Leaves first: a file is named by the hash of what it holds, the names in it included.
while (pending.size > 0) {
  const ready = [...pending].filter(([name, bytes]) => named(bytes, name).every((other) => !pending.has(other)));
  if (ready.length === 0) throw new Error(`these files name each other in a circle: ${[...pending.keys()].join(", ")}`);
  for (const [name, bytes] of ready) {
    const content = isText(name) ? Buffer.from(withHashedNames(bytes.toString())) : bytes;
    const dot = name.lastIndexOf(".");
    manifest[name] = `${name.slice(0, dot)}.${digest(content).slice(0, 10)}${name.slice(dot)}`;
    emit(`pkg/${manifest[name]}`, content);
    pending.delete(name);
  }
}
const sorted = Object.fromEntries(Object.entries(manifest).sort());
writeFileSync(join(next, "pkg/manifest.json"), `${JSON.stringify(sorted, null, 1)}\n`);

for (const file of files(join(top, "public"))) {
  if (file.startsWith(scripts)) continue;
  const name = relative(join(top, "public"), file);
  mkdirSync(join(next, name, ".."), { recursive: true });
  if (isText(name)) emit(name, readFileSync(file));
  else cpSync(file, join(next, name));
}
checkWebManifest();
await worker();

rmSync(site, { recursive: true, force: true });
renameSync(next, site);
writeFileSync(stamp, inputs);
report();

/** Text that is worth compressing; pictures already are. */
function isText(name) {
  return /\.(js|css|svg|json|webmanifest|txt|html)$/.test(name);
}

function emit(name, bytes) {
  writeFileSync(join(next, name), bytes);
  if (!isText(name) && !name.endsWith(".wasm")) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  writeFileSync(join(next, `${name}.br`), brotliCompressSync(bytes, { params }));
  writeFileSync(join(next, `${name}.gz`), gzipSync(bytes, { level: 9 }));
}

/** The CSS, after a look at whether custom properties are still there: they carry light and dark. */
function styles({ code, warnings }) {
  for (const { message, loc } of warnings) console.error(`  ! 样式：${message}（${loc?.filename}:${loc?.line}）`);
  if (!code.includes("var(--")) throw new Error("the bundled CSS has no custom properties left");
  return Buffer.from(code);
}

/**
 * One script with all that it imports, for the oldest browser: logical name → bytes. Our own package
 * stays outside. A plain <script> is enough for the result unless it imports or exports.
 */
async function script(file, define = {}) {
  const options = {
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    outdir: work,
    target: `chrome${chrome}`,
    charset: "utf8",
    legalComments: "none",
    logLevel: "warning",
    // A library that asks whether it runs in Node hears that it does not.
    define: { require: "undefined", ...define },
    external: ["./site.js", "/pkg/*"],
    nodePaths: [join(here, "node_modules")],
    loader: { ".png": "file" },
    assetNames: "[name]",
    publicPath: "/pkg",
  };
  let result = await esbuild.build({ ...options, format: "esm" });
  const entry = Object.values(result.metafile.outputs).find((output) => output.entryPoint);
  if (entry.imports.length === 0 && entry.exports.length === 0) {
    result = await esbuild.build({ ...options, format: "iife" });
  }
  // What esbuild makes of import() for a browser that has none; it would only fail on the phone.
  if (result.outputFiles.some(({ text }) => text.includes("Dynamic require of"))) {
    throw new Error(`${relative(top, file)}: Chrome ${chrome} has no import(): add a <script> element instead`);
  }
  if (result.warnings.length > 0) throw new Error(`${relative(top, file)}: see the warnings above`);
  const outputs = new Map();
  for (const { path, contents } of result.outputFiles) {
    const name = relative(work, path);
    // Style sheets of a library, here Leaflet's, come out beside the script that imports them.
    const code = name.endsWith(".css")
      ? transform({ filename: name, code: contents, minify: true, targets: cssTargets }).code
      : contents;
    outputs.set(name, Buffer.from(code));
  }
  return outputs;
}

/** Every mention of a file of ours: "./NAME" or "/pkg/NAME", in quotes or in url(). */
function mentions() {
  return /(["'`(])(\.\/|\/pkg\/)([\w-]+\.(?:js|css|wasm|png))(?=["'`)])/g;
}

function named(bytes, name) {
  if (!isText(name)) return [];
  return [...bytes.toString().matchAll(mentions())].map((match) => match[3]);
}

function withHashedNames(text) {
  return text.replace(mentions(), (whole, quote, folder, name) => {
    // The glue's "./site_bg.js" is the name of an import object, not of a file.
    if (!manifest[name] && folder === "./") return whole;
    if (!manifest[name]) throw new Error(`no such file in the package: ${name}`);
    return `${quote}${folder}${manifest[name]}`;
  });
}

/** An icon that the web manifest promises and nobody drew would only show on a phone. */
function checkWebManifest() {
  const { icons } = JSON.parse(readFileSync(join(next, "manifest.webmanifest"), "utf8"));
  for (const { src } of icons) {
    if (!existsSync(join(next, src))) throw new Error(`public/manifest.webmanifest names ${src}, which is not there`);
  }
}

/** The worker stands at the root, where its scope is the whole site, and is told what to keep. */
async function worker() {
  const file = join(scripts, "sw.js");
  const named = (pattern) => Object.values(manifest).filter((name) => pattern.test(name)).map((name) => `/pkg/${name}`).sort();
  const pkg = named(/^(?!map|layers|marker|check)/);
  // The scanner is kept on the phones that open it.
  const checks = named(/^check/);
  // The large ones are the launcher's, not a page's.
  const icons = files(join(next, "icons"))
    .filter((icon) => !/512|maskable|\.(br|gz)$/.test(icon))
    .map((icon) => `/${relative(next, icon)}`);
  const kept = [...pkg, ...icons];
  const version = digest([...kept, ...checks].map((name) => name + digest(readFileSync(join(next, name)))).join() + readFileSync(file)).slice(0, 10);
  const define = { VERSION: JSON.stringify(version), ASSETS: JSON.stringify(kept), CHECKS: JSON.stringify(checks) };
  const outputs = await script(file, define);
  emit("sw.js", outputs.get("sw.js"));
}

function report() {
  const rows = [...Object.entries(sorted).map(([name, file]) => [name, `pkg/${file}`]), ["sw.js", "sw.js"]];
  const size = (name) => (existsSync(join(site, name)) ? statSync(join(site, name)).size : 0);
  console.error(`  ✓ 用了 ${Math.round((Date.now() - begun) / 1000)} 秒`);
  console.error(`  ${"target/site".padEnd(24)}${"字节".padStart(10)}${"brotli".padStart(12)}${"gzip".padStart(12)}`);
  for (const [name, file] of rows) {
    const sizes = [size(file), size(`${file}.br`), size(`${file}.gz`)].map((bytes) => String(bytes || "–").padStart(12)).join("");
    console.error(`  ${name.padEnd(24)}${sizes}`);
  }
}
