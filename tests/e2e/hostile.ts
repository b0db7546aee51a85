// Malicious texts, and checks that none of them has taken effect.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect } from './fixtures';

const FILE = resolve(__dirname, '../fixtures/hostile/texts.json');

/** All texts as the app stores them: without blank ends, and with one form of line ends. */
export const texts: string[] = JSON.parse(readFileSync(FILE, 'utf8')).map((text: string) =>
  text.trim().replace(/\r\n?/g, '\n'),
);

/** The texts that a single-line field accepts. */
export const lines = texts.filter((text) => !/[\n\u2028\u2029]/.test(text));

/** The texts in batches, one per line, each of at most this length. */
export function batches(length: number): string[] {
  const full: string[] = [];
  for (const text of texts) {
    const last = full.at(-1);
    if (last !== undefined && last.length + text.length < length) full[full.length - 1] = `${last}\n${text}`;
    else full.push(text);
  }
  return full;
}

/**
 * Defines the functions that the texts call. They write to the console, which every test watches.
 */
export async function baited(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    Object.assign(window, { canary: () => console.error('a text ran as a script') });
  });
}

/**
 * Types rows of texts into these fields, replacing their content, and presses the button after each
 * row. It runs in the page, because a hundred texts would otherwise take three hundred calls.
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
        // Lets the app run.
        await new Promise((done) => setTimeout(done));
      }
    },
    [inputs, rows, pushed] as const,
  );
}

/** Checks that no text has become part of the page's markup. */
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

/** The visible form of a text: browsers show neither control characters nor repeated spaces. */
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
