// The cost of a tick on the charts' screen: the number of drawings, and long tasks.
import type { BrowserContext, ElementHandle, Locator, Page } from '@playwright/test';
import { markers } from '../e2e/convention';
import { expect, test } from '../e2e/fixtures';
import { TrackingPage } from '../e2e/pages';
import { charts, drawingsSince, longTasksSince, now, standsStill, throttle } from './ledger';
import { chartsOf, FEW, SLOWER, TABLET } from './setting';
import { table, type Row } from './table';

/** The number of ticks made at each chart, and of timed ticks. */
const [TICKS_A_PLACE, TICKS] = [8, 20];

/**
 * How often a tick with a long task is repeated. Other load on the machine makes a task longer and
 * never shorter; the work of the tick itself is there each time.
 */
const ATTEMPTS = 5;

test.use({ viewport: TABLET });

/** Two slow tabs of one carnet: one shows the charts, which a tick in the other changes too. */
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
    // Located before measuring, because looking for names is work for the page too.
    const buttons = await list.ticks.elementHandles();
    expect(buttons).toHaveLength(markers.length);
    // A background tab draws once a second.
    await page.bringToFront();
    for (const slow of [page, list.page]) await throttle(slow, SLOWER);
    const tabs = new Tabs(page, list.page, buttons);
    await tabs.rest();
    return tabs;
  }

  /** Presses the button of a marker until it has this state, and waits until all work is done. */
  async press(marker: number, pressed: boolean): Promise<void> {
    const button = this.buttons[marker];
    await button.evaluate((button) => (button as HTMLElement).click());
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe(String(pressed));
    await this.rest();
  }

  /** The visible charts, without legends. */
  places(): Promise<Locator[]> {
    return this.charts.getByRole('application').all();
  }

  async lookAt(place: Locator): Promise<void> {
    await place.evaluate((chart) => chart.scrollIntoView({ block: 'center' }));
    await this.rest();
  }

  private async rest(): Promise<void> {
    await Promise.all([standsStill(this.charts), standsStill(this.list)]);
  }
}

test.describe('counted', () => {
  // A retry would hide an occasional failure.
  test.describe.configure({ retries: 0 });

  test('a tick redraws each chart in sight at most once, and no other', async ({ context }) => {
    const tabs = await Tabs.open(context);
    const rows = (await charts(tabs.charts)).map(({ name }) => ({ name, inSight: 0, redraws: 0, most: 0 }));
    const excess: string[] = [];
    let ticks = 0;
    for (const place of await tabs.places()) {
      await tabs.lookAt(place);
      for (let tick = 0; tick < TICKS_A_PLACE; tick += 1) {
        const start = await now(tabs.charts);
        const before = await charts(tabs.charts);
        await tabs.press(ticks, true);
        ticks += 1;
        // A text above a chart may move it into view, or out of it.
        const after = await charts(tabs.charts);
        const drawings = await drawingsSince(tabs.charts, start);
        const lost = drawings.filter(({ chart }) => chart < 0 || chart >= rows.length);
        excess.push(...lost.map(() => 'a canvas that was not there before the tick or is gone'));
        for (const [chart, row] of rows.entries()) {
          const inSight = Number(before[chart]?.inSight || after[chart]?.inSight);
          const redraws = drawings.filter((drawing) => drawing.chart === chart).length;
          row.inSight += inSight;
          row.redraws += redraws;
          row.most = Math.max(row.most, redraws);
          if (redraws > inSight) excess.push(`${row.name}: ${redraws} redraws, in sight: ${inSight}`);
        }
      }
    }
    table(
      `Redraws after ${ticks} ticks in another tab, the page at each chart in turn; at most 1 a tick of a chart\n` +
        'in sight or 200 pixels from it, none of the others.',
      ['chart', 'ticks in sight', 'redraws', 'most a tick'],
      rows.map(({ name, ...counts }) => [name, ...Object.values(counts)]),
    );
    expect(excess).toEqual([]);
    // Otherwise the ticks had not arrived, and the counts would be worthless.
    expect(rows.filter(({ redraws, inSight }) => redraws > 0 && redraws === inSight)).not.toEqual([]);
  });
});

test('a tick makes neither its own tab wait nor the one with the charts', async ({ context }) => {
  const tabs = await Tabs.open(context);
  // In the middle, most of them are in view.
  const places = await tabs.places();
  await tabs.lookAt(places[Math.floor(places.length / 2)]);
  const pages: [string, Page][] = [
    ['charts', tabs.charts],
    ['ticked list', tabs.list],
  ];
  /** Ticks a marker and returns for each page the duration of its longest long task, or 0. */
  const waits = async (marker: number) => {
    const starts = await Promise.all(pages.map(([, page]) => now(page)));
    await tabs.press(marker, true);
    const tasks = await Promise.all(pages.map(([, page], at) => longTasksSince(page, starts[at])));
    return tasks.map((tasks) => Math.max(0, ...tasks.map(({ took }) => took)));
  };
  const shortest = Array.from({ length: TICKS }, () => pages.map(() => Infinity));
  const isLong = (marker: number) => shortest[marker].some((wait) => wait > 0);
  let done = 0;
  let again = [...shortest.keys()];
  for (let attempt = 1; attempt <= ATTEMPTS && again.length > 0; attempt += 1) {
    for (const marker of again) {
      if (attempt > 1) await tabs.press(marker, false);
      const waited = await waits(marker);
      shortest[marker] = shortest[marker].map((wait, at) => Math.min(wait, waited[at]));
      done += 1;
    }
    again = again.filter(isLong);
  }
  const rows = pages.map(([name], at): Row => {
    const long = shortest.map((waits) => waits[at]).filter((wait) => wait > 0);
    const longest = long.length > 0 ? `${Math.max(...long)} ms` : '-';
    return [name, TICKS, done, long.length, longest];
  });
  table(
    `Ticks that led to a task of more than 50 ms at each of ${ATTEMPTS} attempts, with ${FEW} observations,\n` +
      `${SLOWER} times slower than this machine at this moment, whatever else it did; none may.`,
    ['tab', 'ticks', 'with attempts', 'long tasks', 'longest'],
    rows,
  );
  expect(rows.filter(([, , , long]) => long !== 0)).toEqual([]);
});
