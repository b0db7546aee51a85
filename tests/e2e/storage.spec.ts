// Missing, full or corrupted storage: the app continues, says so, and destroys nothing.
import type { Page } from '@playwright/test';
import { carnetOf, Exchange, handed, noteRecord, ownNote, ownSeen } from './carnet';
import { expect, test } from './fixtures';
import { App, CarnetPage, Notes } from './pages';
import { nothingCanBeStored, type StorageFault, LOCAL_STORAGE_FAULTS, localStorageIsFull, INDEXED_DB_FAULTS, indexedDbIsBlocked, indexedDbIsLate } from './storage-faults';
import { recorded, seedStores } from './state';
import { type Entries, recordsOf, saveCopy, saveMyData, store, stored, indexedDbEntries } from './stored';
import { containing } from './words';

const BLOCKED = 'Rien ne peut être enregistré ici';
const FULL = 'Le navigateur est plein';
const LATE = "Rien ne s'affiche encore de ce que vous avez noté";
const FAILED = "Coché : atteint. Échec : ce n'est enregistré nulle part.";
const BUS = '3.3.3-m1';

/** The app's timeout for a store. */
const TIMEOUT_MS = 5_000;

/** The delay of a slow store. */
const DELAY_MS = 7_000;

/** A tick and a note that exist in the tab only, with the permanent notice. */
async function expectInTabOnly(page: Page, banner: string): Promise<void> {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/3.3.3');
  if (banner === BLOCKED) await expect(page.getByText(banner)).toBeVisible();
  await app.tick(BUS).click();
  await app.expectTicked(BUS);
  await app.expectNotice(FAILED);
  await expect(page.getByText(banner)).toBeVisible();
  await notes.write('Seulement dans cet onglet');
  await expect(notes.card('Seulement dans cet onglet')).toBeVisible();

  await app.goTo('Suivre');
  await app.expectTicked(BUS);
  await expect(page.getByText(banner)).toBeVisible();

  const entries = Object.entries(await saveMyData(app));
  const [, tick] = entries.find(([key]) => key.includes(`/observation/${BUS}/`)) ?? [];
  expect(JSON.parse(tick ?? '{}')).toMatchObject({ body: { observation: { level: 'reached' } } });
  const [, note] = entries.find(([key]) => key.includes('/note/3.3.3/')) ?? [];
  expect(JSON.parse(note ?? '{}')).toMatchObject({
    body: { note: { text: 'Seulement dans cet onglet' } },
  });
}

/** A tick that one of the two stores holds, reported with these words. */
async function expectInOneStore(page: Page, words: string): Promise<void> {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick(BUS).click();
  await app.expectNotice(`Coché : atteint. ${words}`);
  await expect(page.getByText(BLOCKED)).toBeHidden();
  await app.reload();
  await app.expectTicked(BUS);
}

const pairs: [string, string, StorageFault[]][] = [
  ...Object.entries(LOCAL_STORAGE_FAULTS).map(([how, refuse]): [string, string, StorageFault[]] => [
    `localStorage ${how} and IndexedDB is not there`,
    BLOCKED,
    [refuse, INDEXED_DB_FAULTS['is not there'] as StorageFault],
  ]),
  ...Object.entries(INDEXED_DB_FAULTS).map(([how, refuse]): [string, string, StorageFault[]] => [
    `IndexedDB ${how} and localStorage is null`,
    BLOCKED,
    [LOCAL_STORAGE_FAULTS['is not there'] as StorageFault, refuse],
  ]),
  [
    'localStorage is full and IndexedDB is not there',
    FULL,
    [localStorageIsFull, INDEXED_DB_FAULTS['is not there'] as StorageFault],
  ],
];

for (const [how, banner, refusals] of pairs) {
  test(`where ${how}, everything works in memory and the copy has it all`, async ({ page }) => {
    for (const refuse of refusals) await page.addInitScript(refuse);
    await expectInTabOnly(page, banner);
  });
}

for (const [how, refuse] of Object.entries({ ...LOCAL_STORAGE_FAULTS, 'is full': localStorageIsFull })) {
  test(`where localStorage ${how}, IndexedDB keeps everything`, async ({ page }) => {
    await page.addInitScript(refuse);
    await expectInOneStore(page, 'Enregistré.');
  });
}

for (const [how, refuse] of Object.entries(INDEXED_DB_FAULTS)) {
  test(`where IndexedDB ${how}, localStorage keeps everything and that is said`, async ({
    page,
  }) => {
    await page.addInitScript(refuse);
    await expectInOneStore(page, 'Enregistré, mais moins sûrement');
  });
}

test('an unsaved record makes the browser ask before closing, and can be saved again', async ({ page }) => {
  await page.addInitScript(nothingCanBeStored);
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick(BUS).click();
  await app.expectNotice(FAILED);
  await app.button('Réessayer').click();
  await app.expectNotice(FAILED);
  const closed = page.waitForEvent('close');
  await (await app.askedBeforeClosing()).accept();
  await closed;
});

