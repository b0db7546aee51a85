// Saved records survive: the loss of one store, full storage, four tabs at once, and wrong clocks.
import type { Browser, BrowserContext, Page } from '@playwright/test';
import { ownNote, ownSeen } from './carnet';
import { expect, test } from './fixtures';
import { App, CarnetPage, ItemPage, Notes } from './pages';
import { bothAreFull } from './storage-faults';
import { recorded, seedStores } from './state';
import { draftTexts, deleteIndexedDb, noteTexts, records, saveMyData, stored, indexedDbEntries } from './stored';

const BUS = '3.3.3-m1';
const MARKERS = ['3.3.3-m1', '3.3.3-m2', '3.3.3-m3', '3.3.3-m4'];

/** Ticks four markers and writes a note, waiting until each is saved. */
async function fill(page: Page): Promise<App> {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  for (const marker of MARKERS) {
    await app.tick(marker).click();
    await app.expectTicked(marker);
  }
  await new Notes(app).write('À retrouver');
  await app.expectNotice('Note écrite. Enregistré.');
  return app;
}

/** Opens the app with these four ticks and this note stored. */
async function open(page: Page): Promise<App> {
  const ticks = MARKERS.map((marker) => ownSeen(marker));
  await seedStores(page, recorded(...ticks, ownNote('3.3.3', 'À retrouver')));
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  return app;
}

async function expectAll(app: App): Promise<void> {
  for (const marker of MARKERS) await app.expectTicked(marker);
  await expect(new Notes(app).card('À retrouver')).toBeVisible();
}

const FOUND = '5 observations et notes';

test('IndexedDB alone is deleted: localStorage gives everything back, and that is said', async ({
  page,
}) => {
  const app = await fill(page);
  const before = records(await stored(page));
  expect(records(await indexedDbEntries(page))).toEqual(before);
  await app.follow('#/a-propos');
  await deleteIndexedDb(page);
  await page.goto('/#/objectif/3.3.3');
  await app.reload();
  await app.expectNotice(FOUND);
  await expectAll(app);
  await expect.poll(async () => records(await indexedDbEntries(page))).toEqual(before);
  await app.reload();
  await expectAll(app);
  await expect(page.getByText(FOUND)).toBeHidden();
});

test('IndexedDB is deleted while the app is open: the next action fills it again', async ({ page }) => {
  const app = await open(page);
  await deleteIndexedDb(page);
  await new Notes(app).write('Après');
  await app.expectNotice('Note écrite. Enregistré.');
  expect(Object.keys(records(await indexedDbEntries(page)))).toHaveLength(6);
  await app.reload();
  await expectAll(app);
  await expect(new Notes(app).card('Après')).toBeVisible();
  await expect.poll(async () => records(await indexedDbEntries(page))).toEqual(records(await stored(page)));
});

test('localStorage alone is cleared: IndexedDB gives everything back, and that is said', async ({
  page,
}) => {
  const app = await open(page);
  const before = await stored(page);
  await page.evaluate(() => localStorage.clear());
  await app.reload();
  await app.expectNotice(FOUND);
  await expectAll(app);
  const after = await stored(page);
  expect(records(after)).toEqual(records(before));
  expect(after['jalons/v1/device']).toBe(before['jalons/v1/device']);
  await app.button('Fermer').first().click();
  await app.reload();
  await expectAll(app);
  await expect(page.getByText(FOUND)).toBeHidden();
});

test('localStorage is full: IndexedDB keeps everything, and a quiet notice says so once', async ({
  page,
}) => {
  const app = await open(page);
  const before = records(await stored(page));
  await page.evaluate(() => {
    for (let size = 1 << 20; size > 0; size >>= 1) {
      try {
        for (;;) localStorage.setItem(`filler/${Math.random()}`, 'x'.repeat(size));
      } catch {}
    }
  });
  const notes = new Notes(app);
  await notes.write('Sans place');
  await app.expectNotice('Note écrite. Enregistré.');
  await app.expectNotice('Une des deux mémoires du navigateur est pleine');
  expect(await stored(page)).toMatchObject(before);
  expect(Object.keys(records(await indexedDbEntries(page)))).toHaveLength(6);
  await app.button('Fermer').first().click();
  await expect(page.getByText('Une des deux mémoires')).toBeHidden();
  await notes.write('Toujours sans place');
  await app.expectNotice('Note écrite. Enregistré.');
  await expect(page.getByText('Une des deux mémoires')).toBeHidden();
  await app.reload();
  await expectAll(app);
  await expect(notes.card('Toujours sans place')).toBeVisible();
  await expect(page.getByText('Une des deux mémoires')).toBeHidden();
  const carnet = new CarnetPage(page);
  await carnet.goTo('Carnet');
  await expect(carnet.region('Où sont mes données ?')).toContainText('et plus de place');
  expect(noteTexts(await saveMyData(app))).toContain('Toujours sans place');
});

