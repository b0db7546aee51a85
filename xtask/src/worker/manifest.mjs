// Completes the worker with the list of the build's files, by workbox-build, and prints their names.
//
// `xtask/src/worker.rs` starts it with the folder, the bundled worker and the worker's place.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { injectManifest } from "workbox-build";

const [folder, bundled, worker] = process.argv.slice(2);
let listed = [];

/** What arrives is compared with this, whichever way it came. */
const integrity = async ({ url, revision }) => {
  const digest = createHash("sha256").update(await readFile(join(folder, url)));
  return { url, revision, integrity: `sha256-${digest.digest("base64")}` };
};

const { warnings } = await injectManifest({
  swSrc: bundled,
  swDest: worker,
  globDirectory: folder,
  globPatterns: ["**/*"],
  // What begins with `_` hosts read themselves and hand out to nobody.
  globIgnores: [basename(worker), "**/_*"],
  // The page of a long convention is larger than the library's default; what people load is
  // limited by `cargo xtask budget`.
  maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
  dontCacheBustURLsMatching: /-[0-9a-f]{16}\.\w+$/,
  manifestTransforms: [
    async (entries) => {
      const manifest = await Promise.all(entries.map(integrity));
      listed = manifest.map(({ url }) => url);
      return { manifest, warnings: [] };
    },
  ],
});
if (warnings.length > 0) throw new Error(warnings.join("\n"));
console.log(listed.join("\n"));
