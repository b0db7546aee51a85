// Keeps the app ready to open without the network, and offers the Rust side a new version or
// installing. `start.js` starts it once the app runs and the browser is idle. Both are published as
// one file, which saves a first visit a request.
//
// Nothing is forced: a new version takes over when a person accepts it. The tab that accepted
// reloads; the others continue with their build, see `xtask/src/worker/worker.js`, which also lists
// the messages to workers.
//
// The Rust side (`src/platform/app_status.rs`) reads the status by the event `jalons:query` and
// sends commands by `jalons:command`. The event `jalons:status` reports each change, and
// `jalons:offer` those since the first offer.

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

function setStatus(change) {
  Object.assign(status, change);
  dispatchEvent(new Event("jalons:status"));
  offered ||= status.update !== "" || status.install !== "";
  if (offered) dispatchEvent(new Event("jalons:offer"));
}

const WORKER = "worker.js";

/** The worker's address, as a `TrustedScriptURL` where the browser supports it. */
const address = () =>
  window.trustedTypes?.createPolicy("jalons", { createScriptURL: () => WORKER }).createScriptURL("") ??
  WORKER;

/** A worker's answer; `undefined` after a minute without one. */
const asked = (worker, question) =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage(question, [port2]);
    setTimeout(resolve, MINUTE);
  });

/** The build that a worker has cached. */
const buildOf = (worker) => asked(worker, "build");

/** The name of the cache and the lock of a build, which includes the app's folder. */
const named = (build) => `jalons ${registration.scope} ${build}`;

/** Whether another build than this page's waits, or has taken over. */
async function update() {
  const { active, waiting } = registration;
  const other = async (worker) => ((await buildOf(worker)) ?? build) !== build;
  if (active && waiting && (await other(waiting))) return "waiting";
  const { controller } = container;
  return controller && (await other(controller)) ? "replaced" : "";
}

/** Whether the app can open without the network. The worker reloads missing files first. */
async function offline() {
  const { active, installing, waiting } = registration;
  const isCached = active && (await asked(active, "whole"));
  // The first worker is briefly waiting between being installed and being active.
  return isCached ? "ready" : installing || (waiting && !active) ? "preparing" : "failed";
}

/**
 * How the app can be installed: by the browser's prompt, or by the share menu on iOS, which alone
 * has the property.
 */
const install = () => (prompt ? "prompt" : navigator.standalone === false ? "share" : "");

async function refreshStatus() {
  setStatus({ update: await update(), install: install() });
  setStatus({ offline: await offline() });
}

function watch() {
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", refreshStatus);
  });
  registration.installing?.addEventListener("statechange", refreshStatus);
  container.addEventListener("controllerchange", () => {
    if (accepted) location.reload();
    else refreshStatus();
  });
  // An installed app may stay open for weeks.
  addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - checked < HOUR) return;
    checked = Date.now();
    registration.update().catch(() => {});
  });
}

/** Locks this page's build, which keeps its cache, and lets the worker delete the other builds. */
function settle() {
  const tidy = () => container.controller?.postMessage("tidy");
  const stay = () => (tidy(), new Promise(() => {}));
  if (navigator.locks) navigator.locks.request(named(build), { mode: "shared" }, stay);
  else tidy();
}

const commands = {
  update() {
    accepted = true;
    // Another tab may have been faster.
    if (!registration.waiting) return location.reload();
    registration.waiting.postMessage("update");
    setTimeout(() => {
      accepted = false;
      setStatus({ update: "stuck" });
    }, MINUTE / 6);
  },
  reload: () => location.reload(),
  async install() {
    const asked = prompt;
    prompt = undefined;
    setStatus({ install: "" });
    await asked?.prompt();
  },
};

/** Starts; `early` is an install prompt that came before. */
export default async function begin(early) {
  prompt = early;
  addEventListener("beforeinstallprompt", (event) => {
    prompt = event;
    setStatus({ install: install() });
  });
  addEventListener("appinstalled", () => {
    prompt = undefined;
    setStatus({ install: "" });
  });
  addEventListener("jalons:query", ({ detail }) => Object.assign(detail, status));
  addEventListener("jalons:command", ({ detail }) => commands[detail]());
  try {
    if (!isSecureContext) return setStatus({ offline: "insecure" });
    // In a sandboxed frame, reading the property throws.
    container = navigator.serviceWorker;
    // A build by `serve --dev` has no worker.
    if (!build || !container) return setStatus({ offline: "unsupported", install: install() });
    // The preparation may still finish later, and is reported then.
    setTimeout(() => status.offline === "preparing" && setStatus({ offline: "failed" }), MINUTE);
    registration = await container.register(address(), { updateViaCache: "none" });
    watch();
    settle();
    await refreshStatus();
  } catch {
    setStatus({ offline: "failed", install: install() });
  }
}
