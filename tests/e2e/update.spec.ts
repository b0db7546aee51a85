// Updates from one build to the next: offered, never forced, and never mixing two builds in a page.
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from './fixtures';
import { Build, buildOf, complete, cachedBuilds, test } from './host';
import { KillableBrowser, newProfile } from './killed';
import { App } from './pages';
import { exactly } from './words';

const OFFER = 'Une nouvelle version de Jalons est prête.';
const REPLACED = 'Une version plus récente de Jalons est en place.';
const HOME = 'Ce qui a été promis, où en est-on ?';
const NEXT_HOME = 'Ce qui a été PROMIS, où en est-on ?';
const NEXT_CARNET = 'Mon CARNET';

let next: Build;
test.beforeAll(() => {
  next = Build.next({ 'a été promis': 'a été PROMIS', 'Mon carnet': 'Mon CARNET' });
});
test.afterAll(() => next.remove());

/** Makes a page check for a new build, as browsers do from time to time. */
function checkForUpdate(app: App): Promise<void> {
  return app.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
  });
}

test('the id of a build follows the names and contents of its files, and no setting of a host', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jalons-id-'));
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  mkdirSync(join(folder, 'schema'));
  write('index.html', '<script type=module src=./start.js data-module=./jalons.js></script>');
  write('schema/a.json', 'one');
  const first = complete(folder);
  expect(first).toMatch(/^[0-9a-f]{16}$/);
  write('_headers', 'one');
  write('.htaccess', 'one');
  expect(complete(folder)).toBe(first);
  write('schema/a.json', 'two');
  const second = complete(folder);
  expect(second).not.toBe(first);
  renameSync(join(folder, 'schema/a.json'), join(folder, 'schema/b.json'));
  expect(complete(folder)).not.toBe(second);
  rmSync(folder, { recursive: true });
});

test('a new build is offered, waits, and takes over when a person accepts it', async ({ page, host }) => {
  const present = host.build;
  const builds = [present, next];
  const app = new App(page);
  await app.open();
  await cachedBuilds(page);
  host.build = next;
  await app.reload();
  await app.expectNotice(OFFER);
  await app.button('Plus tard').click();
  await expect(app.notice(OFFER)).toBeHidden();
  await app.goTo('Carnet');
  await app.expectTitle('Mon carnet');
  expect(await buildOf(page, builds)).toBe(present);
  expect((await cachedBuilds(page)).sort()).toEqual([present.id, next.id].sort());

  await app.open();
  await app.reload();
  await app.expectTitle(HOME);
  expect(await buildOf(page, builds)).toBe(present);
  await app.expectNotice(OFFER);
  const loads: string[] = [];
  page.on('load', () => loads.push(page.url()));
  await app.button('Mettre à jour').click();
  await app.expectTitle(NEXT_HOME);
  expect(await buildOf(page, builds)).toBe(next);
  await app.goTo('Carnet');
  await app.expectTitle(NEXT_CARNET);
  expect(await buildOf(page, builds)).toBe(next);
  expect(loads).toHaveLength(1);
  await expect.poll(() => cachedBuilds(page)).toEqual([next.id]);
});

