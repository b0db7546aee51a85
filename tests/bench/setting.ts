// Under which circumstances the charts are measured.
import { expect, type BrowserContext, type Page } from '@playwright/test';
import { Exchange, handed } from '../e2e/carnet';
import { App } from '../e2e/pages';
import { keepLedgers, standsStill } from './ledger';
import { observations } from './observations';

/** The screen with the charts, and how many there are: a chart without data would not be measured. */
const [CHARTS, HOW_MANY] = ['#/bilan', 5];

/** How many times slower than this machine: a phone of some years ago beside a laptop. */
export const SLOWER = 4;

/** The observations of some people over years, and of many. */
export const [FEW, MANY] = [1_000, 10_000];

/** So narrow that one pixel more of the page is one more for its charts. */
export const TABLET = { width: 700, height: 1120 };

/** A page at full speed whose carnet has so many observations, and whose charts are all drawn. */
export async function chartsOf(context: BrowserContext, count: number): Promise<Page> {
  await keepLedgers(context);
  const page = await context.newPage();
  const carnet = new Exchange(page);
  await carnet.openCarnet();
  await carnet.handIn(handed('dix-ans.json', observations(count)));
  await carnet.merge();
  await expect(carnet.holds).toContainText(`${count} observations`);
  await openCharts(page);
  return page;
}

/** Goes to the charts as a link does, and waits until nothing is drawn any more. */
export async function openCharts(page: Page): Promise<void> {
  await new App(page).follow(CHARTS);
  await expect(page.getByRole('application')).toHaveCount(HOW_MANY);
  await standsStill(page);
}
