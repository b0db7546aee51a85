// How the charts' time grows with the number of observations: they are aggregated before drawing,
// so ten times as many take far less than ten times as long to draw.
import type { Browser } from '@playwright/test';
import { expect, test } from '../e2e/fixtures';
import { App } from '../e2e/pages';
import { charts, drawingsSince, looks, now, standsStill, throttle, type Drawing } from './ledger';
import { chartsOf, FEW, MANY, openCharts, SLOWER, TABLET } from './setting';
import { median, table, type Row } from './table';

/** The limit for the time of the many observations, as a multiple of that of the few. */
const LIMIT = 4;

const REDRAWS = 30;
const OPENINGS = 7;
const LOADS = 3;

/** A screen without charts, to come from. */
const ELSEWHERE = '#/a-propos';

/** The medians for one carnet, in ms. */
interface Medians {
  /** The callback of the frame that draws a chart: its layout, its colours, its drawing. */
  redrawing: { name: string; time: number }[];
  /**
   * From the change of the address until the last chart is drawn: aggregating, the screen, drawing.
   */
  opening: number;
  /**
   * From the start of loading until the charts are complete: the app and its two stores as well.
   */
  loading: number;
}

const last = (drawings: Drawing[]) => Math.max(...drawings.map(({ end }) => end));

async function measure(browser: Browser, baseURL: string, count: number): Promise<Medians> {
  const context = await browser.newContext({ baseURL, viewport: TABLET, locale: 'fr-FR' });
  const page = await chartsOf(context, count);
  // All of them in view, so that all of them are drawn.
  const height = (await page.evaluate(() => document.documentElement.scrollHeight)) + 200;
  const widen = (pixels: number) => page.setViewportSize({ width: TABLET.width + pixels, height });
  await widen(0);
  await standsStill(page);
  const shown = await charts(page);
  await throttle(page, SLOWER);

  const rounds = shown.map(() => [] as number[]);
  for (let round = 1; round <= REDRAWS; round += 1) {
    const before = await now(page);
    await widen(round % 2);
    await standsStill(page, 200);
    const drawings = await drawingsSince(page, before);
    const drawn = [...new Set(drawings.map(({ chart }) => chart))].sort((one, other) => one - other);
    expect(drawn, 'one pixel more or less has each chart drawn').toEqual([...shown.keys()]);
    for (const { chart, took } of drawings) rounds[chart].push(took);
  }

  const openings: number[] = [];
  for (let round = 0; round < OPENINGS; round += 1) {
    await new App(page).follow(ELSEWHERE);
    await expect(page.locator('canvas')).toHaveCount(0);
    await standsStill(page);
    const before = await now(page);
    await openCharts(page);
    openings.push(last(await drawingsSince(page, before)) - before);
  }

  const complete = await looks(page);
  const loads: number[] = [];
  for (let round = 0; round < LOADS; round += 1) {
    await page.reload();
    await expect.poll(() => looks(page), { timeout: 60_000, intervals: [1_000] }).toBe(complete);
    loads.push(last(await drawingsSince(page, 0)));
  }
  await context.close();
  const redrawing = shown.map(({ name }, chart) => ({ name, time: median(rounds[chart]) }));
  return { redrawing, opening: median(openings), loading: median(loads) };
}

test('ten times the observations are drawn in at most four times the time', async ({
  browser,
  baseURL,
}) => {
  const few = await measure(browser, baseURL ?? '', FEW);
  const many = await measure(browser, baseURL ?? '', MANY);
  const row = (what: string, times: number, less: number, more: number): Row => {
    const ms = (time: number) => `${time.toFixed(1)} ms`;
    return [what, times, ms(less), ms(more), (more / less).toFixed(2)];
  };
  expect(many.redrawing.map(({ name }) => name)).toEqual(few.redrawing.map(({ name }) => name));
  const redrawing = few.redrawing.map(({ name, time }, chart) =>
    row(`redraw: ${name}`, REDRAWS, time, many.redrawing[chart].time),
  );
  const held = [...redrawing, row('open the screen', OPENINGS, few.opening, many.opening)];
  table(
    `Medians, ${SLOWER} times slower than this machine at this moment, whatever else it did. A redraw and\n` +
      `opening the screen may take at most ${LIMIT} times the time for ten times the observations; loading the\n` +
      'app there reads ten times as much from the stores, and is no more than told.',
    ['', 'times', `${FEW}`, `${MANY}`, 'ratio'],
    [...held, row('load the app there', LOADS, few.loading, many.loading)],
  );
  expect(held.filter(([, , , , ratio]) => !(Number(ratio) <= LIMIT))).toEqual([]);
});
