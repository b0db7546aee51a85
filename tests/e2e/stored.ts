// Access to the browser's two stores, and to saved copies.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';
import type { App } from './pages';

export type Entries = Record<string, string>;

/** Navigates to a page of the same origin that does not run the app and needs no icon. */
export async function openBlankPage(page: Page): Promise<void> {
  const body = '<!doctype html><link rel="icon" href="data:,">';
  await page.route('**/blank', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('/blank');
  await page.unroute('**/blank');
}

/** All entries of the page's `localStorage`. */
export function stored(page: Page): Promise<Entries> {
  return page.evaluate(() => ({ ...localStorage }));
}

/** Writes values into `localStorage`. */
export function store(page: Page, entries: Entries): Promise<void> {
  return page.evaluate((values) => {
    for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value);
  }, entries);
}

/**
 * Writes values, which may be of any type, into the page's `IndexedDB`, and returns all its
 * entries. Without values, a missing database is not created.
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
            // The turn counts writes; it is not an entry.
            resolve(Object.fromEntries(pairs.filter(([key]) => key !== 'turn')));
          };
          transaction.onabort = () => reject(transaction.error);
        };
      }),
    values,
  );
}

/** Writes the same values into both stores. */
export async function storeInBoth(page: Page, entries: Entries): Promise<void> {
  await store(page, entries);
  await indexedDbEntries(page, entries);
}

/** Deletes the database, like a browser clearing its data. */
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

/** The records among entries. */
export function records(entries: Entries): Entries {
  const isRecord = ([key]: [string, string]) => key.startsWith('jalons/v1/record/');
  return Object.fromEntries(Object.entries(entries).filter(isRecord));
}

/** The bodies of the records in a store, without deleted ones. */
function bodies(entries: Entries): { note?: { text: string } }[] {
  return Object.values(records(entries)).map((text) => JSON.parse(text).body);
}

/** The texts of the notes in a store. */
export function noteTexts(entries: Entries): string[] {
  return bodies(entries).flatMap(({ note }) => (note ? [note.text] : []));
}

/** The texts of the drafts in a store, by their targets. */
export function draftTexts(entries: Entries): Entries {
  const prefix = 'jalons/v1/draft/';
  const drafts = Object.entries(entries).filter(([key]) => key.startsWith(prefix));
  // A discarded draft has no text.
  const texts = drafts.map(([key, text]) => [key.slice(prefix.length), JSON.parse(text).text] as const);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}

/** The keys of all records about an item in `localStorage`. */
export async function recordsOf(page: Page, item: string): Promise<string[]> {
  return Object.keys(records(await stored(page))).filter((key) => key.includes(`/${item}/`));
}

/** A saved raw copy. */
export interface Copy {
  entries: Entries;
  shelf: Entries;
  vault: Entries;
}

/** Saves a copy by the button on the screen, and reads the file. */
export async function saveCopy(app: App): Promise<Copy> {
  const download = app.page.waitForEvent('download');
  await app.button('Sauver mes données').first().click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^jalons-sauvegarde.*\.json$/);
  const copy = JSON.parse(await readFile(await file.path(), 'utf8'));
  expect(copy).toMatchObject({ format: 'jalons-raw-backup', version: 3 });
  return copy;
}

/** Saves a copy and returns the entries in use. */
export async function saveMyData(app: App): Promise<Entries> {
  return (await saveCopy(app)).entries;
}
