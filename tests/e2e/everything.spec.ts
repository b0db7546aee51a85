// All that is stored: nothing is called empty before it has been read, a spoilt database is mended,
// and what is deleted is gone however much it was.
import type { BrowserContext, Page } from '@playwright/test';
import { Exchange } from './carnet';
import { Consultations } from './consult';
import { expect, test } from './fixtures';
import { App, Notes } from './pages';
import { type Entries, store, stored, vault } from './stored';
import { said, saying } from './words';

const READING = 'Lecture…';

/** A database that answers only once the page is told to let it. */
const vaultIsHeld = (): void => {
  const open = IDBFactory.prototype.open;
  let letGo: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  Object.assign(window, { letGo });
  IDBFactory.prototype.open = function (this: IDBFactory, ...args: [string, number?]) {
    const request = open.apply(this, args);
    const listen = request.addEventListener.bind(request);
    request.addEventListener = (name: string, act: EventListenerOrEventListenerObject) => {
      listen(name, async (event: Event) => {
        if (name === 'success') await held;
        if (typeof act === 'function') act.call(request, event);
      });
    };
    return request;
  };
};

const letGo = (page: Page) =>
  page.evaluate(() => (window as unknown as { letGo(): void }).letGo());

test('nothing is called empty before both stores have answered', async ({ page }) => {
  const app = new Exchange(page);
  await app.open('#/objectif/1.2.1');
  await new Notes(app).write('Un banc');
  await app.expectNotice('Enregistré.');
  await new Consultations(page).prepare({ title: 'Priorités', question: 'Quoi ?', items: ['1.1.1', '1.2.1'] });
  await expect.poll(async () => Object.keys(await vault(page)).join()).toContain('/consultation/');
  await page.addInitScript(vaultIsHeld);
  for (const [address, empty] of [
    ['#/carnet', 'Votre carnet est vide'],
    ['#/consultations', 'Aucune consultation sur cet appareil'],
    ['#/objectif/1.2.1', 'Aucune note ici'],
    ['#/recherche?mots=introuvable', 'Rien ne correspond'],
  ] as const) {
    // As after a merge of many records, which only the database has.
    await page.evaluate(() => localStorage.clear());
    await page.goto('about:blank');
    await app.open(address);
    await expect(page.getByText(said(READING)).first(), address).toBeVisible();
    await expect(page.getByText(saying(empty)), address).toHaveCount(0);
    if (address === '#/carnet') {
      await app.make();
      await expect(app.refusal).toHaveText(saying('Jalons lit encore ce qui est gardé ici'));
    }
    await letGo(page);
    await expect(page.getByText(said(READING)), address).toHaveCount(0);
  }
  await app.open('#/carnet');
  await letGo(page);
  await expect(new Notes(app).card('Un banc')).toBeVisible();
});

/** A page of the same origin without the app, and without a request for an icon. */
async function besideTheApp(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const body = '<!doctype html><link rel="icon" href="data:,">';
  await page.route('**/beside', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto('/beside');
  return page;
}

/** Makes the database as something else has left it: of this version, with such a store or none. */
async function leave(page: Page, version: number, store?: IDBObjectStoreParameters): Promise<void> {
  const beside = await besideTheApp(page.context());
  await beside.evaluate(
    ([version, store]) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('jalons', version);
        request.onupgradeneeded = () => {
          if (store) request.result.createObjectStore('entries', store).put({ id: 'x', old: 1 });
        };
        request.onerror = () => reject(request.error);
        request.onsuccess = () => resolve(request.result.close());
      }),
    [version, store] as const,
  );
  await beside.close();
}

for (const [how, version, shape] of [
  ['without its store', 1, undefined],
  ['of another version, without its store', 7, undefined],
  ['whose store has another shape', 3, { keyPath: 'id' }],
] as const) {
  test(`a database ${how} is mended, and keeps what is written`, async ({ page }) => {
    await leave(page, version, shape);
    const app = new App(page);
    await app.open('#/objectif/3.3.3');
    await app.tick('3.3.3-m1').click();
    await app.expectNotice('Coché : atteint. Enregistré.');
    await page.evaluate(() => localStorage.clear());
    await app.reload();
    await app.expectTicked('3.3.3-m1');
    if (!shape) return;
    // What another app had put there is still there.
    const former = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('jalons');
          request.onsuccess = () => {
            const [name] = [...request.result.objectStoreNames].filter((name) => name !== 'entries');
            const all = request.result.transaction(name ?? '').objectStore(name ?? '').getAll();
            all.onsuccess = () => {
              request.result.close();
              resolve(all.result);
            };
          };
        }),
    );
    expect(former).toEqual([{ id: 'x', old: 1 }]);
  });
}

const MASK = (1n << 64n) - 1n;

