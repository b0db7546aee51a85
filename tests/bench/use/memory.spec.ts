// The memory growth after ten thousand ticks.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { TrackingPage } from '../../e2e/pages';
import { expect, test } from '../../e2e/fixtures';
import { given } from '../given';
import { memories, watchMemories } from '../memories';

/** The numbers of ticks before the first reading, between the readings, and per frame. */
const [BEFORE, TICKS, A_FRAME] = [1_000, 10_000, 5];

/** Ticks markers, one after the other, repeatedly. */
function tick(page: Page, times: number): Promise<void> {
  return page.evaluate(
    async ([times, aFrame]) => {
      const ticks = document.querySelectorAll<HTMLElement>('.marker .tick');
      for (let at = 0; at < times; at += 1) {
        ticks[at % ticks.length].click();
        // A task for each tick, as with a finger, and sometimes a frame.
        if (at % aFrame === 0) await new Promise(requestAnimationFrame);
        await new Promise((done) => setTimeout(done));
      }
    },
    [times, A_FRAME],
  );
}

test('ten thousand ticks are counted in memory', async ({ context, page }) => {
  await watchMemories(context);
  const list = new TrackingPage(page);
  await list.open('#/suivre');
  await expect(list.ticks.first()).toBeVisible();
  await tick(page, BEFORE);
  await list.expectNotice('Enregistré');
  const before = await memories(page);
  expect(before, 'the module was found').toBeGreaterThan(0);
  await tick(page, TICKS);
  await list.expectNotice('Enregistré');
  const after = await memories(page);
  writeFileSync(`${given('JALONS_FIGURES')}/memory.json`, JSON.stringify({ ticks: TICKS, before, after }));
});