test('a merge that cannot be undone stays unsaved, and the browser asks before closing', async ({ page }) => {
  await page.addInitScript(nothingCanBeStored);
  const app = new Exchange(page);
  await app.openCarnet();
  await app.importFiles(handed('voisine.json', carnetOf([noteRecord('2', '0000000000000001', 'Nouvelle')])));
  await app.merge();
  await expect(new Notes(app).card('Nouvelle')).toBeVisible();
  await app.button('Annuler la mise en commun').click();
  await app.expectNotice("Le navigateur n'a pas pu tout remettre en place. Réessayez.");
  await expect(new Notes(app).card('Nouvelle')).toBeVisible();
  const closed = page.waitForEvent('close');
  await (await app.askedBeforeClosing()).accept();
  await closed;
});

test('a saved record does not make the browser ask', async ({ page }) => {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick(BUS).click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  const closed = page.waitForEvent('close');
  await page.close({ runBeforeUnload: true });
  await closed;
});

test('a blocked storage has its sentence, which says where the data are', async ({ page }) => {
  await page.addInitScript(nothingCanBeStored);
  const carnet = new CarnetPage(page);
  await carnet.open('#/carnet');
  await carnet.expectNotice(
    'Ce navigateur interdit à Jalons de garder vos données (navigation privée, ou réglage). Tout marche, mais tout disparaîtra en fermant cet onglet : sauvez vos données avant.',
  );
  await expect(carnet.region('Où sont mes données ?')).toContainText(
    'Dans cet onglet seulement : elles disparaîtront quand vous le fermerez.'.replace(' :', '\u00a0:'),
  );
});

test('a draft lives in memory where nothing can be stored', async ({ page }) => {
  await page.addInitScript(nothingCanBeStored);
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/3.3.3');
  await notes.begin();
  await notes.text.fill('À moitié');
  await app.goTo('Suivre');
  await app.expectTitle('Suivre les marqueurs');
  await page.goBack();
  await expect(notes.text).toHaveValue('À moitié');
});

