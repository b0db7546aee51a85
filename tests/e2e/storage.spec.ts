// Storage that is missing, full or spoilt: the app goes on, says so, and harms nothing.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { App, CarnetPage, Notes } from './pages';
import { recordsOf, saveMyData, store, stored } from './stored';
import { saying } from './words';

const BLOCKED = 'Rien ne peut être enregistré ici';
const FULL = 'Le navigateur est plein';
const BUS = '3.3.3-m1';

/** The four ways in which browsers refuse. */
const REFUSALS: [string, string, () => void][] = [
  [
    'throws when it is touched',
    BLOCKED,
    () => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('denied', 'SecurityError');
        },
      });
    },
  ],
  [
    'is not there',
    BLOCKED,
    () => {
      Object.defineProperty(window, 'localStorage', { get: () => null });
    },
  ],
  [
    'refuses to be written',
    BLOCKED,
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('denied', 'SecurityError');
      };
    },
  ],
  [
    'is full',
    FULL,
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  ],
];

for (const [how, banner, refuse] of REFUSALS) {
  test(`where the storage ${how}, everything works in memory and the copy has it all`, async ({
    page,
  }) => {
    await page.addInitScript(refuse);
    const app = new App(page);
    const notes = new Notes(app);
    await app.open('#/objectif/3.3.3');
    if (banner === BLOCKED) await expect(page.getByText(banner)).toBeVisible();
    await app.tick(BUS).click();
    await app.expectTicked(BUS);
    await app.expectNotice('Coché : atteint. Pas encore enregistré.');
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
  });
}

test('a blocked storage is told with its sentence, and where the data are', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get: () => null });
  });
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
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', { get: () => null });
  });
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

test('once there is room again, what waited is stored too', async ({ page }) => {
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
  await app.expectNotice('Coché : atteint. Pas encore enregistré.');
  await app.expectNotice(FULL);
  expect(await recordsOf(page, BUS)).toEqual([]);

  await page.evaluate(() => (window as unknown as { makeRoom(): void }).makeRoom());
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  await expect(page.getByText(FULL)).toBeHidden();
  await app.reload();
  for (const marker of [BUS, '3.3.3-m2', '3.3.3-m4']) await app.expectTicked(marker);
});

const SPOILT = {
  'jalons/v1/record/note/3.3.3/00c0ffee00c0ffee': '{"id":"note/3.3.3/00c0ff',
  'jalons/v1/record/note/3.3.3/00c0ffee00c0fff0': '[]',
  'jalons/v1/strange': 'from who knows where',
};

/** A tick and a note that were really made, for others to lie beside. */
async function fillJournal(page: Page): Promise<App> {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick(BUS).click();
  await app.expectNotice('Enregistré.');
  await new Notes(app).write('Une note intacte');
  return app;
}

test('unreadable values are counted, left as they are, and harm no others', async ({ page }) => {
  const app = await fillJournal(page);
  const [own] = await recordsOf(page, BUS);
  const foreign = { 'autre-app/jalons': 'à elle', theme: 'sombre' };
  const bytes = {
    ...SPOILT,
    // A record under the key of another one.
    [own?.replace(BUS, '3.3.3-m3') ?? '']: (await stored(page))[own ?? ''] ?? '',
  };
  await store(page, { ...bytes, ...foreign });
  await app.reload();
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
  expect(Object.keys(copy).filter((key) => key in foreign)).toEqual([]);
});

test('one unreadable value is counted in the singular', async ({ page }) => {
  const app = await fillJournal(page);
  await store(page, { 'jalons/v1/record/note/3.3.3/00c0ffee00c0ffee': '{' });
  await app.reload();
  await app.expectNotice('1 élément est illisible');
});

test('what a newer version stored is told and stays', async ({ page }) => {
  const app = await fillJournal(page);
  const newer = { 'jalons/v2/record/note/1/00c0ffee00c0ffee': '{"new":"shape"}' };
  await store(page, newer);
  await app.reload();
  await app.expectNotice('Une version plus récente est passée par ici');
  await expect(page.getByText(saying('illisible'))).toBeHidden();
  await app.expectTicked(BUS);
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  await app.reload();
  await app.expectTicked('3.3.3-m2');
  expect(await stored(page)).toMatchObject(newer);
  expect(await saveMyData(app)).toMatchObject(newer);
});

test('unreadable bytes are set aside before their record is written again', async ({ page }) => {
  const app = await fillJournal(page);
  const [key = ''] = await recordsOf(page, BUS);
  await store(page, { [key]: '{"spoilt' });
  await app.reload();
  await app.expectUnticked(BUS);
  await app.tick(BUS).click();
  await app.expectNotice('Coché : atteint. Enregistré.');

  const entries = await stored(page);
  expect(JSON.parse(entries[key] ?? '')).toMatchObject({ id: key.replace('jalons/v1/record/', '') });
  const aside = Object.entries(entries).filter(([other]) => other.startsWith('jalons/v1/aside/'));
  expect(aside.map(([, value]) => value)).toEqual(['{"spoilt']);
  await app.reload();
  await app.expectTicked(BUS);
  await expect(page.getByText(saying('illisible'))).toBeHidden();
});

test('an unreadable device id is kept too before another takes its place', async ({ page }) => {
  const app = await fillJournal(page);
  await store(page, { 'jalons/v1/device': 'not an id' });
  await app.reload();
  await app.expectNotice('1 élément est illisible');
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  expect(Object.values(await stored(page))).toContain('not an id');
});

test('nothing is written before a person does something', async ({ page }) => {
  const app = new App(page);
  await app.open();
  await app.goTo('Suivre');
  await app.goTo('Carnet');
  await app.follow('#/marqueur/3.3.3-m1');
  await expect(new Notes(app).region).toBeVisible();
  expect(await stored(page)).toEqual({});
});
