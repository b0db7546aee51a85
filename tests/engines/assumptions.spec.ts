// What the simulator of the storage machine takes for granted about browsers (docs/storage.md), in each
// engine, on a page without the app.
import { expect } from '@playwright/test';
import type { WebDriver } from 'selenium-webdriver';
import { test } from './fixtures';

/** Runs a function in the page and returns what it resolves to. */
async function inPage<T>(driver: WebDriver, work: () => Promise<T>): Promise<T> {
  const answer = await driver.executeAsyncScript<{ value?: T; error?: string }>(`
    const done = arguments[arguments.length - 1];
    const asked = (kind, request) => new Promise((resolve, reject) => {
      request['on' + kind] = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const opened = async () => {
      const request = indexedDB.open('probe', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('entries');
      return asked('success', request);
    };
    const entries = (base) => base.transaction('entries', 'readwrite').objectStore('entries');
    const count = async (base) => asked('success', entries(base).count());
    (${work.toString()})().then((value) => done({ value }), (error) => done({ error: String(error) }));
  `);
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.value as T;
}

/** Declared for the functions that run in the page; `inPage` defines them. */
declare const opened: () => Promise<IDBDatabase>;
declare const entries: (base: IDBDatabase) => IDBObjectStore;
declare const count: (base: IDBDatabase) => Promise<number>;

test.beforeEach(async ({ running, network, size }) => {
  test.skip(size.width < 600, 'A phone-sized window has the same stores.');
  await running.driver.get(`${network.url}icon-192.png`);
});

test('a transaction is carried out as a whole or not at all', async ({ running }) => {
  const counts = await inPage(running.driver, async () => {
    const base = await opened();
    const ended = (store: IDBObjectStore) =>
      new Promise((end) => {
        store.transaction.onabort = end;
        store.transaction.oncomplete = end;
      });
    const givenUp = entries(base);
    givenUp.put('1', 'a');
    givenUp.put('2', 'b').onsuccess = () => givenUp.transaction.abort();
    await ended(givenUp);
    const afterAbort = await count(base);
    const failing = entries(base);
    failing.add('1', 'a');
    failing.add('2', 'a');
    await ended(failing);
    return [afterAbort, await count(base)];
  });
  expect(counts).toEqual([0, 0]);
});

test('transactions of two connections are carried out one after the other', async ({ running }) => {
  const seen = await inPage(running.driver, async () => {
    const [one, other] = [await opened(), await opened()];
    const writing = entries(one);
    for (let number = 0; number < 500; number += 1) writing.put('x'.repeat(1000), number);
    const seen = await count(other);
    entries(other).clear();
    return [seen, await count(one)];
  });
  expect(seen).toEqual([500, 0]);
});

test('a deleted database closes its connections, and can be opened again', async ({ running }) => {
  const [closed, held] = await inPage(running.driver, async () => {
    const base = await opened();
    entries(base).put('1', 'a');
    await count(base);
    let closed = false;
    base.onversionchange = () => {
      closed = true;
      base.close();
    };
    await new Promise((done, failed) => {
      const request = indexedDB.deleteDatabase('probe');
      request.onsuccess = done;
      request.onerror = failed;
    });
    let refused = false;
    try {
      entries(base);
    } catch {
      refused = true;
    }
    return [closed && refused, await count(await opened())] as const;
  });
  expect(closed).toBe(true);
  expect(held).toBe(0);
});

test('messages of one page arrive in their order', async ({ running }) => {
  const numbers = await inPage(running.driver, async () => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    const Channel = (frame.contentWindow as unknown as typeof globalThis).BroadcastChannel;
    const [from, to] = [new Channel('probe'), new BroadcastChannel('probe')];
    const heard: number[] = [];
    return new Promise<number[]>((done) => {
      to.onmessage = ({ data }) => {
        heard.push(data);
        if (heard.length === 1000) done(heard);
      };
      for (let number = 0; number < 1000; number += 1) from.postMessage(number);
    });
  });
  expect(numbers).toEqual(Array.from({ length: 1000 }, (_, number) => number));
});

test('a full localStorage leaves what it holds as it was', async ({ running }) => {
  const held = await inPage(running.driver, async () => {
    localStorage.setItem('kept', 'before');
    let refused = 0;
    for (let size = 1 << 22; size > 0; size >>= 1) {
      try {
        localStorage.setItem(`filler/${size}`, 'x'.repeat(size));
      } catch {
        refused += 1;
      }
    }
    let error = '';
    try {
      localStorage.setItem('kept', 'y'.repeat(1 << 22));
    } catch (refusal) {
      error = (refusal as DOMException).name;
    }
    const kept = localStorage.getItem('kept');
    localStorage.clear();
    return [refused > 0, error, kept];
  });
  expect(held).toEqual([true, 'QuotaExceededError', 'before']);
});
