// Starts the app, stores early taps, and shows the rescue page when the app cannot continue.
//
// This script is not in Rust, because it must work when the Rust module cannot: in a browser
// without WebAssembly, after a failed download, and after a panic, when the module's memory can no
// longer be trusted.
import begin from "./offline.js";

const script = document.querySelector("script[data-module]");
const element = (id) => document.getElementById(id);

// The prefix of every key of the app, as in `codec/stored/key.rs`.
const KEY_NAMESPACE = "jalons/";

let detail = "";
let started = false;
let failed = false;

/** Whether an error means that the module has stopped for good. */
const stopped = (error) =>
  typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;

/** Shows the rescue page, once. The text that needs no app stays below it. */
function rescue(error, why) {
  const page = element("rescue");
  if (!page.hidden) return;
  if (why) element("rescue-why").textContent = why;
  element("rescue-detail").textContent = detail || String(error);
  if (started) {
    element("app").remove();
  } else {
    failed = true;
    // Keeps the page's title and main element.
    const title = document.createElement("h2");
    title.append("Jalons n’a pas pu démarrer");
    title.id = "rescue-title";
    title.tabIndex = -1;
    element("rescue-title").replaceWith(title);
    element("starting").textContent = "";
    page.setAttribute("role", "region");
    document.body.prepend(page);
  }
  page.hidden = false;
  element("rescue-title").focus();
}

/**
 * Resolves once the whole page has arrived. Taps are handled before that: the part of a long text
 * that has arrived is usable while the rest is loading.
 */
const parsed = new Promise((resolve) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve);
  else resolve();
});

// Early ticks are shown at once and survive a reload; the app reads them from the page when it
// starts (`ui/shared/rows.rs`).
const TAPS = "jalons/taps";
const taps = new Set(storedTaps());

function storedTaps() {
  try {
    return (sessionStorage.getItem(TAPS) ?? "").split(" ").filter(Boolean);
  } catch {
    // Without storage, the taps are only in the page.
    return [];
  }
}

function storeTaps() {
  try {
    sessionStorage.setItem(TAPS, [...taps].join(" "));
  } catch {
    // As above.
  }
}

/** Shows a tick like the app, so that nothing moves when the app starts. */
function show(tick, pressed) {
  tick.setAttribute("aria-pressed", pressed);
  tick.dataset.level = pressed ? "reached" : "unobserved";
  const words = pressed ? tick.closest(".text").dataset.ticked : "";
  tick.closest(".marker").querySelector(".marker__state")?.replaceChildren(words);
}

/** Shows a message below the page's last content. */
async function showMessage(words) {
  await parsed;
  if (!started) element("starting").textContent = words;
}

function onTap({ target }) {
  const tick = target.closest(".tick");
  const address = target.closest('a[href^="#/"]')?.hash.slice(1);
  if (tick) {
    const { id } = tick.closest("li");
    const pressed = tick.getAttribute("aria-pressed") !== "true";
    show(tick, pressed);
    if (pressed) taps.add(id);
    else taps.delete(id);
    storeTaps();
    showMessage(failed ? UNSAVED : "C’est noté. Jalons se prépare et l’enregistre dans un instant…");
  } else if (address && address !== "/" && !element(address) && !failed) {
    // The address has changed; the app goes there as soon as it starts.
    showMessage("Jalons se prépare…");
  }
}

/** Asks before closing a tab that has the only copy of early ticks. */
function askBeforeClosing(event) {
  if (taps.size > 0) event.preventDefault();
}

/** Reloads the page, which keeps early ticks. */
function reload() {
  removeEventListener("beforeunload", askBeforeClosing);
  location.reload();
}

function ready() {
  started = true;
  removeEventListener("click", onTap);
  removeEventListener("beforeunload", askBeforeClosing);
  element("starting").remove();
  try {
    sessionStorage.removeItem(TAPS);
  } catch {
    // As above.
  }
  // Prepares the next visit once the browser is idle; Safari lacks `requestIdleCallback`, and some
  // browsers are never idle. The single-file build, whose script has no address, has nothing to
  // prepare.
  if (script.src) (window.requestIdleCallback ?? setTimeout)(() => begin(prompt), { timeout: 3e3 });
}