test('once there is room again, pending records are stored too', async ({ page }) => {
  await page.addInitScript(INDEXED_DB_FAULTS['is not there'] as StorageFault);
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m4').click();
  await page.evaluate(() => {
    const setItem = Storage.prototype.setItem;
    Object.assign(window, { makeRoom: () => (Storage.prototype.setItem = setItem) });
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await app.tick(BUS).click();
  await app.expectNotice(FAILED);
  await app.expectNotice(FULL);
  expect(await recordsOf(page, BUS)).toEqual([]);

  await page.evaluate(() => (window as unknown as { makeRoom(): void }).makeRoom());
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Coché : atteint. Enregistré, mais moins sûrement');
  await expect(page.getByText(FULL)).toBeHidden();
  await app.reload();
  for (const marker of [BUS, '3.3.3-m2', '3.3.3-m4']) await app.expectTicked(marker);
});

test('the records of a late store are shown once it answers', async ({ page }) => {
  await seedStores(page, recorded(ownSeen(BUS)));
  await page.evaluate(() => localStorage.clear());
  await page.clock.install();
  await page.addInitScript(indexedDbIsLate, DELAY_MS);
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m2').click();
  await app.expectUnticked(BUS);
  await page.clock.fastForward(TIMEOUT_MS);
  await app.expectNotice('Enregistré, mais moins sûrement');
  await app.expectUnticked(BUS);
  await page.clock.fastForward(DELAY_MS - TIMEOUT_MS);
  await app.expectTicked(BUS);
  await expect.poll(async () => Object.keys(await indexedDbEntries(page)).join()).toContain('3.3.3-m2');
});

test('a store that does not answer is retried, and the empty screen says so', async ({
  page,
}) => {
  await seedStores(page, recorded(ownSeen(BUS)));
  await page.evaluate(() => localStorage.clear());
  await page.addInitScript(indexedDbIsBlocked);
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await expect(page.getByText(containing(LATE))).toBeVisible();
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Enregistré, mais moins sûrement');
  await app.button('Réessayer').click();
  await app.expectUnticked(BUS);
  await page.evaluate(() => (window as unknown as { release(): void }).release());
  await app.expectTicked(BUS);
  await app.expectTicked('3.3.3-m2');
  await expect(page.getByText(containing(LATE))).toBeHidden();
  await expect.poll(async () => Object.keys(await indexedDbEntries(page)).join()).toContain('3.3.3-m2');
});

const SPOILT = {
  'jalons/v1/record/note/3.3.3/00c0ffee00c0ffee': '{"id":"note/3.3.3/00c0ff',
  'jalons/v1/record/note/3.3.3/00c0ffee00c0fff0': '[]',
  'jalons/v1/strange': 'from who knows where',
};

/** An intact tick and an intact note. */
const INTACT = recorded(ownSeen(BUS), ownNote('3.3.3', 'Une note intacte'));

/** Their keys. */
const [TICK = '', NOTE = ''] = Object.keys(INTACT);

/** Opens the app with the intact entries and these additional ones in each store. */
async function open(page: Page, inLocalStorage: Entries, inIndexedDb: Record<string, unknown> = {}): Promise<App> {
  await seedStores(page, INTACT);
  await store(page, inLocalStorage);
  await indexedDbEntries(page, inIndexedDb);
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  return app;
}

test('unreadable values are counted, left as they are, and harm no others', async ({ page }) => {
  const foreign = { 'autre-app/jalons': 'à elle', theme: 'sombre' };
  const bytes = {
    ...SPOILT,
    // A record under another record's key.
    [TICK.replace(BUS, '3.3.3-m3')]: INTACT[TICK] ?? '',
  };
  const app = await open(page, { ...bytes, ...foreign });
  await app.expectNotice(
    "4 éléments sont illisibles dans la mémoire de ce navigateur. Jalons n'y touche pas et continue avec le reste ; une copie se trouve dans vos données sauvées.",
  );
  await app.expectTicked(BUS);
  await expect(new Notes(app).card('Une note intacte')).toBeVisible();

  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  expect(await stored(page)).toMatchObject({ ...bytes, ...foreign });
  await app.reload();
  await app.expectNotice('4 éléments sont illisibles');
  await app.expectTicked('3.3.3-m2');
  expect(await stored(page)).toMatchObject({ ...bytes, ...foreign });

  const copy = await saveMyData(app);
  expect(copy).toMatchObject(bytes);
  expect(await indexedDbEntries(page)).not.toMatchObject(bytes);
  expect(Object.keys(copy).filter((key) => key in foreign)).toEqual([]);
});

test('one unreadable value is counted in the singular', async ({ page }) => {
  const app = await open(page, { 'jalons/v1/record/note/3.3.3/00c0ffee00c0ffee': '{' });
  await app.expectNotice('1 élément est illisible');
});

test('entries of a newer version are announced and stay', async ({ page }) => {
  const newer = { 'jalons/v2/record/note/1/00c0ffee00c0ffee': '{"new":"shape"}' };
  const app = await open(page, newer);
  await app.expectNotice('Une version plus récente est passée par ici');
  await expect(page.getByText(containing('illisible'))).toBeHidden();
  await app.expectTicked(BUS);
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  await app.reload();
  await app.expectTicked('3.3.3-m2');
  expect(await stored(page)).toMatchObject(newer);
  expect(await saveMyData(app)).toMatchObject(newer);
});

test('unreadable bytes are set aside before their record is written again', async ({ page }) => {
  const app = await open(page, { [TICK]: '{"spoilt' }, { [TICK]: '{"spoilt' });
  await app.expectUnticked(BUS);
  await app.tick(BUS).click();
  await app.expectNotice('Coché : atteint. Enregistré.');

  for (const entries of [await stored(page), await indexedDbEntries(page)]) {
    const id = TICK.replace('jalons/v1/record/', '');
    expect(JSON.parse(entries[TICK] ?? '')).toMatchObject({ id });
    const aside = Object.entries(entries).filter(([other]) => other.startsWith('jalons/v1/aside/'));
    expect(aside.map(([, value]) => value)).toEqual(['{"spoilt']);
  }
  await app.reload();
  await app.expectTicked(BUS);
  await expect(page.getByText(containing('illisible'))).toBeHidden();
});

test('an unreadable device id is kept too before another takes its place', async ({ page }) => {
  const device = { 'jalons/v1/device': 'not an id' };
  const app = await open(page, device, device);
  await app.expectNotice('1 élément est illisible');
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  for (const entries of [await stored(page), await indexedDbEntries(page)]) {
    expect(Object.values(entries)).toContain('not an id');
    expect(entries['jalons/v1/device']).toMatch(/^[0-9a-f]{16}$/);
  }
});

test('nothing is written before a person does something', async ({ page }) => {
  const app = new App(page);
  await app.open();
  await app.goTo('Suivre');
  await app.goTo('Carnet');
  await app.follow('#/marqueur/3.3.3-m1');
  await expect(new Notes(app).region).toBeVisible();
  expect(await stored(page)).toEqual({});
  expect(await indexedDbEntries(page)).toEqual({});
});

test('where one store is spoilt, the other one mends it and nothing is lost', async ({ page }) => {
  const app = await open(page, { [TICK]: '{"spoilt' }, { [NOTE]: 12 });
  await app.expectTicked(BUS);
  await expect(new Notes(app).card('Une note intacte')).toBeVisible();
  await app.expectNotice('2 observations et notes');
  await expect(page.getByText(containing('illisible'))).toBeHidden();

  const both = [await stored(page), await indexedDbEntries(page)];
  for (const entries of both) {
    expect(JSON.parse(entries[TICK] ?? '')).toMatchObject({ body: { observation: {} } });
    expect(JSON.parse(entries[NOTE] ?? '')).toMatchObject({ body: { note: {} } });
  }
  expect(Object.values(both[0] ?? {})).toContain('{"spoilt');
  expect(Object.values(both[1] ?? {})).toContain(12);
  await app.button('Fermer').first().click();
  await expect(page.getByText('2 observations et notes')).toBeHidden();
  await app.goTo('Carnet');
  const copy = await saveCopy(app);
  expect(Object.values(copy.entries)).toContain('{"spoilt');
  expect(Object.values(copy.entries)).toContain('12');
});