test('both stores are full: the app goes on, stored records are intact, and the copy has all records', async ({
  page,
}) => {
  const app = await open(page);
  const before = records(await indexedDbEntries(page));
  await page.evaluate(bothAreFull);
  const notes = new Notes(app);
  await notes.write('Nulle part');
  await app.expectNotice("Note écrite. Échec : ce n'est enregistré nulle part.");
  await app.expectNotice('Le navigateur est plein');
  expect(noteTexts(await saveMyData(app))).toContain('Nulle part');
  expect(records(await stored(page))).toEqual(before);

  await page.evaluate(() => (window as unknown as { makeRoom(): void }).makeRoom());
  await app.tick('3.3.3-m1').click();
  await app.expectNotice('Coche retirée. Enregistré.');
  await expect(page.getByText('Le navigateur est plein')).toBeHidden();
  const kept = await indexedDbEntries(page);
  expect(noteTexts(kept)).toContain('Nulle part');
  expect(Object.keys(records(kept))).toHaveLength(Object.keys(before).length + 1);
});

/** Writes notes by events in the page. */
function writeEntries(page: Page, name: string, count: number): Promise<void> {
  return new Notes(new App(page)).region.evaluate(
    async (notes, [name, count]) => {
      const next = () => new Promise((resolve) => setTimeout(resolve));
      for (let number = 0; number < count; number += 1) {
        const open = [...notes.querySelectorAll('button')].find((b) => /crire une note/.test(b.textContent ?? ''));
        open?.click();
        let area: HTMLTextAreaElement | null = null;
        while (!(area = notes.querySelector('textarea'))) await next();
        area.value = `${name} ${number}`;
        area.dispatchEvent(new Event('input', { bubbles: true }));
        area.form?.requestSubmit();
        while (notes.querySelector('textarea')) await next();
      }
    },
    [name, count] as const,
  );
}

/** Loads more notes until all are shown. */
async function showAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const more = () =>
      [...document.querySelectorAll('button')].find((b) => /autres notes/.test(b.textContent ?? ''));
    for (let button = more(); button; button = more()) {
      button.click();
      await new Promise((resolve) => setTimeout(resolve));
    }
  });
}

test('four tabs, 250 notes each at once: 1,000 are there and all tabs show the same', async ({
  page,
  context,
}) => {
  test.setTimeout(180_000);
  const objective = ['1.2.1', '3.1.4', '3.3.1', '3.3.3'];
  const pages = [page, await context.newPage(), await context.newPage(), await context.newPage()];
  for (const [tab, one] of pages.entries()) {
    await new App(one).open(`#/objectif/${objective[tab]}`);
  }
  await Promise.all(pages.map((one, tab) => writeEntries(one, `onglet ${tab}`, 250)));
  const count = async (one: Page) => {
    await one.bringToFront();
    await new App(one).follow('#/carnet');
    await showAll(one);
    return one.getByRole('article').count();
  };
  for (const one of pages) await expect.poll(() => count(one), { timeout: 30_000 }).toBe(1000);
  const texts = await Promise.all(pages.map((one) => one.getByRole('article').allInnerTexts()));
  for (const shown of texts) expect(shown).toEqual(texts[0]);

  const both = [records(await indexedDbEntries(page)), records(await stored(page))];
  for (const kept of both) expect(Object.keys(kept)).toHaveLength(1000);
  expect(both[0]).toEqual(both[1]);
  for (const one of pages) {
    await new App(one).reload();
    await expect.poll(() => count(one), { timeout: 30_000 }).toBe(1000);
  }
});

