// Starts the app, keeps what is tapped until then, and takes over when the app cannot go on.
//
// This is the one part that is not Rust, because it must work when the Rust cannot: in a browser
// without WebAssembly, after a failed download, and after a panic, when the module's memory can
// no longer be trusted.

const script = document.querySelector("script[data-module]");
const element = (id) => document.getElementById(id);

// Every key of the app begins so; the Rust side has the same in `codec/stored.rs`.
const FAMILY = "jalons/";

let detail = "";

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
    // The page keeps its title and its main part.
    const title = document.createElement("h2");
    title.append("Jalons n’a pas pu démarrer");
    title.id = "rescue-title";
    title.tabIndex = -1;
    element("rescue-title").replaceWith(title);
    waiting.textContent = "";
    page.setAttribute("role", "region");
    document.body.prepend(page);
  }
  page.hidden = false;
  element("rescue-title").focus();
}

// What is ticked before the app can hear it is shown at once, survives a reload, and is read off the
// page by the app when it starts (`ui/shared/rows.rs`).
const TAPS = "jalons/taps";
const waiting = element("starting");
let started = false;

function show(tick, pressed) {
  tick.setAttribute("aria-pressed", pressed);
  tick.dataset.level = pressed ? "reached" : "unobserved";
}

function remember() {
  const pressed = [...document.querySelectorAll('.tick[aria-pressed="true"]')];
  try {
    sessionStorage.setItem(TAPS, pressed.map((tick) => tick.closest("li").id).join(" "));
  } catch {
    // Where nothing can be stored, the taps stay in the page.
  }
}

function recall() {
  try {
    for (const id of (sessionStorage.getItem(TAPS) ?? "").split(" ")) {
      const tick = element(id)?.querySelector(".tick");
      if (tick) show(tick, true);
    }
  } catch {
    // As above.
  }
}

function tapped({ target }) {
  const tick = target.closest(".tick");
  const address = target.closest('a[href^="#/"]')?.hash.slice(1);
  if (tick) {
    show(tick, tick.getAttribute("aria-pressed") !== "true");
    remember();
    waiting.textContent = "C’est noté. Jalons se prépare et l’enregistre dans un instant…";
  } else if (address && address !== "/" && !element(address)) {
    // The address has changed; the app goes there as soon as it starts.
    waiting.textContent = "Jalons se prépare…";
  }
}

function ready() {
  started = true;
  removeEventListener("click", tapped);
  waiting.remove();
  try {
    sessionStorage.removeItem(TAPS);
  } catch {
    // As above.
  }
  // Safari has no word for idle. One file that holds everything has nothing to prepare.
  if (script.dataset.offline) (window.requestIdleCallback ?? setTimeout)(prepare);
}

recall();
addEventListener("click", tapped);
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

/** What lies in `IndexedDB`, as text. */
function vault() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("jalons");
    // There is no database: none is to be made here.
    request.onupgradeneeded = () => request.transaction.abort();
    request.onerror = reject;
    request.onsuccess = () => {
      const entries = {};
      const cursor = request.result.transaction("entries").objectStore("entries").openCursor();
      cursor.onerror = reject;
      cursor.onsuccess = () => {
        if (!cursor.result) return resolve(entries);
        const { key, value } = cursor.result;
        entries[key] = typeof value === "string" ? value : JSON.stringify(value);
        cursor.result.continue();
      };
    };
    setTimeout(reject, 5000);
  });
}

/** A raw copy of what is stored, in the format of `codec/backup.rs`. */
async function backup() {
  const read = await Promise.allSettled([vault(), (async () => shelf())()]);
  const [inVault, onShelf] = read.map(({ value }) => value);
  if (!inVault && !onShelf) throw new Error("Nothing can be read.");
  const entries = { ...inVault, ...onShelf };
  const beside = Object.entries(inVault ?? {}).filter(([key, value]) => entries[key] !== value);
  const copy = { entries, shelf: {}, vault: Object.fromEntries(beside) };
  return JSON.stringify({ format: "jalons-raw-backup", version: 2, ...copy }, null, 2);
}

async function save() {
  const said = element("rescue-saved");
  try {
    const copy = await backup();
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([copy], { type: "application/json" }));
    link.download = "jalons-sauvegarde.json";
    link.click();
    said.textContent = "Le fichier est dans vos téléchargements.";
  } catch {
    said.textContent = "Ce navigateur ne laisse pas lire les données enregistrées.";
  }
}

element("rescue-reload").addEventListener("click", () => location.reload());
element("rescue-save").addEventListener("click", save);

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

// What the browser offers before `offline.js`, which takes it up, is here.
let prompt;
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  prompt = event;
});

/** Prepares for the next visit, once nobody waits for this one. */
const prepare = () =>
  import(script.dataset.offline).then(({ default: begin }) => begin(prompt), () => {});

const UNOPENED =
  "Le réseau a peut-être coupé, ou ce navigateur est trop ancien. La convention se lit ci-dessous\u00a0; ce qui était enregistré l’est toujours.";

// Something is stored, and what reads it has not arrived: an empty page would look like a loss.
addEventListener("jalons:missing", (event) => rescue(event.detail, UNOPENED));

// A function and not the top level: browsers that cannot wait there must still get to the rescue.
async function start() {
  const { default: init } = await import(script.dataset.module);
  await init({ module_or_path: script.dataset.wasm });
}

start().catch((error) => rescue(error, stopped(error) ? undefined : UNOPENED));
