// Failures: the rescue page, and the size of a first visit.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from './fixtures';
import { App, Notes, Home } from './pages';
import { INDEXED_DB_FAULTS } from './storage-faults';
import { deleteIndexedDb, saveCopy, store, stored, indexedDbEntries } from './stored';
import { containing, exactly } from './words';

test.describe('after a panic', () => {
  test.use({ expectedTrouble: /unreachable|RuntimeError|fire drill/ });

  test('a plain page lets one save everything raw, and reload with the data there', async ({
    page,
  }) => {
    const app = new App(page);
    await app.open('#/objectif/3.3.3');
    await app.tick('3.3.3-m1').click();
    await new Notes(app).write('À ne pas perdre');
    await store(page, { 'jalons/v1/strange': '{broken', 'autre-app': 'à elle' });
    const other = { 'jalons/v1/strange': '{other', 'jalons/v1/record/note/1/00c0ffee00c0ffee': '{' };
    await indexedDbEntries(page, other);

    await page.evaluate(() => dispatchEvent(new Event('jalons:test-panic')));
    await app.expectTitle("Jalons s'est arrêté");
    await expect(app.title).toBeFocused();
    await expect(
      page.getByText(
        exactly('Une erreur imprévue est survenue. Ce qui était enregistré l’est toujours.'),
      ),
    ).toBeVisible();
    await expect(app.sections).toBeHidden();
    await page.getByText('Détail technique').click();
    await expect(page.getByText('fire drill')).toBeVisible();

    const { 'autre-app': _, ...ours } = await stored(page);
    expect(Object.keys(ours).length).toBeGreaterThan(3);
    const copy = await saveCopy(app);
    expect(copy).toMatchObject({ entries: {}, shelf: ours, vault: other });
    expect(Object.keys(copy.shelf)).not.toContain('autre-app');
    await app.expectNotice('Le fichier est dans vos téléchargements.');

    await app.button('Recharger la page').click();
    await app.expectTicked('3.3.3-m1');
    await expect(new Notes(app).card('À ne pas perdre')).toBeVisible();
  });

  test('the notice of a copy says that the browser did not give everything', async ({ page }) => {
    const app = new App(page);
    await app.open('#/objectif/3.3.3');
    await app.tick('3.3.3-m1').click();
    await app.expectNotice('Enregistré.');
    await page.evaluate(INDEXED_DB_FAULTS['throws when it is opened'] ?? (() => {}));
    await page.evaluate(() => dispatchEvent(new Event('jalons:test-panic')));
    await app.expectTitle("Jalons s'est arrêté");
    const copy = await saveCopy(app);
    expect(copy.shelf).toEqual(await stored(page));
    await app.expectNotice("mais le navigateur n'a pas tout rendu");
  });
});

test.describe('when the module does not arrive', () => {
  test.use({ expectedTrouble: /Failed to load resource|ERR_FAILED|net::/ });

  test('the page says that the network may have failed, and reload works', async ({ page }) => {
    const app = new App(page);
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('/');
    const rescue = app.region("Jalons n'a pas pu démarrer");
    await expect(rescue).toContainText(
      containing(
        'Le réseau a peut-être coupé, ou ce navigateur est trop ancien. La convention se lit ci-dessous ; ce qui était enregistré l’est toujours.',
      ),
    );
    await expect(rescue.getByRole('heading')).toBeFocused();
    // The convention's text is still there.
    await app.expectTitle('Ce qui a été promis, où en est-on ?');
    await expect(app.region('Les objectifs')).toContainText('Maintien des commerces');
    await page.unroute('**/*.wasm');
    await app.button('Recharger la page').click();
    await app.started();
    await expect(rescue).toBeHidden();
  });

  test('a tick without the app is announced as unsaved, makes the browser ask before leaving, and survives a reload', async ({
    page,
  }) => {
    const app = new App(page);
    const tick = app.tick('1.1.1-m1');
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('/');
    await expect(app.region("Jalons n'a pas pu démarrer")).toBeVisible();
    await app.unfold();
    await tick.click();
    await expect(page.getByText(containing("pas encore enregistré : gardez-la ouverte"))).toBeVisible();
    await (await app.askedBeforeClosing()).dismiss();

    await page.unroute('**/*.wasm');
    await app.button('Recharger la page').click();
    await app.expectNotice('Enregistré');
    await app.unfold();
    await app.expectTicked('1.1.1-m1');
  });

  test('a copy that was saved holds the database no longer', async ({ page, context }) => {
    const app = new App(page);
    await app.open('#/objectif/3.3.3');
    await app.tick('3.3.3-m1').click();
    await app.expectNotice('Enregistré.');
    await page.route('**/*.wasm', (route) => route.abort());
    await page.reload();
    const copy = await saveCopy(app);
    expect(Object.keys({ ...copy.shelf, ...copy.vault }).join()).toContain('3.3.3-m1');
    await app.expectNotice('Le fichier est dans vos téléchargements.');
    const otherPage = await context.newPage();
    await otherPage.goto('/schema/record-v1.schema.json');
    await deleteIndexedDb(otherPage);

    // A missing database does not count as a loss, and none is created.
    await saveCopy(app);
    await app.expectNotice('Le fichier est dans vos téléchargements.');
    expect(await page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  });
});

test.describe('without WebAssembly', () => {
  test('the page says that the browser may be too old', async ({ page }) => {
    const app = new App(page);
    await page.addInitScript(() => {
      Object.defineProperty(window, 'WebAssembly', { value: undefined });
    });
    await page.goto('/');
    await expect(app.region("Jalons n'a pas pu démarrer")).toContainText('ce navigateur est trop ancien');
  });
});

/** The build's figures for a first visit, if they belong to the served build. */
function measured(html: string): string[] | undefined {
  const list = resolve(__dirname, '../../target/first-load.json');
  if (!existsSync(list)) return undefined;
  const { files }: { files: { file: string }[] } = JSON.parse(readFileSync(list, 'utf8'));
  const names = files.map(({ file }) => file);
  const same = names.every((name) => !/-[0-9a-f]{8}/.test(name) || html.includes(name));
  return same ? names : undefined;
}

/** The page and all files that it references. */
function referred(html: string): string[] {
  const references = html.matchAll(/(?:href|src|data-module|data-wasm)="?(?:\.\/)?([\w.-]+\.\w+)/g);
  return ['index.html', ...new Set([...references].map(([, name]) => name ?? ''))];
}

test('a first visit loads the listed files, each once, and ticking a marker loads chunks only', async ({
  page,
  request,
  baseURL,
}) => {
  const loaded: string[] = [];
  page.on('request', (sent) => {
    const path = new URL(sent.url()).pathname.replace(/^\//, '');
    loaded.push(path || 'index.html');
  });
  const html = await (await request.get(baseURL ?? '')).text();
  const app = new Home(page);
  await app.open();
  const first = loaded.splice(0);
  await app.follow('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  await app.expectNotice('Enregistré.');

  // Browsers load icons and the manifest when they like, and never in a private window, which tests
  // run in.
  const isCounted = (name: string) => !/\.(svg|ico|png|webmanifest)$/.test(name);
  const isPart = (name: string) => /^\w+-[0-9a-f]{8}\.wasm$/.test(name);
  expect(loaded.filter((name) => isCounted(name) && !isPart(name))).toEqual([]);
  const listed = (measured(html) ?? referred(html)).filter(isCounted);
  expect(listed.some((name) => name.endsWith('.wasm'))).toBe(true);
  expect(first.filter(isCounted).sort()).toEqual([...listed].sort());
});
