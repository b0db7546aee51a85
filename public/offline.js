// Keeps the app ready to open without the network, and tells the Rust side what there is to offer: a
// new version, or installing. `start.js` has it begin once the app runs and the browser is idle. Both
// are published as one file, which saves a first visit a request.
//
// Nothing here is forced: a new version takes over when a person says so. The tab that asked is
// loaded again; the others go on with the build they have, see `xtask/src/worker/worker.js`, and
// the words for workers stand there.
//
// The Rust side (`src/platform/app_status.rs`) reads the status by the event `jalons:query` and sends
// commands by `jalons:command`. `jalons:status` tells it of each change, and `jalons:offer` of those
// from the first that is worth showing.

const { build } = document.querySelector("script[data-module]").dataset;
const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

const status = { offline: "preparing", update: "", install: "" };
let container;
let registration;
let prompt;
let accepted = false;
let offered = false;
let checked = Date.now();

function tell(change) {
  Object.assign(status, change);
  dispatchEvent(new Event("jalons:status"));
  offered ||= status.update !== "" || status.install !== "";
  if (offered) dispatchEvent(new Event("jalons:offer"));
}

const WORKER = "worker.js";

/** Its address, in the type that the page's policy asks for where the browser knows it. */
const address = () =>
  window.trustedTypes?.createPolicy("jalons", { createScriptURL: () => WORKER }).createScriptURL("") ??
  WORKER;

/** What a worker answers; nothing where it has not within a minute. */
const asked = (worker, question) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(question, [port2]);
    setTimeout(resolve, MINUTE);
  });

/** The build that a worker keeps. */
const buildOf = (worker) => asked(worker, "build");

/** Caches and locks are named alike, after the folder of the app and the build. */
const named = (build) => `jalons ${registration.scope} ${build}`;

/** Whether a build other than this page's waits, or has taken over. */
async function update() {
  const { active, waiting } = registration;
  const other = async (worker) => ((await buildOf(worker)) ?? build) !== build;
  if (active && waiting && (await other(waiting))) return "waiting";
  const { controller } = container;
  return controller && (await other(controller)) ? "replaced" : "";
}

/** Whether the app would open without the network. A worker loads again what it has lost. */
async function offline() {
  const { active, installing, waiting } = registration;
  const kept = active && (await asked(active, "whole"));
  // The first worker waits for a moment between being installed and being active.
  return kept ? "ready" : installing || (waiting && !active) ? "preparing" : "failed";
}

/** How the app can be installed: the browser asks, or, on iOS, which alone knows the property, a
    person does by the menu for sharing. */
const install = () => (prompt ? "prompt" : navigator.standalone === false ? "share" : "");

async function look() {
  tell({ update: await update(), install: install() });
  tell({ offline: await offline() });
}

function watch() {
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
  registration.installing?.addEventListener("statechange", look);
  container.addEventListener("controllerchange", () => {
    if (accepted) location.reload();
    else look();
  });
  // An installed app may stay open for weeks.
  addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - checked < HOUR) return;
    checked = Date.now();
    registration.update().catch(() => {});
  });
}

/** Says which build this page was loaded with, which is kept for as long, and has others removed. */
function settle() {
  const tidy = () => container.controller?.postMessage("tidy");
  const stay = () => (tidy(), new Promise(() => {}));
  if (navigator.locks) navigator.locks.request(named(build), { mode: "shared" }, stay);
  else tidy();
}

const commands = {
  update() {
    accepted = true;
    // Another tab may have been quicker.
    if (!registration.waiting) return location.reload();
    registration.waiting.postMessage("update");
    setTimeout(() => {
      accepted = false;
      tell({ update: "stuck" });
    }, MINUTE / 6);
  },
  reload: () => location.reload(),
  async install() {
    const asked = prompt;
    prompt = undefined;
    tell({ install: "" });
    await asked?.prompt();
  },
};

/** Begins; `early` is what the browser offered before this was here. */
export default async function begin(early) {
  prompt = early;
  addEventListener("beforeinstallprompt", (event) => {
    prompt = event;
    tell({ install: install() });
  });
  addEventListener("appinstalled", () => {
    prompt = undefined;
    tell({ install: "" });
  });
  addEventListener("jalons:query", ({ detail }) => Object.assign(detail, status));
  addEventListener("jalons:command", ({ detail }) => commands[detail]());
  try {
    if (!isSecureContext) return tell({ offline: "insecure" });
    // A sandboxed frame throws at the very question.
    container = navigator.serviceWorker;
    // An unfinished build, as `serve --dev` makes it, has no worker.
    if (!build || !container) return tell({ offline: "unsupported", install: install() });
    // What has not come by then may still do so, and is told then.
    setTimeout(() => status.offline === "preparing" && tell({ offline: "failed" }), MINUTE);
    registration = await container.register(address(), { updateViaCache: "none" });
    watch();
    settle();
    await look();
  } catch {
    tell({ offline: "failed", install: install() });
  }
}