/** The keys of records that differ between the stores. */
async function differing(page: Page): Promise<string[]> {
  const [one, other] = [records(await indexedDbEntries(page)), records(await stored(page))];
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].filter((key) => one[key] !== other[key]);
}

test('an older version that came last to localStorage is put right by the other tab', async ({
  context,
}) => {
  const here = new ItemPage(await context.newPage());
  await here.page.addInitScript(() => {
    // Simulates another tab that writes the first version again, right after the second.
    const put = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key: string, text: string) {
      const again = key.includes('/observation/') && this.getItem(key) !== null;
      if (!again) put.call(this, key, text);
    };
  });
  await here.open('#/objectif/3.3.3');
  const there = new ItemPage(await context.newPage());
  await there.open('#/objectif/3.3.3');
  await here.tick(BUS).click();
  await there.expectTicked(BUS);
  await here.expectNotice('Enregistré.');
  await here.button('Fermer').click();
  await here.tick(BUS).click();
  await here.expectNotice('Enregistré.');
  await expect.poll(() => differing(there.page)).toEqual([]);
  const [tick = '{}'] = Object.values(records(await stored(there.page)));
  expect(JSON.parse(tick)).toMatchObject({ body: 'deleted' });
});

/** Another device: separate storage and a clock of its own. */
async function device(browser: Browser, baseURL: string, at: string): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL, timezoneId: 'Europe/Paris' });
  await context.clock.install({ time: new Date(at) });
  return context;
}

test('the carnet says how well things are kept', async ({ page }) => {
  const app = await open(page);
  const carnet = new CarnetPage(page);
  await app.goTo('Carnet');
  const where = carnet.region('Où sont mes données ?');
  await expect(where).toContainText('Mémoire principale5 éléments');
  await expect(where).toContainText('Mémoire rapide5 éléments');
  await expect(where).toContainText('aucune pour le moment');
  await saveMyData(app);
  await expect(where).toContainText("aujourd’hui");
  await expect(where.getByRole('button', { name: 'Demander de tout garder' })).toBeVisible();
});

test('a reminder comes after five days, and goes with a copy', async ({ browser, baseURL }) => {
  const context = await device(browser, baseURL ?? '', '2026-03-10T10:00:00');
  const app = new App(await context.newPage());
  await app.open('#/objectif/3.3.3');
  await app.tick(BUS).click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  const reminder = app.page.getByText('Il est temps de garder une copie');
  await app.goTo('Carnet');
  await expect(app.region('Où sont mes données ?')).toContainText('Mémoire principale1 élément');
  await expect(reminder).toBeHidden();
  await app.page.clock.setSystemTime(new Date('2026-03-15T10:05:00'));
  await app.reload();
  await expect(reminder).toBeVisible();
  await saveMyData(app);
  await expect(reminder).toBeHidden();
  await context.close();
});

test('where IndexedDB is refused a device stays itself', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  const app = new ItemPage(page);
  await app.open('#/objectif/3.3.3');
  await app.tick(BUS).click();
  await app.expectTicked(BUS);
  await app.reload();
  const device = (await stored(page))['jalons/v1/device'];
  expect(device).toMatch(/^[0-9a-f]{16}$/);
  await app.tick(BUS).click();
  await app.expectUnticked(BUS);
  const kept = records(await stored(page));
  expect(Object.keys(kept)).toHaveLength(1);
  expect(Object.keys(kept)[0]).toContain(device);
});

test('a draft typed after the clock was set back is the one that is found', async ({ page, context }) => {
  await context.clock.install({ time: new Date('2027-03-10T10:00:00') });
  const app = new ItemPage(page);
  await app.open('#/objectif/3.3.3');
  await new Notes(app).write('Écrit dans le futur');
  await app.page.clock.setSystemTime(new Date('2026-03-10T10:00:00'));
  await new Notes(app).begin();
  await new Notes(app).text.fill('À moitié écr');
  await expect.poll(async () => draftTexts(await indexedDbEntries(page))).toEqual({ 'new/3.3.3': 'À moitié écr' });
  await app.reload();
  await expect(new Notes(app).text).toHaveValue('À moitié écr');
});
