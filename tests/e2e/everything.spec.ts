// All stored entries: nothing is shown as empty before it is read, a damaged database is repaired,
// and removals are complete whatever their size.
import type { Page } from '@playwright/test';
import { Exchange } from './carnet';
import { Consultations } from './consult';
import { expect, test } from './fixtures';
import { App, Notes } from './pages';
import { drafted, idOf, noted, opened, seedStores } from './state';
import { openBlankPage, store, stored, indexedDbEntries } from './stored';
import { containing, exactly } from './words';

const READING = 'Lecture…';

/** Delays the database until the page is told to release it. */
const indexedDbIsBlocked = (): void => {
  const open = IDBFactory.prototype.open;
  let release: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  Object.assign(window, { release });
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

const release = (page: Page) =>
  page.evaluate(() => (window as unknown as { release(): void }).release());

test('nothing is called empty before both stores have answered', async ({ page }) => {
  const app = new Exchange(page);
  const plan = { title: 'Priorités', question: 'Quoi ?', items: ['1.1.1', '1.2.1'] };
  await seedStores(page, { ...noted('1.2.1', 'Un banc'), ...drafted(plan) });
  await page.addInitScript(indexedDbIsBlocked);
  for (const [address, empty] of [
    ['#/carnet', 'Votre carnet est vide'],
    ['#/consultations', 'Aucune consultation sur cet appareil'],
    ['#/objectif/1.2.1', 'Aucune note ici'],
    ['#/recherche?mots=introuvable', 'Rien ne correspond'],
    ['#/recherche?mots=d%C3%A9chets%20introuvable', 'Rien avec tous ces mots'],
  ] as const) {
    // Only the database has the records, as after a large merge.
    await page.evaluate(() => localStorage.clear());
    await page.goto('about:blank');
    await app.open(address);
    await expect(page.getByText(exactly(READING)).first(), address).toBeVisible();
    await expect(page.getByText(containing(empty)), address).toHaveCount(0);
    if (address === '#/carnet') {
      await app.make();
      await expect(app.refusal).toHaveText(containing('Jalons lit encore ce qui est gardé ici'));
    }
    await release(page);
    await expect(page.getByText(exactly(READING)), address).toHaveCount(0);
  }
  await app.open('#/carnet');
  await release(page);
  await expect(new Notes(app).card('Un banc')).toBeVisible();
});

/**
 * Creates the database of this version with such a store or none, as another program may have left
 * it.
 */
async function leave(page: Page, version: number, store?: IDBObjectStoreParameters): Promise<void> {
  await openBlankPage(page);
  await page.evaluate(
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
    // The other program's data is still there.
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

const MANY = {
  title: 'Beaucoup de bulletins',
  question: 'Par quoi commencer ?',
  items: [],
  own: ['Choix 1', 'Choix 2'],
  method: 'Approbation' as const,
  listed: true,
};

/** The entries of the vote that are left in either store. */
async function left(page: Page): Promise<string[]> {
  const keys = [...Object.keys(await stored(page)), ...Object.keys(await indexedDbEntries(page))];
  return keys.filter((key) => key.includes(idOf(MANY)) && !key.includes('/removed/'));
}

for (const [ballots, inLocalStorage] of [
  [4_999, true],
  [60_000, false],
] as const) {
  test(`a vote with ${ballots} ballots that is deleted is gone, in all tabs and after a reload`, async ({
    page,
    context,
  }) => {
    test.slow();
    const entries = opened(MANY, { votes: Array.from({ length: ballots }, () => 'Choix 1') });
    await openBlankPage(page);
    await indexedDbEntries(page, entries);
    if (inLocalStorage) await store(page, entries);
    const app = new Consultations(page);
    await app.open(`#/consultations/${idOf(MANY)}`);
    await app.expectCount(ballots);
    const otherTab = new Consultations(await context.newPage());
    await otherTab.list();
    await expect(otherTab.page.getByRole('link', { name: 'Beaucoup de bulletins' })).toBeVisible();

    await app.toFront();
    await app.button('Supprimer de cet appareil').click();
    await app.button('Oui, supprimer').click();
    await app.expectNotice('supprimée');
    expect(await left(page)).toEqual([]);
    await expect(otherTab.page.getByRole('link', { name: 'Beaucoup de bulletins' })).toHaveCount(0);
    for (const tab of [otherTab, app]) {
      await tab.list();
      await tab.reload();
      await expect(
        tab.page.getByText(exactly("Aucune consultation sur cet appareil pour l'instant.")),
      ).toBeVisible();
    }
    expect(await left(page)).toEqual([]);
  });
}

/** Returns to the tab, and waits until it has checked for missed writes. */
async function returnToTab(page: Page): Promise<void> {
  const checks = () =>
    page.evaluate(() => {
      const { checks, reads } = window as unknown as Counted;
      return checks + reads;
    });
  const before = await checks();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect.poll(checks).toBeGreaterThan(before);
}

interface Counted {
  /** How often the whole database was read. */
  reads: number;
  /** How often a check for other tabs' writes was made. */
  checks: number;
}

test('returning to a tab reads everything only if another tab has written', async ({ page, context }) => {
  await page.addInitScript(() => {
    const counted = Object.assign(window, { reads: 0, checks: 0 });
    const { get, getAll } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.getAll = function (this: IDBObjectStore, ...args: []) {
      // A batch reads the removals before it writes.
      if (this.transaction.mode === 'readonly') counted.reads += 1;
      return getAll.apply(this, args);
    };
    IDBObjectStore.prototype.get = function (this: IDBObjectStore, key: IDBValidKey) {
      if (key === 'turn' && this.transaction.mode === 'readonly') counted.checks += 1;
      return get.call(this, key);
    };
  });
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  await app.expectNotice('Enregistré.');
  const reads = () => page.evaluate(() => (window as unknown as Counted).reads);
  const before = await reads();
  await returnToTab(page);
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Enregistré.');
  await returnToTab(page);
  expect(await reads()).toBe(before);

  const other = new App(await context.newPage());
  await other.open('#/objectif/3.3.3');
  await other.tick('3.3.3-m3').click();
  await other.expectNotice('Enregistré.');
  await returnToTab(page);
  await expect.poll(reads).toBe(before + 1);
  await app.expectTicked('3.3.3-m3');
  await returnToTab(page);
  expect(await reads()).toBe(before + 1);
});
