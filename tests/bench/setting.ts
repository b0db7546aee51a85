// The conditions for measuring the charts.
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { Exchange, handed } from '../e2e/carnet';
import { App } from '../e2e/pages';
import { keepLedgers, standsStill } from './ledger';
import { observations } from './observations';

/** The charts' screen, and the number of charts: one without data would not be measured. */
const [CHARTS, HOW_MANY] = ['#/bilan', 5];

/** The slowdown of the processor: a phone of some years ago compared with a laptop. */
export const SLOWER = 4;

/** The observations of a few people over years, and of many. */
export const [FEW, MANY] = [1_000, 10_000];

/** So narrow that one more pixel of the page is one more for its charts. */
export const TABLET = { width: 700, height: 1120 };

/** A page at full speed whose carnet has this many observations, with all charts drawn. */
export async function chartsOf(context: BrowserContext, count: number): Promise<Page> {
  await keepLedgers(context);
  const page = await context.newPage();
  const carnet = new Exchange(page);
  await carnet.openCarnet();
  await carnet.importFiles(handed('dix-ans.json', observations(count)));
  await carnet.merge();
  await expect(carnet.holds).toContainText(`${count} observations`);
  await openCharts(page);
  return page;
}

/** Navigates to the charts like a link, and waits until drawing has finished. */
export async function openCharts(page: Page): Promise<void> {
  await new App(page).follow(CHARTS);
  await expect(page.getByRole('application')).toHaveCount(HOW_MANY);
  await standsStill(page);
}
