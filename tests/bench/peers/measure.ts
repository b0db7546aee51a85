// Measures one page like a phone of some years ago on a slow line.
//
// Ticks and filters are triggered in the page, by clicking a button, changing a select or the
// sheet's own function: a tap sent from outside would include the way through the browser and the
// test runner, which takes longer than the measured action. The next paint is detected by a message
// posted in the first animation frame that ends with the action shown: it arrives after that frame
// was laid out and painted. All pages are measured by the same code.
import type { Browser, BrowserContext, CDPSession, Page } from '@playwright/test';
import { memories, watchMemories } from '../memories';
import type { App } from './apps';

/** The slowdown of the processor. */
export const SLOWER = 4;

/** Lighthouse's "slow 4G": 150 ms of latency, 1.6 Mbit/s down, 750 kbit/s up. */
const LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

const PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, hasTouch: true };

/** The interval between taps until a tick works, in ms. */
const EVERY = 50;

/** The numbers of timed ticks and filters, and the timeout for each, in ms. */
const [TICKS, FILTERS, TIMEOUT_MS] = [100, 20, 30_000];

/**
 * The number of ticks before memory is measured, and of ticks per frame: some apps need seconds for
 * one.
 */
const [TICKS_BEFORE_MEMORY, A_FRAME] = [1_000, 10];

/** The timeout for a page to become usable, in ms. */
const START_TIMEOUT_MS = 120_000;

/** A new browser profile in which an app's driver exists before its page starts. */
async function profile(browser: Browser, baseURL: string, app: App): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, locale: 'fr-FR', ...PHONE });
  await context.addInitScript(app.drive);
  await context.addInitScript(toPaint);
  return context;
}

type Timed = (act: () => void, shown: () => string, patience?: number) => Promise<number>;

/** Creates `window.timed`: the ms from an action to the first paint with another content. */
function toPaint(): void {
  const frame = () =>
    new Promise<void>((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port2.onmessage = () => done();
        port1.postMessage(0);
      });
    });
  const timed: Timed = async (act, shown, patience = 60_000) => {
    const former = shown();
    // Finishes pending drawing first.
    await frame();
    const start = performance.now();
    act();
    do {
      await frame();
      if (performance.now() - start > patience) throw new Error(`still shows ${former}`);
    } while (shown() === former);
    return performance.now() - start;
  };
  Object.assign(window, { timed });
}

/** Opens the first screen with an empty cache, while tapping. */
export async function load(browser: Browser, baseURL: string, app: App, size: number) {
  const context = await profile(browser, baseURL, app);
  await context.addInitScript((every) => {
    // Each tap is on the next marker: a second tap on one would take the tick back.
    const former: string[] = [];
    const tapping = setInterval(() => {
      const { driver } = window;
      if (!driver.isThere()) return;
      former.push(driver.state(former.length));
      driver.tick(former.length - 1);
    }, every);
    const look = () => {
      if (former.every((state, marker) => window.driver.state(marker) === state)) {
        return requestAnimationFrame(look);
      }
      clearInterval(tapping);
      const { port1, port2 } = new MessageChannel();
      port2.onmessage = () => Object.assign(window, { firstTick: performance.now() });
      port1.postMessage(0);
    };
    requestAnimationFrame(look);
  }, EVERY);
  const page = await context.newPage();
  const tools = await context.newCDPSession(page);
  let [bytes, requests] = [0, 0];
  tools.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.startsWith('http')) requests += 1;
  });
  tools.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
  await tools.send('Network.enable');
  await tools.send('Network.emulateNetworkConditions', LINE);
  await slow(tools);
  await page.goto(`${app.name}-${size}/${app.first}`, { timeout: START_TIMEOUT_MS });
  const firstTick = await page.waitForFunction(
    () => (window as unknown as { firstTick?: number }).firstTick,
    undefined,
    { timeout: START_TIMEOUT_MS },
  );
  const firstPaint = await page.evaluate(
    () => performance.getEntriesByName('first-contentful-paint')[0].startTime,
  );
  await page.waitForLoadState('networkidle');
  const figures = { bytes, requests, firstPaint, firstTick: Number(await firstTick.jsonValue()) };
  await context.close();
  return figures;
}

async function slow(tools: CDPSession): Promise<void> {
  await tools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
}

/** Opens the screen with all markers, at full speed. */
async function list(context: BrowserContext, app: App, size: number): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${app.name}-${size}/${app.list}`, { timeout: START_TIMEOUT_MS });
  await page.waitForFunction(() => window.driver.isThere() && window.driver.left() !== '', undefined, {
    timeout: START_TIMEOUT_MS,
  });
  return page;
}

/** Times ticks, then filters. */
export async function use(browser: Browser, baseURL: string, app: App, size: number) {
  const context = await profile(browser, baseURL, app);
  const page = await list(context, app, size);
  await slow(await context.newCDPSession(page));
  const ticks = await page.evaluate(
    async ([many, patience, size]) => {
      const { driver, timed } = window as unknown as Window & { timed: Timed };
      const times: number[] = [];
      const end = performance.now() + patience;
      for (let at = 0; at < many && (at < 5 || performance.now() < end); at += 1) {
        const marker = at % size;
        times.push(await timed(() => driver.tick(marker), () => driver.state(marker)));
      }
      return times;
    },
    [TICKS, TIMEOUT_MS, size],
  );
  const filters = await page.evaluate(
    async ([many, patience]) => {
      const { driver, timed } = window as unknown as Window & { timed: Timed };
      const [narrowing, widening]: number[][] = [[], []];
      const end = performance.now() + patience;
      for (let at = 0; at < many && (at < 2 || performance.now() < end); at += 1) {
        narrowing.push(await timed(() => driver.filter('1'), driver.left));
        widening.push(await timed(() => driver.filter(''), driver.left));
      }
      return { narrowing, widening };
    },
    [FILTERS, TIMEOUT_MS],
  );
  await context.close();
  return { ticks, ...filters };
}

/** The memory of the page after a thousand ticks at full speed, in bytes, by kind. */
export async function memory(browser: Browser, baseURL: string, app: App, size: number) {
  const context = await profile(browser, baseURL, app);
  await watchMemories(context);
  const page = await list(context, app, size);
  await page.evaluate(
    async ([many, aFrame, size]) => {
      const { driver, timed } = window as unknown as Window & { timed: Timed };
      for (let at = 0; at < many; at += aFrame) {
        const markers = Array.from({ length: aFrame }, (_, more) => (at + more) % size);
        const all = () => markers.map(driver.state).join('\n');
        await timed(() => markers.forEach(driver.tick), all);
      }
    },
    [TICKS_BEFORE_MEMORY, A_FRAME, size],
  );
  const tools = await context.newCDPSession(page);
  await tools.send('HeapProfiler.enable');
  await tools.send('HeapProfiler.collectGarbage');
  const heap = (await tools.send('Runtime.getHeapUsage')) as {
    usedSize: number;
    embedderHeapUsedSize: number;
    backingStorageSize: number;
  };
  const modules = await memories(page);
  await context.close();
  return { ...heap, modules };
}
