// Opening without the network: one visit is enough, and later ones load only changes.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Exchange } from './carnet';
import { Consultations, ITEMS } from './consult';
import { expect } from './fixtures';
import { cachedBuilds, test } from './host';
import { App, Notes } from './pages';
import { containing, exactly } from './words';

const HOME = 'Ce qui a été promis, où en est-on ?';
const CARNET = 'Mon carnet';

/** Every screen with a fixed address. */
const SCREENS: [string, string | RegExp][] = [
  ['#/', HOME],
  ['#/objectif/3.3.3', /./],
  ['#/resultat/1.2.1-r2', /./],
  ['#/marqueur/3.3.3-m1', /./],
  ['#/recherche?mots=banc', 'Chercher'],
  ['#/suivre', /./],
  ['#/texte', 'Toute la convention'],
  ['#/bilan', /./],
  ['#/bilan/a-regarder', /./],
  ['#/bilan/avis', /./],
  ['#/bilan/rapport', /./],
  ['#/consultations', /./],
  ['#/carnet', CARNET],
  ['#/a-propos', 'À propos de Jalons'],
];

test('a browser that is never idle prepares the next visit all the same', async ({ page, host }) => {
  await page.addInitScript(() => {
    window.requestIdleCallback = (act, options) => {
      const late = () => act({ didTimeout: true, timeRemaining: () => 0 });
      return options?.timeout ? Number(setTimeout(late, options.timeout)) : 0;
    };
  });
  await new App(page).open();
  await expect.poll(() => cachedBuilds(page)).toEqual([host.build.id]);
});

test('the help page shows the version and the build', async ({ page, host }) => {
  const [, version] = /^version = "(.+)"$/m.exec(readFileSync('Cargo.toml', 'utf8')) ?? [];
  await new App(page).open('#/a-propos');
  await expect(page.getByText(exactly(`Jalons ${version}`))).toBeVisible();
  await expect(page.getByText(exactly(`Empreinte de cette page : ${host.build.id}`))).toBeVisible();
});

test('after one visit every screen opens without the network, and records stay', async ({
  context,
  page,
  host,
}) => {
  test.setTimeout(120_000);
  await new App(page).open();
  expect(await cachedBuilds(page)).toEqual([host.build.id]);
  await page.close();
  await host.close();

  const again = await context.newPage();
  const app = new Exchange(again);
  for (const [address, title] of SCREENS) {
    await again.goto('about:blank');
    await app.open(address);
    if (typeof title === 'string') await app.expectTitle(title);
    await expect(again.getByText(containing("n'est pas arrivée"))).toHaveCount(0);
  }
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  await new Notes(app).write('Vu sans réseau');
  await app.reload();
  await app.expectTicked('3.3.3-m1');
  await expect(new Notes(app).card('Vu sans réseau')).toBeVisible();

  const poll = new Consultations(again);
  await poll.prepare({ title: 'Cave', question: 'Par quoi ?', items: ITEMS, method: 'Approbation' });
  await poll.openVote();
  await expect(poll.region("À l'urne")).toBeVisible();
  for (const address of ['?#/carnet', '?de=une-affiche#/carnet', 'index.html?#/carnet', 'index.html?a&b=c#/carnet']) {
    await again.goto('about:blank');
    await app.open(address);
    await app.expectTitle(CARNET);
  }
  await expect(app.region('Où sont mes données ?')).toContainText(containing("prêt à s'ouvrir sans réseau"));
});

test('the tab of the first visit goes on without the network', async ({ page, host }) => {
  const app = new App(page);
  await app.open();
  await cachedBuilds(page);
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
  await host.close();
  await app.goTo('Bilan');
  await expect(app.title).toHaveText(/Bilan/);
  await app.goTo('Carnet');
  await app.expectTitle(CARNET);
});

