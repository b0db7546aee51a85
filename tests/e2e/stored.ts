// What lies in the browser's two stores, and what a person saves of it.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import type { App } from './pages';

export type Entries = Record<string, string>;

/** Takes a tab to a page of the same origin in which the app does not run, and which needs no icon. */
export async function goBeside(page: Page): Promise<void> {
  const body = '<!doctype html><link rel="icon" href="data:,">';
  await page.route('**/beside', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('/beside');
  await page.unroute('**/beside');
}

/** Everything in localStorage: in the page's `localStorage`. */
export function stored(page: Page): Promise<Entries> {
  return page.evaluate(() => ({ ...localStorage }));
}

/** Puts values in localStorage as they are. */
export function store(page: Page, entries: Entries): Promise<void> {
  return page.evaluate((values) => {
    for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value);
  }, entries);
}

/**
 * Does something in IndexedDB, the page's `IndexedDB`: puts the values, which may be of any kind,
 * and gives all that lies there then. Where there is no database, none is made unless there is
 * something to put.
 */
export function indexedDbEntries(page: Page, values: Record<string, unknown> = {}): Promise<Entries> {
  return page.evaluate(
    (values) =>
      new Promise<Record<string, string>>((resolve, reject) => {
        const request = indexedDB.open('jalons');
        let empty = false;
        request.onupgradeneeded = () => {
          empty = Object.keys(values).length === 0;
          if (empty) request.transaction?.abort();
          else request.result.createObjectStore('entries');
        };
        request.onerror = () => (empty ? resolve({}) : reject(request.error));
        request.onsuccess = () => {
          const database = request.result;
          const transaction = database.transaction('entries', 'readwrite');
          const entries = transaction.objectStore('entries');
          for (const [key, value] of Object.entries(values)) entries.put(value, key);
          const keys = entries.getAllKeys();
          const texts = entries.getAll();
          transaction.oncomplete = () => {
            database.close();
            const pairs = keys.result.map((key, index) => [String(key), texts.result[index]]);
            // The turn tells that something was written; nobody has stored it.
            resolve(Object.fromEntries(pairs.filter(([key]) => key !== 'turn')));
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    values,
  );
}

/** Puts the same values into both stores. */
export async function storeInBoth(page: Page, entries: Entries): Promise<void> {
  await store(page, entries);
  await indexedDbEntries(page, entries);
}

/** Deletes the database, as a browser does that clears it. */
export function deleteIndexedDb(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('jalons');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  );
}

/** Only the records of a store. */
export function records(entries: Entries): Entries {
  const isRecord = ([key]: [string, string]) => key.startsWith('jalons/v1/record/');
  return Object.fromEntries(Object.entries(entries).filter(isRecord));
}

/** What the records of a store say, of those that are there. */
function bodies(entries: Entries): { note?: { text: string } }[] {
  return Object.values(records(entries)).map((text) => JSON.parse(text).body);
}

/** The texts of the notes in a store. */
export function noteTexts(entries: Entries): string[] {
  return bodies(entries).flatMap(({ note }) => (note ? [note.text] : []));
}

/** The texts that were begun and lie in a store, by what they are to become. */
export function draftTexts(entries: Entries): Entries {
  const prefix = 'jalons/v1/draft/';
  const drafts = Object.entries(entries).filter(([key]) => key.startsWith(prefix));
  // That there is no draft any more is told without a text.
  const texts = drafts.map(([key, text]) => [key.slice(prefix.length), JSON.parse(text).text] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

/** The keys of all records about an item in localStorage. */
export async function recordsOf(page: Page, item: string): Promise<string[]> {
  return Object.keys(records(await stored(page))).filter((key) => key.includes(`/${item}/`));
}

/** A raw copy, as it is saved. */
export interface Copy {
  entries: Entries;
  shelf: Entries;
  vault: Entries;
}

/** Saves the data by the button that is on the screen, and reads the whole file. */
export async function saveCopy(app: App): Promise<Copy> {
  const download = app.page.waitForEvent('download');
  await app.button('Sauver mes données').first().click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^jalons-sauvegarde.*\.json$/);
  const copy = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(copy).toMatchObject({ format: 'jalons-raw-backup', version: 3 });
  return copy;
}

/** Saves the data and gives what was in use. */
export async function saveMyData(app: App): Promise<Entries> {
  return (await saveCopy(app)).entries;
}
