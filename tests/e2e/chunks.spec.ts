// Lazy chunks: when they are requested, and what the app shows when they fail.
import { expect, test } from './fixtures';
import { App, Home, Chunks } from './pages';

const CARNET = 'Mon carnet';
const HOME = 'Ce qui a été promis, où en est-on ?';
const MISSING = "Cette page n'est pas arrivée";

test('a chunk loads with the first visit of its screen, and later visits need no request', async ({
  page,
}) => {
  const app = new App(page);
  const chunks = new Chunks(page);
  await app.open();
  expect(chunks.loaded).toEqual([]);
  await app.goTo('Carnet');
  await app.expectTitle(CARNET);
  await expect(app.title).toBeFocused();
  // The screen is shown before IndexedDB is read, which needs a chunk of its own.
  await expect.poll(() => chunks.loaded).toContain('storage');
  const loaded = [...chunks.loaded];
  expect(loaded).toContain('carnet');
  expect(new Set(loaded).size).toBe(loaded.length);

  await app.goTo('Explorer');
  await app.expectTitle(HOME);
  expect(await app.titleAtNextPicture('Carnet')).toBe(CARNET);
  await page.goBack();
  await app.expectTitle(HOME);
  await page.goForward();
  await app.expectTitle(CARNET);
  await expect(app.title).toBeFocused();
  expect(chunks.loaded).toEqual(loaded);
});

for (const { width, height } of [
  { width: 390, height: 844 },
  { width: 1280, height: 720 },
]) {
  test(`the home screen asks for nothing more, untouched or scrolled, at ${width} by ${height}`, async ({
    page,
  }) => {
    const home = new Home(page);
    await page.setViewportSize({ width, height });
    await page.clock.install();
    await home.open();
    const asked: string[] = [];
    page.on('request', (sent) => asked.push(new URL(sent.url()).pathname));
    await page.clock.fastForward('01:00');
    await home.chart.scrollIntoViewIfNeeded();
    await expect(home.chart).toBeInViewport();
    // Parts with deferred layout make the page longer while scrolling.
    const isAtTheEnd = async () => {
      await page.mouse.wheel(0, height * 5);
      const end = () => scrollY + innerHeight >= document.documentElement.scrollHeight - 1;
      return page.evaluate(end);
    };
    await expect.poll(isAtTheEnd, { intervals: [100] }).toBe(true);
    expect(await home.scrolled()).toBeGreaterThan(height);
    await page.clock.fastForward('01:00');
    // Requests are reported in order, so all earlier ones are known after this one.
    await page.evaluate(() => fetch('icon.svg'));
    expect(asked).toEqual(['/icon.svg']);
  });
}

for (const [address, title] of [
  ['#/carnet', CARNET],
  ['#/a-propos', 'À propos de Jalons'],
  ['#/texte', 'Toute la convention'],
] as const) {
  test(`a link straight to ${address} shows it, with the focus left alone`, async ({ page }) => {
    const app = new App(page);
    await app.open(address);
    await app.expectTitle(title);
    await expect(app.title).not.toBeFocused();
    await expect(page).toHaveTitle(new RegExp(`^${title}`));
    await app.reload();
    await app.expectTitle(title);
  });
}

test('a long wait is said, and ends with the screen', async ({ page }) => {
  const app = new App(page);
  const arrive = await new Chunks(page).hold('carnet');
  await app.open();
  await app.goTo('Carnet');
  await app.expectNotice('Chargement…');
  arrive();
  await app.expectTitle(CARNET);
  await expect(app.title).toBeFocused();
  await expect(app.notice('Chargement…')).toBeHidden();
});

test('a person who leaves a screen while its chunk loads stays on the next screen', async ({ page }) => {
  const app = new App(page);
  const arrive = await new Chunks(page).hold('carnet');
  await app.open('#/objectif/3.3.3');
  await app.goTo('Carnet');
  await app.expectNotice('Chargement…');
  await page.goBack();
  await app.tick('3.3.3-m1').click();
  arrive();
  await app.expectTicked('3.3.3-m1');
  await app.goTo('Carnet');
  await app.expectTitle(CARNET);
  await page.goBack();
  await app.expectTicked('3.3.3-m1');
});

test('a reload goes back to the place on a page whose chunk comes late', async ({ page }) => {
  const app = new App(page);
  await page.setViewportSize({ width: 412, height: 800 });
  await app.open('#/texte');
  // Chromium may lose state that a page saves while being left, so the test saves it before.
  await page.evaluate(() => history.replaceState('a 1500', ''));
  const arrive = await new Chunks(page).hold('reference');
  await page.reload();
  await app.expectNotice('Chargement…');
  expect(await app.scrolled()).toBe(0);
  arrive();
  await expect.poll(() => app.scrolled()).toBe(1500);
});

test.describe('when a chunk does not arrive', () => {
  test.use({ expectedTrouble: /Failed to load resource|ERR_FAILED|net::|Failed to fetch/ });

  test('the page says so, the rest works, and another try brings it', async ({ page }) => {
    const app = new App(page);
    const chunks = new Chunks(page);
    await app.open('#/objectif/3.3.3');
    await chunks.refuse('carnet');
    await app.goTo('Carnet');
    await app.expectTitle(MISSING);
    await expect(app.title).toBeFocused();
    await expect(page).toHaveTitle(/^Mon carnet/);
    await app.button('Réessayer').click();
    await app.expectTitle(MISSING);

    await page.goBack();
    await app.tick('3.3.3-m1').click();
    await app.expectTicked('3.3.3-m1');
    await page.goForward();
    await app.expectTitle(MISSING);
    await chunks.allow('carnet');
    await app.button('Réessayer').click();
    await app.expectTitle(CARNET);
    await expect(app.title).toBeFocused();
    expect(await app.link('1 observation').count()).toBe(1);
  });
});
