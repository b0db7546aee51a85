// The page before the app has started: reading, early taps, and their effect after the start.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { ownSeen } from './carnet';
import { ITEMS } from './consult';
import { markers, operationals } from './convention';
import { expect, test } from './fixtures';
import { shifted } from './inspect';
import { App, Home } from './pages';
import { recorded, showUrn, seedStores } from './state';
import { containing } from './words';

/** Holds the module back until the returned function is called. */
async function holdBack(page: Page): Promise<() => Promise<void>> {
  let open = () => {};
  const gate = new Promise<void>((resolve) => (open = resolve));
  await page.route('**/*.wasm', async (route) => {
    await gate;
    // A request of a closed page cannot be continued.
    await route.continue().catch(() => undefined);
  });
  return async () => {
    open();
    await new App(page).started();
  };
}

test.describe('without scripts', () => {
  // The module is preloaded, but without scripts nothing uses it.
  test.use({ javaScriptEnabled: false, expectedTrouble: /was preloaded using link preload/ });

  test('the whole convention can be read, and each objective has its place', async ({ page }) => {
    const warned = page.waitForEvent('console');
    await page.goto('/');
    const home = new Home(page);
    await expect(page.getByText(containing('Sans JavaScript, tout se lit ici'))).toBeVisible();
    await expect(home.sections).toBeHidden();
    // No ticks can exist, so a chart without a single observation would be useless.
    await expect(home.chart).toBeHidden();
    await expect(page.getByRole('button')).toHaveCount(0);
    expect(operationals).toHaveLength(15);
    for (const { code } of operationals) {
      await page.goto(`/#/objectif/${code}`);
      await expect(home.objective(code)).toBeInViewport();
      await home.objective(code).click();
      await expect(page).toHaveURL(new RegExp(`#/objectif/${code.replaceAll('.', '\\.')}$`));
      await expect(page.locator(`[id="/objectif/${code}"]`)).toBeInViewport();
    }
    const shown = await home.cards.textContent();
    for (const { text } of markers) expect(shown).toMatch(containing(text));
    // The warning comes some seconds after the page.
    await warned;
  });
});

test('20 ticks tapped before the module arrives are 20 ticks kept, also over a reload', async ({
  page,
}) => {
  const tapped = markers.slice(0, 23).map(({ id }) => id);
  const home = new Home(page);
  await page.clock.install();
  const arrive = await holdBack(page);
  await page.goto('/');
  await home.unfold();
  for (const id of tapped.slice(0, 12)) await home.tick(id).click();
  await expect(page.getByRole('status').filter({ hasText: containing("C'est noté. Jalons se prépare") })).toBeVisible();
  await page.reload();
  await home.unfold();
  for (const id of tapped.slice(12)) await home.tick(id).click();
  // Three of them are taken back.
  for (const id of tapped.slice(20)) await home.tick(id).click();
  await page.clock.fastForward(10_000);
  await arrive();

  await home.expectNotice('Enregistré');
  const pressed = home.cards.getByRole('button', { pressed: true });
  await expect(pressed).toHaveCount(20);
  await expect(page.locator('#starting')).toHaveCount(0);
  await home.reload();
  await home.unfold();
  await expect(pressed).toHaveCount(20);
  for (const id of tapped.slice(0, 20)) await home.expectTicked(id);
});

test('an early tap on a marker that is reached already does not undo it', async ({ page }) => {
  await seedStores(page, recorded(ownSeen('1.1.1-m1')));
  const home = new Home(page);
  const arrive = await holdBack(page);
  await page.goto('/');
  await home.unfold();
  await home.tick('1.1.1-m1').click();
  await arrive();
  await home.expectTicked('1.1.1-m1');
});

test('an early tap at an urn stays out of its carnet', async ({ page }) => {
  const plan = { title: 'Salle', question: 'Par quoi ?', items: ITEMS };
  const app = await showUrn(page, plan);
  const arrive = await holdBack(page);
  await page.goto('about:blank');
  await page.goto('/', { waitUntil: 'domcontentloaded' });
  await app.unfold();
  await app.tick('1.1.1-m1').click();
  await app.expectTicked('1.1.1-m1');
  await arrive();
  await app.expectTitle('À vous de voter');
  await app.leaveUrn();
  await app.open();
  await app.unfold();
  await app.expectUnticked('1.1.1-m1');
  await app.follow('#/objectif/1.1.1');
  await app.expectUnticked('1.1.1-m1');
});

test('where a tap led before the module arrived, the app goes', async ({ page }) => {
  const arrive = await holdBack(page);
  await page.goto('/');
  const app = new App(page);
  await app.goTo('Suivre');
  await expect(page.getByRole('status').filter({ hasText: 'Jalons se prépare' })).toBeVisible();
  await arrive();
  await app.expectTitle('Suivre les marqueurs');
});

test('a link to an objective leads to its text at once, and to its screen', async ({ page }) => {
  const arrive = await holdBack(page);
  await page.goto('/#/objectif/3.3.3');
  await expect(page.locator('[id="/objectif/3.3.3"]')).toBeInViewport();
  await arrive();
  const [{ title }] = operationals.filter(({ code }) => code === '3.3.3');
  await new App(page).expectTitle(title);
});