test('of three tabs one asks, and the others go on with what they have', async ({
  context,
  page,
  host,
}) => {
  const present = host.build;
  const builds = [present, next];
  const apps = [new App(page), new App(await context.newPage()), new App(await context.newPage())];
  const [first, second, third] = apps as [App, App, App];
  for (const app of apps) {
    await app.open();
    await cachedBuilds(app.page);
  }
  // From here on, the host has no file of the former build.
  host.build = next;
  await checkForUpdate(first);
  for (const app of apps) await app.expectNotice(OFFER);
  await first.button('Mettre à jour').click();
  await first.expectTitle(NEXT_HOME);

  for (const app of [second, third]) {
    await app.expectNotice(REPLACED);
    await app.expectTitle(HOME);
    await app.goTo('Carnet');
    await app.expectTitle('Mon carnet');
    expect(await buildOf(app.page, builds)).toBe(present);
  }
  expect(await cachedBuilds(first.page)).toEqual([present.id, next.id]);

  await second.button('Recharger la page').click();
  await second.expectTitle(NEXT_CARNET);
  expect(await buildOf(second.page, builds)).toBe(next);
  // The third tab still has the former build, and gets files from it that it had never requested.
  expect(await cachedBuilds(second.page)).toEqual([present.id, next.id]);
  await third.goTo('Bilan');
  await expect(third.title).toHaveText(/Bilan/);
  expect(await buildOf(third.page, builds)).toBe(present);
  await third.page.close();
  await second.reload();
  await expect.poll(() => cachedBuilds(second.page)).toEqual([next.id]);
});

test('a download that breaks off goes on where it stopped', async ({ page, host }) => {
  const present = host.build;
  const app = new App(page);
  await app.open();
  await cachedBuilds(page);
  host.build = next;
  host.asked = [];
  host.trouble = () => (host.asked.length > 8 ? 'drop' : undefined);
  await checkForUpdate(app);
  await expect.poll(() => host.asked.length).toBeGreaterThan(8);
  const arrived = host.asked.slice(0, 8).filter((file) => file !== 'worker.js');
  expect(arrived.length).toBeGreaterThan(3);
  await app.reload();
  await app.expectTitle(HOME);
  expect(await buildOf(page, [present, next])).toBe(present);
  await expect(app.notice(OFFER)).toBeHidden();

  host.trouble = () => undefined;
  host.asked = [];
  await checkForUpdate(app);
  await app.expectNotice(OFFER);
  expect(host.asked.filter((file) => arrived.includes(file))).toEqual([]);
  // Unchanged files were taken from the former build's cache.
  expect(host.asked.filter((file) => /^reader-|^icon/.test(file))).toEqual([]);
  await app.button('Mettre à jour').click();
  await app.expectTitle(NEXT_HOME);
});

test('a host that is half-way through its own update gets nothing into a build', async ({
  page,
  host,
}) => {
  const present = host.build;
  const app = new App(page);
  await app.open();
  await cachedBuilds(page);
  host.build = next;
  host.asked = [];
  const elsewhere = { text: '<!doctype html><p>Veuillez vous connecter au réseau', type: 'text/html' };
  host.trouble = (file) => (file === 'index.html' ? elsewhere : undefined);
  await checkForUpdate(app);
  await expect.poll(() => host.asked).toContain('index.html');
  await app.reload();
  await app.expectTitle(HOME);
  expect(await buildOf(page, [present, next])).toBe(present);
  await expect(app.notice(OFFER)).toBeHidden();
  host.trouble = () => undefined;
  await checkForUpdate(app);
  await app.expectNotice(OFFER);
});

test('who never says so has the new build at the next visit', async ({ context, page, host }) => {
  const present = host.build;
  const app = new App(page);
  await app.open();
  await cachedBuilds(page);
  host.build = next;
  await checkForUpdate(app);
  await app.expectNotice(OFFER);
  await page.close();
  // Browsers take their time to notice that the last tab is closed, and open the former build until
  // then.
  const again = new App(await context.newPage());
  const opened = async () => {
    await again.open();
    const title = await again.title.innerText();
    await again.page.goto('about:blank');
    return title;
  };
  await expect.poll(opened).toMatch(exactly(NEXT_HOME));
  await again.open();
  expect(await buildOf(again.page, [present, next])).toBe(next);
  await expect.poll(() => cachedBuilds(again.page)).toEqual([next.id]);
});

test('a new build that is here is taken without the network', async ({ page, host }) => {
  const app = new App(page);
  await app.open();
  await cachedBuilds(page);
  host.build = next;
  await checkForUpdate(app);
  await app.expectNotice(OFFER);
  await host.close();
  await app.button('Mettre à jour').click();
  await app.expectTitle(NEXT_HOME);
  await app.goTo('Carnet');
  await app.expectTitle(NEXT_CARNET);
  expect(await buildOf(page, [host.build])).toBe(next);
});

