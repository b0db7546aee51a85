// What a tick costs where its charts are: how often they are drawn, and whether anybody waits.
import type { BrowserContext, ElementHandle, Page } from '@playwright/test';
import { markers } from '../e2e/convention';
import { expect, test } from '../e2e/fixtures';
import { TrackingPage } from '../e2e/pages';
import { charts, drawingsSince, longTasksSince, now, standsStill, throttle } from './ledger';
import { chartsOf, FEW, SLOWER, TABLET } from './setting';
import { table, type Row } from './table';

const TICKS = 20;

/** How often a tick that made a page wait is done again. What else the machine does makes a task
 * longer and never shorter; what the tick itself does is there each time. */
const ATTEMPTS = 3;

test.use({ viewport: TABLET });

/** Two tabs of one carnet, both slow: in one the charts, which a tick in the other changes too. */
class Tabs {
  private constructor(
    readonly charts: Page,
    readonly list: Page,
    private readonly buttons: ElementHandle[],
  ) {}

  static async open(context: BrowserContext): Promise<Tabs> {
    const page = await chartsOf(context, FEW);
    const list = new TrackingPage(await context.newPage());
    await list.open('#/suivre');
    // Found before anything is measured: looking for names is work for the page as well.
    const buttons = await list.ticks.elementHandles();
    expect(buttons).toHaveLength(markers.length);
    // A tab behind another one draws once a second.
    await page.bringToFront();
    for (const slow of [page, list.page]) await throttle(slow, SLOWER);
    const tabs = new Tabs(page, list.page, buttons);
    await tabs.rest();
    return tabs;
  }

  /** Presses the button of a marker until it is ticked or not, and waits until all has been done. */
  async press(marker: number, pressed: boolean): Promise<void> {
    const button = this.buttons[marker];
    await button.evaluate((button) => (button as HTMLElement).click());
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe(String(pressed));
    await this.rest();
  }

  async scrollToEnd(): Promise<void> {
    await this.charts.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await this.rest();
  }

  private async rest(): Promise<void> {
    await Promise.all([standsStill(this.charts), standsStill(this.list)]);
  }
}

test.describe('counted', () => {
  // A second attempt would hide what happens now and then.
  test.describe.configure({ retries: 0 });

  test('a tick redraws each chart in sight at most once, and no other', async ({ context }) => {
    test.setTimeout(900_000);
    const tabs = await Tabs.open(context);
    const rows: Row[] = [];
    const excess: string[] = [];
    for (const [at, end] of ['top', 'bottom'].entries()) {
      if (at > 0) await tabs.scrollToEnd();
      const shown = await charts(tabs.charts);
      const counts = shown.map(() => [] as number[]);
      for (let tick = 0; tick < TICKS; tick += 1) {
        const before = await now(tabs.charts);
        await tabs.press(at * TICKS + tick, true);
        const drawings = await drawingsSince(tabs.charts, before);
        for (const [index, { chart }] of shown.entries()) {
          counts[index].push(drawings.filter((drawing) => drawing.chart === chart).length);
        }
        const others = drawings.filter((drawing) => shown.every(({ chart }) => chart !== drawing.chart));
        excess.push(...others.map(({ chart }) => `${chart}, which was not there before`));
      }
      for (const [index, { chart, inSight }] of shown.entries()) {
        const most = Math.max(...counts[index]);
        const sum = counts[index].reduce((sum, count) => sum + count);
        rows.push([chart, end, inSight ? 'yes' : 'no', TICKS, sum, most]);
        if (most > (inSight ? 1 : 0)) excess.push(`${chart}, ${end}: ${most}`);
      }
    }
    table(
      'Redraws after ticks in another tab; at most 1 a tick of a chart in sight or 200 pixels from it, none of others.',
      ['chart', 'page at its', 'in sight', 'ticks', 'redraws', 'most a tick'],
      rows,
    );
    expect(excess).toEqual([]);
    // Otherwise the ticks had not come through, and nothing would have been counted.
    expect(rows.filter(([, , , ticks, redraws]) => redraws === ticks).length).toBeGreaterThan(0);
  });
});

test('a tick makes neither its own tab wait nor the one with the charts', async ({ context }) => {
  const tabs = await Tabs.open(context);
  const pages: [string, Page][] = [
    ['charts', tabs.charts],
    ['ticked list', tabs.list],
  ];
  /** Ticks a marker and says for each page how long its longest long task took, or 0. */
  const waits = async (marker: number) => {
    const starts = await Promise.all(pages.map(([, page]) => now(page)));
    await tabs.press(marker, true);
    const tasks = await Promise.all(pages.map(([, page], at) => longTasksSince(page, starts[at])));
    return tasks.map((tasks) => Math.max(0, ...tasks.map(({ took }) => took)));
  };
  const shortest: number[][] = [];
  let attempts = 0;
  for (let marker = 0; marker < TICKS; marker += 1) {
    let best = pages.map(() => Infinity);
    for (let attempt = 0; attempt < ATTEMPTS && best.some((wait) => wait > 0); attempt += 1) {
      if (attempt > 0) await tabs.press(marker, false);
      const waited = await waits(marker);
      best = best.map((wait, at) => Math.min(wait, waited[at]));
      attempts += 1;
    }
    shortest.push(best);
  }
  const rows = pages.map(([name], at): Row => {
    const long = shortest.map((waits) => waits[at]).filter((wait) => wait > 0);
    const longest = long.length > 0 ? `${Math.max(...long)} ms` : '-';
    return [name, TICKS, attempts, long.length, longest];
  });
  table(
    `Ticks that lead to a task of more than 50 ms at each of ${ATTEMPTS} attempts, with ${FEW} observations, ${SLOWER} times slower; none may.`,
    ['tab', 'ticks', 'with attempts', 'long tasks', 'longest'],
    rows,
  );
  expect(rows.filter(([, , , long]) => long !== 0)).toEqual([]);
});
