// The storage chunk, which is not loaded while both stores are empty: when it loads, and what the
// app stores and shows if it fails.
import { expect, test } from './fixtures';
import { App, Chunks, MarkerPage } from './pages';
import { recordsOf, stored, indexedDbEntries } from './stored';
import { containing, exactly } from './words';

const UNOPENED =
  'Le réseau a peut-être coupé, ou ce navigateur est trop ancien. La convention se lit ci-dessous ; ce qui était enregistré l’est toujours.';
const BUS = '3.3.3-m1';

test('with nothing stored the chunk loads with the first action, and no database exists before', async ({
  page,
}) => {
  const app = new App(page);
  const chunks = new Chunks(page);
  await app.open('#/objectif/3.3.3');
  expect(chunks.loaded).not.toContain('storage');
  expect(await page.evaluate(() => indexedDB.databases())).toEqual([]);

  await app.tick(BUS).click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  expect(chunks.loaded.filter((chunk) => chunk === 'storage')).toHaveLength(1);
  const [own] = await recordsOf(page, BUS);
  expect((await indexedDbEntries(page))[own ?? '']).toBe((await stored(page))[own ?? '']);
});

test('what is typed on a first visit is stored before the storage chunk has come', async ({ page }) => {
  const marker = new MarkerPage(page);
  const arrive = await new Chunks(page).hold('storage');
  await marker.open(`#/marqueur/${BUS}`);
  await marker.unfoldDetails();
  await marker.evidence.fill('Vu à l’arrêt');
  await page.reload();
  arrive();
  await expect(marker.evidence).toHaveValue('Vu à l’arrêt');
  await expect(page.getByText(exactly('Brouillon retrouvé'))).toBeVisible();
});

test('records that only one store has are shown with the first screen', async ({
  page,
}) => {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick(BUS).click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  await page.evaluate(() => localStorage.clear());
  await app.reload();
  await app.expectTicked(BUS);
});

test('a tab that has read nothing takes over the records that another one stores', async ({ context, page }) => {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  const other = new App(await context.newPage());
  await other.open('#/objectif/3.3.3');
  await other.tick(BUS).click();
  await other.expectNotice('Coché : atteint. Enregistré.');
  await app.expectTicked(BUS);
  await app.tick('3.3.3-m2').click();
  await other.expectTicked('3.3.3-m2');
  await app.reload();
  await app.expectTicked(BUS);
  await app.expectTicked('3.3.3-m2');
});

test.describe('when the chunk does not arrive', () => {
  test.use({ expectedTrouble: /Failed to load resource|ERR_FAILED|net::|Failed to fetch/ });

  test('every action of a first visit is in localStorage, and the notice says so', async ({ page }) => {
    const app = new App(page);
    const chunks = new Chunks(page);
    await chunks.refuse('storage');
    await app.open('#/objectif/3.3.3');
    await app.tick(BUS).click();
    await app.expectNotice('Coché : atteint. Enregistré, mais moins sûrement');
    // The same record again, over the stored one.
    await app.tick(BUS).click();
    await app.expectUnticked(BUS);
    await app.tick(BUS).click();
    await app.expectTicked(BUS);
    await app.expectNotice('Coché : atteint. Enregistré, mais moins sûrement');
    const [own] = await recordsOf(page, BUS);
    const written = (await stored(page))[own ?? ''] ?? '{}';
    expect(JSON.parse(written)).toMatchObject({ stamp: { edit: 3 } });

    await chunks.allow('storage');
    await app.tick('3.3.3-m2').click();
    await app.expectNotice('Coché : atteint. Enregistré.');
    // The notice may still be about the former tick, which was saved once the chunk had loaded.
    const keys = async () => Object.keys(await indexedDbEntries(page));
    await expect.poll(keys).toEqual(expect.arrayContaining(await recordsOf(page, '3.3.3-m2')));
    expect((await indexedDbEntries(page))[own ?? '']).toBe(written);
  });

  test('a record that another tab has put in localStorage is not overwritten unread', async ({ page }) => {
    const app = new App(page);
    const chunks = new Chunks(page);
    await chunks.refuse('storage');
    await app.open('#/objectif/3.3.3');
    await app.tick(BUS).click();
    await app.expectNotice('Coché : atteint. Enregistré, mais moins sûrement');
    const [own] = await recordsOf(page, BUS);
    await page.evaluate((key) => localStorage.setItem(key, 'unreadable'), own ?? '');
    await app.tick(BUS).click();
    await app.expectUnticked(BUS);
    expect((await stored(page))[own ?? '']).toBe('unreadable');

    await chunks.allow('storage');
    await app.tick(BUS).click();
    await app.expectNotice('Coché : atteint. Enregistré.');
    const aside = async () => {
      const local = Object.entries(await stored(page));
      return local.find(([, text]) => text === 'unreadable')?.[0];
    };
    await expect.poll(aside).toMatch(/^jalons\/v1\/aside\//);
    // The notice may be about a former tick: both stores have the last one in the end.
    const edits = async () =>
      [await stored(page), await indexedDbEntries(page)].map((store) => JSON.parse(store[own ?? ''] ?? '{}').stamp?.edit);
    await expect.poll(edits).toEqual([3, 3]);
  });

  for (const emptied of ['neither store', 'localStorage']) {
    test(`where ${emptied} is empty, the page says so and nothing is touched`, async ({
      page,
    }) => {
      const app = new App(page);
      const chunks = new Chunks(page);
      await app.open('#/objectif/3.3.3');
      await app.tick(BUS).click();
      await app.expectNotice('Coché : atteint. Enregistré.');
      if (emptied === 'localStorage') await page.evaluate(() => localStorage.clear());
      const [local, held] = [await stored(page), await indexedDbEntries(page)];

      await chunks.refuse('storage');
      await page.reload();
      const rescue = app.region("Jalons n'a pas pu démarrer");
      await expect(rescue).toContainText(containing(UNOPENED));
      await expect(rescue.getByRole('heading')).toBeFocused();
      expect(await stored(page)).toEqual(local);
      expect(await indexedDbEntries(page)).toEqual(held);

      await chunks.allow('storage');
      await app.button('Recharger la page').click();
      await app.expectTicked(BUS);
    });
  }
});
