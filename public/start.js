// Starts the app, keeps what is tapped until then, and takes over when the app cannot go on.
//
// This is the one part that is not Rust, because it must work when the Rust cannot: in a browser
// without WebAssembly, after a failed download, and after a panic, when the module's memory can
// no longer be trusted.
import begin from "./offline.js";

const script = document.querySelector("script[data-module]");
const element = (id) => document.getElementById(id);

// Every key of the app begins so; the Rust side has the same in `codec/stored.rs`.
const FAMILY = "jalons/";

let detail = "";
let started = false;
let failed = false;

/** Whether an error means that the module has stopped for good. */
const stopped = (error) =>
  typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;

/** Shows the rescue page, once. What can be read without the app stays below it. */
function rescue(error, why) {
  const page = element("rescue");
  if (!page.hidden) return;
  if (why) element("rescue-why").textContent = why;
  element("rescue-detail").textContent = detail || String(error);
  if (started) {
    element("app").remove();
  } else {
    failed = true;
    // The page keeps its title and its main part.
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
 * Fulfilled once the whole page is here. This script does not wait for that: a finger on what has
 * come already is heard while the rest of a long text is still on its way.
 */
const parsed = new Promise((resolve) => {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", resolve);
  else resolve();
});

// What is ticked before the app can hear it is shown at once, survives a reload, and is read off the
// page by the app when it starts (`ui/shared/rows.rs`).
const TAPS = "jalons/taps";
const taps = new Set(recalled());

function recalled() {
  try {
    return (sessionStorage.getItem(TAPS) ?? "").split(" ").filter(Boolean);
  } catch {
    // Where nothing can be stored, the taps stay in the page.
    return [];
  }
}

function remember() {
  try {
    sessionStorage.setItem(TAPS, [...taps].join(" "));
  } catch {
    // As above.
  }
}

/** Shows a tick as the app would, so that nothing moves when it takes over. */
function show(tick, pressed) {
  tick.setAttribute("aria-pressed", pressed);
  tick.dataset.level = pressed ? "reached" : "unobserved";
  const words = pressed ? tick.closest(".text").dataset.ticked : "";
  tick.closest(".marker").querySelector(".marker__state")?.replaceChildren(words);
}

/** Says something below the page, where the last of it stands. */
async function say(words) {
  await parsed;
  if (!started) element("starting").textContent = words;
}

function tapped({ target }) {
  const tick = target.closest(".tick");
  const address = target.closest('a[href^="#/"]')?.hash.slice(1);
  if (tick) {
    const { id } = tick.closest("li");
    const pressed = tick.getAttribute("aria-pressed") !== "true";
    show(tick, pressed);
    if (pressed) taps.add(id);
    else taps.delete(id);
    remember();
    say(failed ? UNSAVED : "C’est noté. Jalons se prépare et l’enregistre dans un instant…");
  } else if (address && address !== "/" && !element(address) && !failed) {
    // The address has changed; the app goes there as soon as it starts.
    say("Jalons se prépare…");
  }
}

/** Asks before a tab is closed that alone has what was tapped. */
function leaving(event) {
  if (taps.size > 0) event.preventDefault();
}

/** Loads the page again, which keeps what was tapped. */
function reload() {
  removeEventListener("beforeunload", leaving);
  location.reload();
}

function ready() {
  started = true;
  removeEventListener("click", tapped);
  removeEventListener("beforeunload", leaving);
  element("starting").remove();
  try {
    sessionStorage.removeItem(TAPS);
  } catch {
    // As above.
  }
  // The next visit is prepared once nobody waits for this one; Safari has no word for idle, and some
  // browsers never call themselves idle. One file that holds everything, and this script with it, has
  // nothing to prepare.
  if (script.src) (window.requestIdleCallback ?? setTimeout)(() => begin(prompt), { timeout: 3e3 });
}

// A file that no screen takes would be opened in the place of the app.
for (const name of ["dragover", "drop"]) {
  addEventListener(name, (event) => {
    if (event.dataTransfer?.types.includes("Files")) {
      event.preventDefault();
      event.dataTransfer.dropEffect = "none";
    }
  });
}
addEventListener("click", tapped);
addEventListener("beforeunload", leaving);
addEventListener("jalons:ready", ready);

/** What lies in `localStorage`; nothing where it is blocked. */
function shelf() {
  const entries = {};
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index);
    if (key.startsWith(FAMILY)) entries[key] = localStorage.getItem(key);
  }
  return entries;
}

/** What lies in `IndexedDB`, as text; nothing where there is none. Fails where it cannot be read. */
function vault() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("jalons");
    const entries = {};
    request.onupgradeneeded = () => {
      // There is no database: none is to be made here.
      request.transaction.abort();
      resolve(entries);
    };
    request.onerror = reject;
    request.onsuccess = () => {
      const database = request.result;
      // Another tab may want to take it away.
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

/** A raw copy of what is stored, in the format of `codec/backup.rs`, and whether all of it is in it. */
async function backup() {
  const read = await Promise.allSettled([vault(), (async () => shelf())()]);
  const [inVault, onShelf] = read.map(({ value }) => value);
  if (!inVault && !onShelf) throw new Error("Nothing can be read.");
  // Which of two versions counts only the app knows: both stores are in it whole.
  const stores = { entries: {}, shelf: onShelf ?? {}, vault: inVault ?? {} };
  const text = JSON.stringify({ format: "jalons-raw-backup", version: 3, ...stores }, null, 2);
  return { text, whole: inVault !== undefined };
}

async function save() {
  const said = element("rescue-saved");
  try {
    const { text, whole } = await backup();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "jalons-sauvegarde.json";
    link.click();
    said.textContent = whole
      ? "Le fichier est dans vos téléchargements."
      : "Le fichier est dans vos téléchargements, mais le navigateur n’a pas tout rendu\u00a0: gardez-le, n’effacez rien, et sauvez de nouveau plus tard.";
  } catch {
    said.textContent = "Ce navigateur ne laisse pas lire les données enregistrées.";
  }
}

// The panic hook tells what happened just before the module stops with a RuntimeError.
addEventListener("jalons:panic", (event) => {
  detail = event.detail;
});
addEventListener("error", (event) => {
  if (stopped(event.error)) rescue(event.error);
});
addEventListener("unhandledrejection", (event) => {
  if (stopped(event.reason)) rescue(event.reason);
});

// What the browser offers before `offline.js`, which takes it up, has begun.
let prompt;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
});

const UNOPENED =
  "Le réseau a peut-être coupé, ou ce navigateur est trop ancien. La convention se lit ci-dessous\u00a0; ce qui était enregistré l’est toujours.";

const UNSAVED =
  "C’est coché sur cette page, mais pas encore enregistré\u00a0: gardez-la ouverte, et rechargez-la quand le réseau est revenu.";

// Something is stored, and what reads it has not arrived: an empty page would look like a loss.
addEventListener("jalons:missing", (event) => rescue(event.detail, UNOPENED));

// A function and not the top level: browsers that cannot wait there must still get to the rescue.
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
