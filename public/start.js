// Starts the app, and takes over when it cannot go on.
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

/** Shows the rescue page, once. */
function rescue(error, why) {
  const page = element("rescue");
  if (!page.hidden) return;
  if (why) element("rescue-why").textContent = why;
  element("rescue-detail").textContent = detail || String(error);
  element("app").remove();
  page.hidden = false;
  element("rescue-title").focus();
}

/** A raw copy of what is stored, in the format of `codec/backup.rs`. */
function backup() {
  const entries = {};
  for (let index = 0; index < localStorage.length; index += 1) {
    const key = localStorage.key(index);
    if (key.startsWith(FAMILY)) entries[key] = localStorage.getItem(key);
  }
  return JSON.stringify({ format: "jalons-raw-backup", version: 1, entries }, null, 2);
}

function save() {
  const said = element("rescue-saved");
  try {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([backup()], { type: "application/json" }));
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

// A function and not the top level: browsers that cannot wait there must still get to the rescue.
async function start() {
  const { default: init } = await import(script.dataset.module);
  await init({ module_or_path: script.dataset.wasm });
  dispatchEvent(new CustomEvent("jalons:ready"));
}

start().catch((error) => {
  const why = stopped(error)
    ? undefined
    : "Jalons n’a pas pu s’ouvrir\u00a0: le réseau a peut-être coupé, ou ce navigateur est trop ancien. Ce qui était enregistré l’est toujours.";
  rescue(error, why);
});
