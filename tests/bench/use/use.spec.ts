// What a person waits for while using the app.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { App } from '../../e2e/pages';
import { expect, test } from '../../e2e/fixtures';
import { keepLedgers, longTasksSince, now, standsStill, throttle } from '../ledger';
import { SLOWER } from '../setting';
import { given } from '../given';

/** How many actions are timed on each screen. */
const ACTIONS = 200;

/** A screen, and what its actions press: each in turn, over and over. */
interface Screen {
  name: string;
  address: string;
  pressed: string;
}

const SCREENS: Screen[] = [
  { name: 'home', address: '#/', pressed: '.marker .tick' },
  { name: 'objective', address: '#/objectif/2.1.2', pressed: '.marker .tick' },
  { name: 'Suivre', address: '#/suivre', pressed: '.marker .tick' },
  { name: 'Bilan', address: '#/bilan', pressed: 'input[type=radio]' },
];

test.use({ viewport: { width: 412, height: 823 } });

/** The times from each press to the paint after it, in ms. */
function press(page: Page, pressed: string, times: number): Promise<number[]> {
  return page.evaluate(
    async ([pressed, times]) => {
      const painted = () =>
        new Promise((done) => {
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port2.onmessage = done;
            port1.postMessage(0);
          });
        });
      const took: number[] = [];
      for (let at = 0; at < times; at += 1) {
        const all = document.querySelectorAll<HTMLElement>(pressed);
        await painted();
        const start = performance.now();
        all[at % all.length].click();
        await painted();
        took.push(performance.now() - start);
      }
      return took;
    },
    [pressed, times] as const,
  );
}

test('nobody waits', async ({ context }) => {
  await keepLedgers(context);
  const results = [];
  for (const { name, address, pressed } of SCREENS) {
    const page = await context.newPage();
    await new App(page).open(address);
    await expect(page.locator(pressed).first()).toBeVisible();
    await standsStill(page);
    await throttle(page, SLOWER);
    const start = await now(page);
    const took = await press(page, pressed, ACTIONS);
    const tasks = await longTasksSince(page, start);
    results.push({ screen: name, took, tasks: tasks.map(({ took }) => took) });
    await page.close();
  }
  writeFileSync(`${given('JALONS_FIGURES')}/use.json`, JSON.stringify(results));
});
