// What a page writes down about its drawing, from before the app starts.
//
// `charts/canvas.rs` sets the width of a canvas once at each drawing and nowhere else: a new width,
// or the same again, empties it. So the setter of the width counts drawings, and what is done in the
// callback of a frame in which it is called is the time that a drawing takes.
import type { BrowserContext, Page } from '@playwright/test';

/** One canvas drawn in the callback of a frame. */
interface Timed {
  /** When the callback ended, in ms since the page began. */
  end: number;
  /** How long it ran, in ms: layout of the chart, its colours, drawing. */
  took: number;
}

/** The same, as it is told of outside the page. */
export interface Drawing extends Timed {
  /** Which of the canvases that are on the page by now, or -1. */
  chart: number;
}

/** A chart on the page. */
export interface Chart {
  /** Its name for those who do not see it. */
  name: string;
  /** Whether it is in sight, or nearly, as `platform/sight.rs` takes it. */
  inSight: boolean;
}

/** Something that kept the page from answering for more than 50 ms. */
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

/** Has every page of the context keep its ledger. */
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

/** Makes a page as slow as on a processor of this part of the speed. */
export async function throttle(page: Page, rate: number): Promise<void> {
  const tools = await page.context().newCDPSession(page);
  await tools.send('Emulation.setCPUThrottlingRate', { rate });
}

/** The instant, in the page's own time. */
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

/** Waits until nothing has been drawn for so long, in ms: thirty frames when nothing else is said. */
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
      // What has none says what the page says elsewhere, in the colours of the chart beside it.
      const legend = `legend: ${canvas.closest('section')?.querySelector('h2')?.textContent}`;
      const name = named?.getAttribute('aria-label') ?? legend;
      return { name, inSight: bottom > -margin && top < innerHeight + margin };
    });
  });
}

/** What all charts on the page look like, to be compared. */
export function looks(page: Page): Promise<string> {
  return page.evaluate(() =>
    [...document.querySelectorAll('canvas')].map((canvas) => canvas.toDataURL()).join('\n'),
  );
}