/** A text under a seal, as `codec/stored/sealed.rs` writes it. */
function sealed(order: string, content: string): string {
  let sum = 0xcbf29ce484222325n;
  for (const byte of [...Buffer.from(order), 0xff, ...Buffer.from(content)]) {
    sum = ((sum ^ BigInt(byte)) * 0x100000001b3n) & MASK;
  }
  return `${order}|${sum.toString(16).padStart(16, '0')}|${content}`;
}

const ID = '0303030303030303';

/** A vote with so many ballots, as it is stored. */
function voteOf(ballots: number): Entries {
  const stamp = { edit: 2, at: 1_700_000_000_000, device: '00000000000000aa' };
  const rules = {
    title: 'Beaucoup de bulletins',
    question: 'Par quoi commencer ?',
    options: [{ own: 'Choix 1' }, { own: 'Choix 2' }],
    method: 'approval',
    order: 'listed',
    reveal: 'after-closing',
  };
  const opened = { id: ID, stamp, stage: { open: rules }, code: '1dfbebf173520acc', printed: 0 };
  const order = `1${'2'.padStart(10, '0')}${'1700000000000'.padStart(20, '0')}00000000000000aa00000`;
  const entries: Entries = { [`jalons/v1/consultation/${ID}`]: sealed(order, JSON.stringify(opened)) };
  for (let at = 0; at < ballots; at += 1) {
    const id = `${at.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    const ballot = { id, way: 'urn', content: { vote: { approval: [true, false] } } };
    entries[`jalons/v1/ballot/${ID}/${id}`] = sealed('20100u', JSON.stringify(ballot));
  }
  return entries;
}

/** What is left of the vote in either store. */
async function left(page: Page): Promise<string[]> {
  const keys = [...Object.keys(await stored(page)), ...Object.keys(await vault(page))];
  return keys.filter((key) => key.includes(ID) && !key.includes('/removed/'));
}

for (const [ballots, onShelf] of [
  [4_999, true],
  [60_000, false],
] as const) {
  test(`a vote with ${ballots} ballots that is deleted is gone, in all tabs and after a reload`, async ({
    page,
    context,
  }) => {
    test.slow();
    const entries = voteOf(ballots);
    const before = await besideTheApp(context);
    await vault(before, entries);
    if (onShelf) await store(before, entries);
    await before.close();
    const app = new Consultations(page);
    await app.open(`#/consultations/${ID}`);
    await app.expectCount(ballots);
    const beside = new Consultations(await context.newPage());
    await beside.list();
    await expect(beside.page.getByRole('link', { name: 'Beaucoup de bulletins' })).toBeVisible();

    await app.button('Supprimer de cet appareil').click();
    await app.button('Oui, supprimer').click();
    await app.expectNotice('supprimée');
    expect(await left(page)).toEqual([]);
    await expect(beside.page.getByRole('link', { name: 'Beaucoup de bulletins' })).toHaveCount(0);
    for (const tab of [beside, app]) {
      await tab.list();
      await tab.reload();
      await expect(
        tab.page.getByText(said("Aucune consultation sur cet appareil pour l'instant.")),
      ).toBeVisible();
    }
    expect(await left(page)).toEqual([]);
  });
}

/** Returns to the tab, and waits until it has looked whether anything was missed. */
async function lookAgain(page: Page): Promise<void> {
  const looks = () => page.evaluate(() => (window as unknown as Counted).looks);
  const before = await looks();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect.poll(looks).toBeGreaterThan(before);
}

interface Counted {
  /** How often the whole database was read. */
  reads: number;
  /** How often it was asked whether anybody has written. */
  looks: number;
}

test('returning to a tab reads everything only if somebody else has written', async ({ page, context }) => {
  await page.addInitScript(() => {
    const counted = Object.assign(window, { reads: 0, looks: 0 });
    const { get, getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function (this: IDBObjectStore, ...args: []) {
      counted.reads += 1;
      return getAll.apply(this, args);
    };
    IDBObjectStore.prototype.get = function (this: IDBObjectStore, key: IDBValidKey) {
      if (key === 'turn' && this.transaction.mode === 'readonly') counted.looks += 1;
      return get.call(this, key);
    };
  });
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  await app.expectNotice('Enregistré.');
  const reads = () => page.evaluate(() => (window as unknown as Counted).reads);
  const before = await reads();
  await lookAgain(page);
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Enregistré.');
  await lookAgain(page);
  expect(await reads()).toBe(before);

  const other = new App(await context.newPage());
  await other.open('#/objectif/3.3.3');
  await other.tick('3.3.3-m3').click();
  await other.expectNotice('Enregistré.');
  await lookAgain(page);
  await expect.poll(reads).toBe(before + 1);
  await app.expectTicked('3.3.3-m3');
  await lookAgain(page);
  expect(await reads()).toBe(before + 1);
});
