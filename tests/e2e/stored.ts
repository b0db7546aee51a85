// What lies in the browser's storage, and what a person saves of it.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import type { App } from './pages';

type Entries = Record<string, string>;

/** Everything in the storage of the page. */
export function stored(page: Page): Promise<Entries> {
  return page.evaluate(() => ({ ...localStorage }));
}

/** Puts values into the storage as they are. */
export function store(page: Page, entries: Entries): Promise<void> {
  return page.evaluate((values) => {
    for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value);
  }, entries);
}

/** The keys of all records about an item. */
export async function recordsOf(page: Page, item: string): Promise<string[]> {
  const keys = Object.keys(await stored(page));
  return keys.filter((key) => key.startsWith('jalons/v1/record/') && key.includes(`/${item}/`));
}

/** Saves the data by the button that is on the screen, and reads the file. */
export async function saveMyData(app: App): Promise<Entries> {
  const download = app.page.waitForEvent('download');
  await app.button('Sauver mes données').first().click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^jalons-sauvegarde.*\.json$/);
  const copy = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(copy).toMatchObject({ format: 'jalons-raw-backup', version: 1 });
  return copy.entries;
}
