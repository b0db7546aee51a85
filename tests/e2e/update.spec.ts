// From one build to the next: offered and never forced, and never a page that is made of two.
import { expect } from './fixtures';
import { Build, buildOf, kept, test } from './host';
import { Mortal, newProfile } from './killed';
import { App } from './pages';

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

/** Has a page look for a new build, as a browser does by itself from time to time. */
function look(app: App): Promise<void> {
  return app.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
  });
}

test('a new build is offered, waits, and comes when somebody says so', async ({ page, host }) => {
  const present = host.build;
  const builds = [present, next];
  const app = new App(page);
  await app.open();
  await kept(page);
  host.build = next;
  await app.reload();
  await app.expectNotice(OFFER);
  await app.button('Plus tard').click();
  await expect(app.notice(OFFER)).toBeHidden();
  await app.goTo('Carnet');
  await app.expectTitle('Mon carnet');
  expect(await buildOf(page, builds)).toBe(present);
  expect((await kept(page)).sort()).toEqual([present.id, next.id].sort());

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
  await expect.poll(() => kept(page)).toEqual([next.id]);
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
    await kept(app.page);
  }
  // From here the host has nothing of the former build.
  host.build = next;
  await look(first);
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
  expect(await kept(first.page)).toEqual([present.id, next.id]);

  await second.button('Recharger la page').click();
  await second.expectTitle(NEXT_CARNET);
  expect(await buildOf(second.page, builds)).toBe(next);
  // The third tab still has the former build, and gets what it never asked for before.
  expect(await kept(second.page)).toEqual([present.id, next.id]);
  await third.goTo('Bilan');
  await expect(third.title).toHaveText(/Bilan/);
  expect(await buildOf(third.page, builds)).toBe(present);
  await third.page.close();
  await second.reload();
  await expect.poll(() => kept(second.page)).toEqual([next.id]);
});

test('a download that breaks off goes on where it stopped', async ({ page, host }) => {
  const present = host.build;
  const app = new App(page);
  await app.open();
  await kept(page);
  host.build = next;
  host.asked = [];
  host.trouble = () => (host.asked.length > 8 ? 'drop' : undefined);
  await look(app);
  await expect.poll(() => host.asked.length).toBeGreaterThan(8);
  const arrived = host.asked.slice(0, 8).filter((file) => file !== 'worker.js');
  expect(arrived.length).toBeGreaterThan(3);
  await app.reload();
  await app.expectTitle(HOME);
  expect(await buildOf(page, [present, next])).toBe(present);
  await expect(app.notice(OFFER)).toBeHidden();

  host.trouble = () => undefined;
  host.asked = [];
  await look(app);
  await app.expectNotice(OFFER);
  expect(host.asked.filter((file) => arrived.includes(file))).toEqual([]);
  // What has not changed was taken over from the former build.
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
  await kept(page);
  host.build = next;
  host.asked = [];
  const elsewhere = { text: '<!doctype html><p>Veuillez vous connecter au réseau', type: 'text/html' };
  host.trouble = (file) => (file === 'index.html' ? elsewhere : undefined);
  await look(app);
  await expect.poll(() => host.asked).toContain('index.html');
  await app.reload();
  await app.expectTitle(HOME);
  expect(await buildOf(page, [present, next])).toBe(present);
  await expect(app.notice(OFFER)).toBeHidden();
  host.trouble = () => undefined;
  await look(app);
  await app.expectNotice(OFFER);
});

const ROUNDS = 5;

test(`killed ${ROUNDS} times on its way, a browser opens one build or the other`, async ({ host }) => {
  test.setTimeout(180_000);
  const present = host.build;
  const builds = [present, next];
  const profile = newProfile();
  try {
    let browser = await Mortal.start(profile.folder);
    await kept(await browser.page(`${host.url}/`));
    await browser.kill();
    host.build = next;
    host.delay = 40;
    for (let round = 0; round < ROUNDS; round += 1) {
      browser = await Mortal.start(profile.folder);
      const app = new App(await browser.page(`${host.url}/`));
      await expect(app.title).toBeVisible();
      await buildOf(app.page, builds);
      const accept = async () => {
        await app.button('Mettre à jour').click();
      };
      // As soon as there is something to accept, it is, and the browser dies meanwhile.
      const accepted = accept().catch(() => undefined);
      await new Promise((done) => setTimeout(done, 500 + Math.random() * 1_500));
      await browser.kill();
      await accepted;
    }
    await host.close();
    browser = await Mortal.start(profile.folder);
    const app = new App(await browser.page(`${host.url}/`));
    await expect(app.title).toBeVisible();
    const build = await buildOf(app.page, builds);
    await app.expectTitle(build === next ? NEXT_HOME : HOME);
    await app.goTo('Carnet');
    await app.expectTitle(build === next ? NEXT_CARNET : 'Mon carnet');
    await browser.kill();
  } finally {
    profile.remove();
  }
});
