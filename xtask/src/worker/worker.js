// The service worker: keeps one whole build of the app, and answers from it without the network.
//
// Each build lies in a cache of its own, which is named after it and never written again once it is
// complete. So what a tab gets is of one build: a page names its files by their content, and of files
// that are not its own the worker looks for those names in the builds that are still kept for other
// tabs. A new build waits until a person asks for it or no tab is open any more. What it keeps was
// compared with the digests that the build wrote down, so neither a host that is being updated nor a
// network that answers with pages of its own can mix anything in.
//
// The words that pages and workers exchange stay as they are: both ends may be of different builds.
import { PrecacheController } from "workbox-precaching/PrecacheController.js";
import { PrecacheRoute } from "workbox-precaching/PrecacheRoute.js";
import { registerRoute } from "workbox-routing/registerRoute.js";
import { setCatchHandler } from "workbox-routing/setCatchHandler.js";

/* global BUILD: set by `xtask/src/worker.rs` */

// Pages hold locks of the same names: `public/offline.js`.
const family = `jalons ${registration.scope} `;
const cacheName = family + BUILD;

const precache = new PrecacheController({ cacheName });
precache.addToCacheList(self.__WB_MANIFEST);

// Whatever the query says, the page is the same, even if it says nothing: a bare `?` is no parameter
// that the library could ignore.
const withoutQuery = ({ url: { pathname, origin } }) => [new URL(pathname.replace(/\/$/, "/index.html"), origin)];
registerRoute(new PrecacheRoute(precache, { cleanURLs: false, urlManipulation: withoutQuery }));

// A file named after its content that this build does not have: of a tab's former build.
const kept = async ({ request }) => (await caches.match(request.url)) ?? fetch(request);
registerRoute(/-[0-9a-f]{8}\.\w+$/, kept);

// What the browser has cleared away here and the host has no longer: another build's whole page.
setCatchHandler(({ request }) => fetch(request));

/** Takes over what has not changed since a former build, so that it is not loaded again. */
async function takeOver() {
  const cache = await caches.open(cacheName);
  // A key names the content: by the file's own name, or by a revision behind it.
  for (const key of precache.getURLsToCacheKeys().values()) {
    const here = await caches.match(key);
    if (here && !(await cache.match(key))) await cache.put(key, here);
  }
}

/**
 * The builds that tabs were loaded with; nothing while one of them is about to start. Each tab holds
 * one lock. Whose it is cannot be asked: browsers name those who hold locks otherwise than clients.
 */
async function loaded() {
  const { held } = await navigator.locks.query();
  const locks = held.map(({ name }) => name).filter((name) => name.startsWith(family));
  const all = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const tabs = all.filter(({ url }) => url.startsWith(registration.scope));
  return locks.length < tabs.length ? undefined : locks;
}

/** Removes the builds before this one that no tab was loaded with. */
async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(family));
  const former = names.slice(0, Math.max(0, names.indexOf(cacheName)));
  // Where tabs cannot hold locks, the last build is left.
  const wanted = navigator.locks ? await loaded() : former.slice(-1);
  const gone = wanted ? former.filter((name) => !wanted.includes(name)) : [];
  await Promise.all(gone.map((name) => caches.delete(name)));
}

/** Whether all of this build is here. What the browser has cleared away is loaded again. */
async function whole(event) {
  for (const [address, cacheKey] of precache.getURLsToCacheKeys()) {
    const integrity = precache.getIntegrityForCacheKey(cacheKey);
    const request = new Request(address, { integrity, credentials: "same-origin" });
    await precache.strategy.handle({ event, request, params: { cacheKey, integrity } });
  }
  return true;
}

/** Answers a page. */
async function answer({ ports: [port] }, said) {
  port.postMessage(await said.catch(() => false));
}

addEventListener("install", (event) => {
  event.waitUntil(takeOver().then(() => precache.install(event)));
});

// Also the tab of the first visit, which may be in a cellar before its second.
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("message", (event) => {
  if (event.data === "build") event.ports[0].postMessage(BUILD);
  if (event.data === "whole") event.waitUntil(answer(event, whole(event)));
  if (event.data === "update") event.waitUntil(skipWaiting());
  if (event.data === "tidy") event.waitUntil(tidy());
});
