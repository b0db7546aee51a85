// What ten thousand ticks leave behind.
import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { TrackingPage } from '../../e2e/pages';
import { expect, test } from '../../e2e/fixtures';
import { given } from '../given';

/** How many ticks go before memory is looked at, how many between, and how many go into a frame. */
const [BEFORE, TICKS, A_FRAME] = [1_000, 10_000, 5];

/** Ticks markers, one after the other and over again. */
function tick(page: Page, times: number): Promise<void> {
  return page.evaluate(
    async ([times, aFrame]) => {
      const ticks = document.querySelectorAll<HTMLElement>('.marker .tick');
      for (let at = 0; at < times; at += 1) {
        ticks[at % ticks.length].click();
        // A task of its own for each, as for a finger, and now and then a picture.
        if (at % aFrame === 0) await new Promise(requestAnimationFrame);
        await new Promise((done) => setTimeout(done));
      }
    },
    [times, A_FRAME],
  );
}

/** How large the module's memory is, in bytes. */
function memory(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const script = document.querySelector<HTMLScriptElement>('script[data-module]');
    // The browser has one module of each address; started again, it gives what it exports.
    const glue = await import(new URL(script?.dataset.module ?? '', document.baseURI).href);
    const { memory } = (await glue.default()) as { memory: WebAssembly.Memory };
    return memory.buffer.byteLength;
  });
}

test('ten thousand ticks are counted in memory', async ({ page }) => {
  const list = new TrackingPage(page);
  await list.open('#/suivre');
  await expect(list.ticks.first()).toBeVisible();
  await tick(page, BEFORE);
  await list.expectNotice('Enregistré');
  const before = await memory(page);
  await tick(page, TICKS);
  await list.expectNotice('Enregistré');
  const after = await memory(page);
  writeFileSync(`${given('JALONS_FIGURES')}/memory.json`, JSON.stringify({ ticks: TICKS, before, after }));
});
