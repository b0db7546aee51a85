// Records a page's drawings and long tasks, from before the app starts.
//
// `charts/canvas.rs` sets the width of a canvas exactly once per drawing, because setting it clears
// the canvas. So the setter of the width counts drawings, and the duration of the frame callback
// that calls it is the time of a drawing.
import type { BrowserContext, Page } from '@playwright/test';

/** A canvas drawn in a frame callback. */
interface Timed {
  /** The end of the callback, in ms since the page began. */
  end: number;
  /** The duration of the callback, in ms: layout of the chart, its colours, drawing. */
  took: number;
}

/** The same, for use outside the page. */
export interface Drawing extends Timed {
  /** The index of the canvas among those on the page, or -1. */
  chart: number;
}

/** A chart on the page. */
export interface Chart {
  /** Its accessible name. */
  name: string;
  /** Whether it is in view, or nearly, by the margin of `platform/visibility.rs`. */
  inSight: boolean;
}

/** A task that blocked the page for more than 50 ms. */
export interface LongTask {
  start: number;
  took: number;
}

interface Ledger {
  drawings: (Timed & { canvas: HTMLCanvasElement })[];
  tasks(): LongTask[];
}

declare global {
  interface Window {
    ledger: Ledger;
  }
}

/** Makes every page of the context keep its ledger. */
export async function keepLedgers(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const drawings: Ledger['drawings'] = [];
    const tasks: LongTask[] = [];
    const add = (entries: PerformanceEntryList) => {
      tasks.push(...entries.map(({ startTime, duration }) => ({ start: startTime, took: duration })));
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'longtask', buffered: true });
    window.ledger = {
      drawings,
      tasks() {
        add(observer.takeRecords());
        return tasks;
      },
    };

    const width = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'width');
    if (!width?.set) throw new Error('a canvas has no width to watch');
    const setWidth = width.set;
    let open: Ledger['drawings'] = [];
    Object.defineProperty(HTMLCanvasElement.prototype, 'width', {
      ...width,
      set(this: HTMLCanvasElement, pixels: number) {
        const drawing = { canvas: this, end: performance.now(), took: 0 };
        drawings.push(drawing);
        open.push(drawing);
        setWidth.call(this, pixels);
      },
    });
    const ask = window.requestAnimationFrame;
    window.requestAnimationFrame = (callback) =>
      ask.call(window, (time) => {
        open = [];
        const start = performance.now();
        callback(time);
        const end = performance.now();
        for (const drawing of open) Object.assign(drawing, { end, took: (end - start) / open.length });
      });
  });
}

/** Slows a page's processor down by this factor. */
export async function throttle(page: Page, rate: number): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate });
}

/** The current time in the page. */
export function now(page: Page): Promise<number> {
  return page.evaluate(() => performance.now());
}

/** The drawings since an instant. */
export function drawingsSince(page: Page, start: number): Promise<Drawing[]> {
  return page.evaluate((start) => {
    const charts = [...document.querySelectorAll('canvas')];
    const drawings = window.ledger.drawings.filter(({ end }) => end >= start);
    return drawings.map(({ canvas, end, took }) => ({ chart: charts.indexOf(canvas), end, took }));
  }, start);
}

/** The long tasks that began since an instant. */
export function longTasksSince(page: Page, start: number): Promise<LongTask[]> {
  return page.evaluate((start) => window.ledger.tasks().filter((task) => task.start >= start), start);
}

/** Waits until nothing has been drawn for this many ms, by default thirty frames. */
export function standsStill(page: Page, long = 500): Promise<void> {
  return page.evaluate(async (long) => {
    for (let seen = -1; seen !== window.ledger.drawings.length; ) {
      seen = window.ledger.drawings.length;
      await new Promise((done) => setTimeout(done, long));
      await new Promise(requestAnimationFrame);
    }
  }, long);
}

/** The charts on the page. */
export function charts(page: Page): Promise<Chart[]> {
  return page.evaluate(() => {
    const margin = 200;
    return [...document.querySelectorAll('canvas')].map((canvas) => {
      const { top, bottom } = canvas.getBoundingClientRect();
      const named = canvas.closest('[aria-label]:not([aria-label=""])');
      // A canvas without a name is the legend of the chart next to it.
      const legend = `legend: ${canvas.closest('section')?.querySelector('h2')?.textContent}`;
      const name = named?.getAttribute('aria-label') ?? legend;
      return { name, inSight: bottom > -margin && top < innerHeight + margin };
    });
  });
}

/** The pixels of all charts on the page, for comparing. */
export function looks(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join('\n'),
  );
}