test('a second visit asks the network for the worker and for nothing else', async ({
  context,
  page,
  host,
}) => {
  const first = new App(page);
  await first.open();
  await cachedBuilds(page);
  await page.close();
  host.asked = [];
  const again = await context.newPage();
  const app = new App(again);
  await app.open();
  await app.goTo('Suivre');
  await app.goTo('Carnet');
  await app.expectTitle(CARNET);
  await expect.poll(() => host.asked).toContain('worker.js');
  expect(new Set(host.asked)).toEqual(new Set(['worker.js']));
});

// The browser's message for each; it prints none for a worker script without meaning.
for (const [what, trouble, printed] of [
  ['missing', 'missing', /worker\.js|404/],
  ['garbled', { text: '<!doctype html><p>Veuillez vous connecter au réseau' }, undefined],
  ['another kind of file', { text: '<p>Bienvenue', type: 'text/html' }, /worker\.js|MIME/],
] as const) {
  test.describe(`while the worker is ${what}`, () => {
    test.use({ expectedTrouble: printed });

    test('the app works and says so, and the next visit mends it', async ({ page, host }) => {
      const app = new App(page);
      host.trouble = (file) => (file === 'worker.js' ? trouble : undefined);
      await app.open('#/carnet');
      await expect(app.region('Où sont mes données ?')).toContainText(containing("la préparation n'a pas abouti"));
      expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
      host.trouble = () => undefined;
      await app.reload();
      expect(await cachedBuilds(page)).toEqual([host.build.id]);

      // Once the app is cached, none of these faults breaks it.
      host.trouble = (file) => (file === 'worker.js' ? trouble : undefined);
      await page.evaluate(async () => (await navigator.serviceWorker.ready).update().catch(() => {}));
      await app.reload();
      await app.expectTitle(CARNET);
      expect(await cachedBuilds(page)).toEqual([host.build.id]);
    });
  });
}

/** Deletes the worker's caches, like a browser without free space. */
function clear(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
}

test('files that the browser has deleted from the cache are loaded again, all of them', async ({ context, page, host }) => {
  const app = new App(page);
  await app.open();
  await cachedBuilds(page);
  await clear(page);
  host.asked = [];
  await page.goto('about:blank');
  await app.open('#/carnet');
  await expect(app.region('Où sont mes données ?')).toContainText(containing("prêt à s'ouvrir sans réseau"));
  expect(host.asked).toContain('index.html');
  await page.close();
  await host.close();

  const again = new App(await context.newPage());
  for (const [address, title] of SCREENS) {
    await again.page.goto('about:blank');
    await again.open(address);
    if (typeof title === 'string') await again.expectTitle(title);
    await expect(again.page.getByText(containing("n'est pas arrivée"))).toHaveCount(0);
  }
});

test('where a part of it cannot be loaded again, the app does not say that it is ready', async ({ page, host }) => {
  const app = new App(page);
  await app.open();
  await cachedBuilds(page);
  await clear(page);
  // A file named after its content would still be in the browser's HTTP cache.
  host.trouble = (file) => (file.startsWith('icon') ? 'drop' : undefined);
  await page.goto('about:blank');
  await app.open('#/carnet');
  const where = app.region('Où sont mes données ?');
  await expect(where).toContainText(containing("la préparation n'a pas abouti"));
  host.trouble = () => undefined;
  await app.reload();
  await expect(where).toContainText(containing("prêt à s'ouvrir sans réseau"));
});

/** A worker that takes over and never answers. */
const MUTE = "addEventListener('install', () => skipWaiting());";

test('a worker that never answers is not waited for without end', async ({ page, host }) => {
  host.trouble = (file) =>
    file === 'worker.js' ? { text: MUTE, type: 'text/javascript' } : undefined;
  await page.clock.install();
  const app = new App(page);
  await app.open('#/carnet');
  await expect(page.getByText(containing('pas encore prêt'))).toBeVisible();
  // Each of its consecutive questions has a timeout of a minute.
  const failed = page.getByText(containing("la préparation n'a pas abouti"));
  const isSaid = async () => {
    await page.clock.fastForward('01:00');
    return failed.isVisible();
  };
  await expect.poll(isSaid).toBe(true);
});
