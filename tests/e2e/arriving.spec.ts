// A long page on a slow line: the part that has arrived is usable while the rest is loading.
import { expect } from './fixtures';
import { test } from './host';
import { App } from './pages';
import { containing } from './words';

/** The page stops arriving here: the former ids are above, this one is below. */
const UP_TO = 'id="/objectif/2.1.1"';
const [FIRST, SECOND, LATE] = ['1.1.1-m1', '1.2.2-m1', '3.3.3-m1'];

test('a tick on a page that is still loading is shown, survives a reload, and is saved', async ({
  page,
  host,
}) => {
  let come = () => {};
  const halt = () => {
    const rest = new Promise<void>((resolve) => (come = resolve));
    host.trouble = (file) => (file === 'index.html' ? { upTo: UP_TO, rest } : undefined);
  };
  const app = new App(page);
  /** Taps until the tick is set: a tap before the script has loaded has no effect. */
  const tap = (id: string) =>
    expect
      .poll(async () => {
        await app.unfold();
        await app.tick(id).click();
        return app.tick(id).getAttribute('aria-pressed');
      })
      .toBe('true');

  halt();
  await page.goto('/', { waitUntil: 'commit' });
  await tap(FIRST);
  expect(await page.evaluate(() => document.readyState)).toBe('loading');
  await expect(app.tick(LATE)).toHaveCount(0);

  halt();
  await page.reload({ waitUntil: 'commit' });
  await tap(SECOND);
  expect(await page.evaluate(() => document.readyState)).toBe('loading');
  come();

  await app.expectNotice('Enregistré');
  await app.expectTicked(FIRST);
  await app.expectTicked(SECOND);
  await expect(page.getByText(containing('Jalons se prépare'))).toHaveCount(0);
  await app.reload();
  await app.unfold();
  await app.expectTicked(FIRST);
  await app.expectTicked(SECOND);
  await app.expectUnticked(LATE);
});

for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 720 }]) {
  test(`no section of the navigation moves when the last one arrives, ${viewport.width} px`, async ({
    page,
    host,
  }) => {
    await page.setViewportSize(viewport);
    let come = () => {};
    const rest = new Promise<void>((resolve) => (come = resolve));
    const upTo = '<a class="nav__link" href="#/carnet"';
    host.trouble = (file) => (file === 'index.html' ? { upTo, rest } : undefined);
    await page.goto('/', { waitUntil: 'commit' });
    const section = (name: string) =>
      page.getByRole('navigation', { name: 'Rubriques' }).getByRole('link', { name });
    await expect(section('Voter')).toBeVisible();
    await expect(section('Carnet')).toHaveCount(0);
    const before = await section('Voter').boundingBox();
    come();
    await expect(section('Carnet')).toBeVisible();
    expect(await section('Voter').boundingBox()).toEqual(before);
  });
}