// Cancels file drops that no screen handles: the browser would replace the app by the file.
for (const name of ["dragover", "drop"]) {
  addEventListener(name, (event) => {
    if (event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    }
  });
}
addEventListener("click", onTap);
addEventListener("beforeunload", askBeforeClosing);
addEventListener("jalons:ready", ready);

/** The app's entries in `localStorage`. Throws if it is blocked. */
function localEntries() {
  const entries = {};
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index);
    if (key.startsWith(KEY_NAMESPACE)) entries[key] = localStorage.getItem(key);
  }
  return entries;
}

/**
 * The app's entries in `IndexedDB`, as text; none without a database. Rejects if it cannot be read.
 */
function idbEntries() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("jalons");
    const entries = {};
    request.onupgradeneeded = () => {
      // The database does not exist, and must not be created.
      request.transaction.abort();
      resolve(entries);
    };
    request.onerror = reject;
    request.onsuccess = () => {
      const database = request.result;
      // Lets another tab delete the database.
      database.onversionchange = () => database.close();
      const transaction = database.transaction("entries");
      transaction.oncomplete = () => (database.close(), resolve(entries));
      transaction.onabort = () => (database.close(), reject());
      const cursor = transaction.objectStore("entries").openCursor();
      cursor.onsuccess = () => {
        if (!cursor.result) return;
        const { key, value } = cursor.result;
        entries[key] = typeof value === "string" ? value : JSON.stringify(value);
        cursor.result.continue();
      };
    };
    setTimeout(reject, 5000);
  });
}

/** A raw copy of the stores, in the format of `codec/backup.rs`, and whether it is complete. */
async function backup() {
  const read = await Promise.allSettled([idbEntries(), (async () => localEntries())()]);
  const [idb, local] = read.map(({ value }) => value);
  if (!idb && !local) throw new Error("Nothing can be read.");
  // Only the app can resolve two versions, so both stores are copied completely.
  const stores = { entries: {}, shelf: local ?? {}, vault: idb ?? {} };
  const text = JSON.stringify({ format: "jalons-raw-backup", version: 3, ...stores }, null, 2);
  return { text, whole: idb !== undefined };
}

async function save() {
  const message = element("rescue-saved");
  try {
    const { text, whole } = await backup();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "jalons-sauvegarde.json";
    link.click();
    message.textContent = whole
      ? "Le fichier est dans vos téléchargements."
      : "Le fichier est dans vos téléchargements, mais le navigateur n’a pas tout rendu\u00a0: gardez-le, n’effacez rien, et sauvez de nouveau plus tard.";
  } catch {
    message.textContent = "Ce navigateur ne laisse pas lire les données enregistrées.";
  }
}

// The panic hook reports the panic just before the module stops with a RuntimeError.
addEventListener("jalons:panic", (event) => {
  detail = event.detail;
});
addEventListener("error", (event) => {
  if (stopped(event.error)) rescue(event.error);
});
addEventListener("unhandledrejection", (event) => {
  if (stopped(event.reason)) rescue(event.reason);
});

// The browser's install prompt, if it comes before `offline.js` has started.
let prompt;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
});

const UNOPENED =
  "Le réseau a peut-être coupé, ou ce navigateur est trop ancien. La convention se lit ci-dessous\u00a0; ce qui était enregistré l’est toujours.";

const UNSAVED =
  "C’est coché sur cette page, mais pas encore enregistré\u00a0: gardez-la ouverte, et rechargez-la quand le réseau est revenu.";

// The storage chunk has not loaded although something is stored: an empty page would look like a
// loss.
addEventListener("jalons:missing", (event) => rescue(event.detail, UNOPENED));

// A function, because browsers without top-level await must still get the rescue page.
async function start() {
  await parsed;
  element("rescue-reload").addEventListener("click", reload);
  element("rescue-save").addEventListener("click", save);
  for (const id of taps) {
    const tick = element(id)?.querySelector(".tick");
    if (tick) show(tick, true);
  }
  const { default: init } = await import(script.dataset.module);
  await init({ module_or_path: script.dataset.wasm });
}

start().catch((error) => rescue(error, stopped(error) ? undefined : UNOPENED));