const ROUNDS = 5;
/** In this many rounds the download halts, each time after this many more files. */
const [HALTED, FILES] = [3, 8];

for (const tabs of [1, 3]) {
  test(`killed ${ROUNDS} times on its way with ${tabs} open, a browser opens one build or the other, and comes to the new one`, async ({
    host,
  }) => {
    test.setTimeout(240_000);
    const present = host.build;
    const builds = [present, next];
    const profile = newProfile();
    /** Opens all tabs, and checks that each is of one build. */
    const open = async (browser: KillableBrowser) => {
      const apps = [];
      for (let tab = 0; tab < tabs; tab += 1) {
        const app = new App(await browser.page(`${host.url}/`));
        await expect(app.title).toBeVisible();
        await buildOf(app.page, builds);
        apps.push(app);
      }
      return apps;
    };
    try {
      let browser = await KillableBrowser.start(profile.folder);
      await cachedBuilds(await browser.page(`${host.url}/`));
      await browser.kill();
      host.build = next;
      host.delay = 40;
      for (let round = 0; round < ROUNDS; round += 1) {
        let given = 0;
        const halt = { upTo: '', rest: new Promise<void>(() => {}) };
        const isBeyond = (file: string) => file !== 'worker.js' && ++given > FILES;
        host.trouble = (file) => (round < HALTED && isBeyond(file) ? halt : undefined);
        browser = await KillableBrowser.start(profile.folder);
        const [app] = await open(browser);
        // Accepts the update as soon as it is offered, while the browser is being killed.
        const accepted = app?.button('Mettre à jour').click().catch(() => undefined);
        if (round < HALTED) await expect.poll(() => given).toBeGreaterThan(FILES);
        await new Promise((done) => setTimeout(done, Math.random() * 1_500));
        await browser.kill();
        await accepted;
      }

      // The interrupted update is completed in the end.
      host.delay = 0;
      browser = await KillableBrowser.start(profile.folder);
      const [app] = (await open(browser)) as [App];
      if ((await buildOf(app.page, builds)) === present) {
        await checkForUpdate(app);
        await app.button('Mettre à jour').click();
      }
      await app.expectTitle(NEXT_HOME);
      await app.goTo('Carnet');
      await app.expectTitle(NEXT_CARNET);
      expect(await buildOf(app.page, builds)).toBe(next);
      await browser.kill();

      await host.close();
      browser = await KillableBrowser.start(profile.folder);
      for (const app of await open(browser)) {
        const build = await buildOf(app.page, builds);
        await app.expectTitle(build === next ? NEXT_HOME : HOME);
        await app.goTo('Carnet');
        await app.expectTitle(build === next ? NEXT_CARNET : 'Mon carnet');
      }
      await browser.kill();
    } finally {
      profile.remove();
    }
  });
}

test('a notice says that a new build that does not take over has failed', async ({
  page,
  host,
}) => {
  const app = new App(page);
  const present = host.build;
  await page.clock.install();
  await app.open();
  await cachedBuilds(page);
  const worker = readFileSync(join(next.folder, 'worker.js'), 'utf8');
  const idle = worker.replaceAll('skipWaiting()', 'Promise.resolve()');
  expect(idle).not.toBe(worker);
  host.build = next;
  host.trouble = (file) =>
    file === 'worker.js' ? { text: idle, type: 'text/javascript' } : undefined;
  await app.reload();
  await app.expectNotice(OFFER);
  await app.button('Mettre à jour').click();
  await page.clock.fastForward('00:10');
  await app.expectNotice("La nouvelle version n'a pas répondu.");
  expect(await buildOf(page, [present, next])).toBe(present);
});