for (const { name, width } of [
  { name: 'a phone', width: 390 },
  { name: 'a small phone', width: 320 },
  { name: 'a laptop', width: 1440 },
]) {
  test(`nothing moves when the app takes the page over, on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 });
    const home = new Home(page);
    const arrive = await holdBack(page);
    await page.goto('/');
    await home.unfold();
    await page.mouse.wheel(0, 5000);
    await expect.poll(() => home.scrolled()).toBeGreaterThan(1000);
    await home.tick('1.1.1-m1').focus();
    const [at, before] = [await home.scrolled(), await shifted(page)];
    await arrive();
    expect(await home.scrolled()).toBe(at);
    await expect(home.tick('1.1.1-m1')).toBeFocused();
    expect(await shifted(page)).toBe(before);
  });
}

test('the bars stand in the page before the app starts', async ({ page }) => {
  // High enough to need no scrolling: screenshots of scrolled text vary.
  await page.setViewportSize({ width: 390, height: 2600 });
  const arrive = await holdBack(page);
  await page.goto('/');
  const home = new Home(page);
  await expect(home.chart).toBeInViewport({ ratio: 1 });
  const before = await home.bars();
  // Without the rounded corners, whose edges are sometimes painted in slightly different shades.
  const { x, y, width, height } = (await home.chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const clip = { x: x + 13, y: y + 9, width: width - 26, height: height - 22 };
  const picture = await page.screenshot({ clip });
  expect(before.map(({ segments }) => segments.map(({ level, count }) => [level, count]))).toEqual(
    [23, 32, 50].map((count) => [['unobserved', count]]),
  );
  await arrive();
  expect(await home.bars()).toEqual(before);
  expect((await page.screenshot({ clip })).equals(picture)).toBe(true);
});

for (const { name, width } of [
  { name: 'a phone', width: 390 },
  { name: 'a laptop', width: 1440 },
]) {
  test(`nothing moves when the bars follow what is stored, on ${name}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    const home = new Home(page);
    await seedStores(page, recorded(ownSeen('1.1.1-m1'), ownSeen('1.1.1-m2')));
    const arrive = await holdBack(page);
    await page.goto('/');
    await home.chart.evaluate((chart) => chart.scrollIntoView({ block: 'center' }));
    const before = await shifted(page);
    await arrive();
    await expect(home.chart).toBeInViewport();
    await expect.poll(async () => (await home.bars())[0].segments.map(({ count }) => count)).toEqual([2, 21]);
    expect(await shifted(page)).toBe(before);
  });
}

test('nothing moves when early ticks are replayed', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 });
  const home = new Home(page);
  const arrive = await holdBack(page);
  await page.goto('/');
  await home.unfold();
  for (const { id } of markers.slice(0, 3)) await home.tick(id).click();
  const first = markers[0]?.id ?? '';
  await expect(home.row(first)).toContainText(containing("Atteint, aujourd'hui"));
  const before = await shifted(page);
  await arrive();
  await home.expectNotice('Enregistré');
  expect(await shifted(page)).toBe(before);
  await expect(home.row(first)).toContainText(containing("Atteint, aujourd'hui"));
});

test('the text travels once: the page has it, and no module', () => {
  const dist = process.env.JALONS_DIST ?? '';
  const modules = readdirSync(dist).filter((file) => file.endsWith('.wasm'));
  const files = modules.map((file) => readFileSync(join(dist, file)));
  const page = readFileSync(join(dist, 'index.html'));
  expect(files.length).toBeGreaterThan(5);
  for (const { id, text } of markers) {
    // The longest piece without typographic or markup characters.
    const pieces = text.split(/['’:;?!«»&"]|\.\.\./).map((piece) => piece.trim());
    const [longest = ''] = pieces.sort((one, other) => other.length - one.length);
    expect(longest.length, id).toBeGreaterThan(7);
    expect(page.includes(longest), id).toBe(true);
    for (const [at, file] of files.entries()) expect(file.includes(longest), `${id} in ${modules[at]}`).toBe(false);
  }
});

/** The page once two pictures in a row are the same: the browser may still be painting the first. */
async function picture(page: Page): Promise<Buffer> {
  let last = await page.screenshot();
  for (;;) {
    const next = await page.screenshot();
    if (next.equals(last)) return next;
    last = next;
  }
}

test('the page before the module starts is the home screen, to the pixel', async ({
  page,
}, testInfo) => {
  await page.setViewportSize({ width: 390, height: 700 });
  const arrive = await holdBack(page);
  await page.goto('/');
  const before = await picture(page);
  const painted = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint'));
  expect(painted).toHaveLength(1);
  await arrive();
  // At once: whatever flashes when the app starts must be seen.
  const after = await page.screenshot();
  if (!after.equals(before)) {
    await testInfo.attach('before', { body: before, contentType: 'image/png' });
    await testInfo.attach('after', { body: after, contentType: 'image/png' });
  }
  expect(after.equals(before)).toBe(true);
});
