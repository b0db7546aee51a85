// Texts that mean harm, and what a page would look like if one of them had done some.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect } from './fixtures';

const FILE = resolve(__dirname, '../fixtures/hostile/texts.json');

/** All of them, as an app keeps them: without blank ends, each line ended in one way. */
export const texts: string[] = JSON.parse(readFileSync(FILE, 'utf8')).map((text: string) =>
  text.trim().replace(/\r\n?/g, '\n'),
);

/** Those that a field of one line takes whole. */
export const lines = texts.filter((text) => !/[\n\u2028\u2029]/.test(text));

/** As many of the texts, one a line, as a field of that length takes, field by field. */
export function batches(length: number): string[] {
  const full: string[] = [];
  for (const text of texts) {
    const last = full.at(-1);
    if (last !== undefined && last.length + text.length < length) full[full.length - 1] = `${last}\n${text}`;
    else full.push(text);
  }
  return full;
}

/** Gives the texts what they call. The console is watched by every test, so it tells of it. */
export async function baited(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Object.assign(window, { canary: () => console.error('a text ran as a script') });
  });
}

/**
 * Types one row of texts after the other into these fields, in place of what is in them, and pushes
 * the button after each row. It is done in the page, so that a hundred texts are no three hundred
 * words between page and test.
 */
export async function typeRows(fields: Locator[], rows: string[][], button?: Locator): Promise<void> {
  const inputs = await Promise.all(fields.map((field) => field.elementHandle()));
  const pushed = await button?.elementHandle();
  await fields[0]?.page().evaluate(
    async ([inputs, rows, button]) => {
      for (const row of rows) {
        for (const [at, text] of row.entries()) {
          const input = inputs[at] as HTMLInputElement;
          input.value = text;
          input.dispatchEvent(new InputEvent('input', { bubbles: true }));
        }
        (button as HTMLElement | undefined)?.click();
        // The app has its turn.
        await new Promise((done) => setTimeout(done));
      }
    },
    [inputs, rows, pushed] as const,
  );
}

/** Whether none of the texts has become a part of the page. */
export async function expectHarmless(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => {
    const active =
      '[data-bait], iframe, object, embed, base, marquee, dialog, form[action], style[data-bait], ' +
      '[href*="bait"], [href*="javascript:" i], [src*="canary"], [srcdoc]';
    const elements = [...document.querySelectorAll('*')].filter(
      (element) =>
        element.matches(active) || element.getAttributeNames().some((name) => name.startsWith('on')),
    );
    const polluted = 'polluted' in {} ? ['the prototype of all objects'] : [];
    return [...elements.map((element) => element.outerHTML.slice(0, 200)), ...polluted];
  });
  expect(found, where).toEqual([]);
}

/** A text as far as one can see it: browsers show neither control characters nor how many blanks. */
function visible(text: string): string {
  return text.replace(/[\s\p{Cc}\u200b\ufeff]+/gu, '');
}

/** Expects every one of the texts on the page, letter by letter. */
export async function expectShown(page: Page, expected: string[], where: string): Promise<void> {
  await expect(async () => {
    const shown = visible((await page.locator('body').textContent()) ?? '');
    expect(expected.filter((text) => !shown.includes(visible(text))), where).toEqual([]);
  }).toPass();
  await expectHarmless(page, where);
}
