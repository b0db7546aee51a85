// Completes a finished folder of the app: works out the build's id, tells it to the page, and writes
// the service worker that stores exactly the files of this build.
//
//   node xtask/src/worker/make.mjs FOLDER
//
// The id follows the names and contents of all files and names the cache that the worker keeps them
// in: two builds never share one.
import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { getManifest } from "workbox-build";

// The name stays the same from build to build: browsers ask for it again to learn of a new one.
const WORKER = "worker.js";

const [folder] = process.argv.slice(2);
const page = join(folder, "index.html");
const worker = join(folder, WORKER);

/** Each file of the folder with the digest that the worker compares it with when it arrives. */
async function manifest() {
  const integrity = async ({ url, revision }) => {
    const digest = createHash("sha256").update(await readFile(join(folder, url)));
    return { url, revision, integrity: `sha256-${digest.digest("base64")}` };
  };
  const { manifestEntries, warnings } = await getManifest({
    globDirectory: folder,
    globPatterns: ["**/*"],
    // Names that begin with `_`, like those that begin with a dot, are settings of the host.
    globIgnores: ["**/_*"],
    // The page of a long convention is larger than the library's default; what people load is
    // limited by `cargo xtask budget`.
    maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
    dontCacheBustURLsMatching: /-[0-9a-f]{8}\.\w+$/,
    manifestTransforms: [
      async (entries) => ({ manifest: await Promise.all(entries.map(integrity)), warnings: [] }),
    ],
  });
  if (warnings.length > 0) throw new Error(warnings.join("\n"));
  return manifestEntries;
}

/** Fails on a file that the worker would not store: people without network would miss it. */
async function requireAll(entries) {
  const stored = new Set(entries.map(({ url }) => url));
  for (const path of await readdir(folder, { recursive: true })) {
    const parts = path.split(sep);
    if (parts.some((name) => /^[._]/.test(name)) || stored.has(parts.join("/"))) continue;
    if ((await stat(join(folder, path))).isFile()) throw new Error(`the worker's list lacks ${path}`);
  }
}

await rm(worker, { force: true });
const [before, after, ...more] = (await readFile(page, "utf8"))
  .replace(/ data-build="[0-9a-f]*"/, "")
  .split(" data-module=");
if (after === undefined || more.length > 0) throw new Error("the page needs exactly one script that starts the app");
// The id cannot depend on itself: it is worked out from a page without one.
await writeFile(page, `${before} data-module=${after}`);
const files = await manifest();
await requireAll(files);
const id = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
await writeFile(page, `${before} data-build="${id}" data-module=${after}`);

await build({
  entryPoints: [fileURLToPath(new URL("worker.js", import.meta.url))],
  outfile: worker,
  bundle: true,
  minify: true,
  charset: "utf8",
  format: "iife",
  target: "es2022",
  logLevel: "warning",
  define: {
    BUILD: JSON.stringify(id),
    "process.env.NODE_ENV": '"production"',
    "self.__WB_MANIFEST": JSON.stringify(await manifest()),
  },
});
