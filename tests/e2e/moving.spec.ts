// Moving about: back and forward, the focus, the place on the page, links to share, the chart.
import { wording } from './convention';
import { expect, test } from './fixtures';
import { Home, ItemPage } from './pages';
import { said } from './words';

test('back and forward go through the screens', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await home.objective('1.1.2').click();
  await home.expectTitle(wording('1.1.2'));
  await home.link(wording('1.1.2-r1')).click();
  await home.expectTitle(wording('1.1.2-r1'));

  await page.goBack();
  await home.expectTitle(wording('1.1.2'));
  await expect(page).toHaveTitle(said(`1.1.2 · ${wording('1.1.2')} · Jalons`));
  await page.goBack();
  await home.expectTitle('Ce qui a été promis, où en est-on ?');
  await page.goForward();
  await home.expectTitle(wording('1.1.2'));
});

test('the title takes the focus after a move, not at the first load', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await expect(home.title).not.toBeFocused();
  await home.objective('1.1.2').click();
  await home.expectTitle(wording('1.1.2'));
  await expect(home.title).toBeFocused();
  await page.goBack();
  await home.expectTitle('Ce qui a été promis, où en est-on ?');
  await expect(home.title).toBeFocused();
});

// Browsers put the place back as soon as the address has changed, when the shorter page one comes
// from may still stand: what was left far below is then found too high.
for (const [from, id] of [
  ['#/', '3.3.3'],
  ['#/objectif/3.1.3', '3.1.3-m10'],
  ['#/suivre', '3.3.3-m5'],
  ['#/texte', '3.3.3-m5'],
] as const) {
  test(`a link on ${from} shows the top of its page, and going back the place one left`, async ({
    page,
  }) => {
    const screen = new ItemPage(page);
    await page.setViewportSize({ width: 412, height: 800 });
    await screen.open(from);
    const name = id.includes('-') ? wording(id) : `${id} ${wording(id)}`;
    // The home screen leads to each objective twice: in the tree, and in the text below it.
    const link = screen.link(name).first();
    const left = await screen.leaveBy(link);
    expect(left).toBeGreaterThan(200);
    await screen.expectTitle(wording(id));
    await expect.poll(() => screen.scrolled()).toBe(0);

    await page.goBack();
    await expect(link).toBeVisible();
    await expect.poll(() => screen.scrolled()).toBe(left);
  });
}

test('a link is handed to the system where it takes links', async ({ page }) => {
  await page.addInitScript(() => {
    const shared: unknown[] = [];
    Object.assign(window, { shared });
    Object.defineProperty(navigator, 'share', {
      value: async (data: unknown) => {
        shared.push(data);
      },
    });
  });
  const objective = new ItemPage(page);
  await objective.open('#/objectif/1.1.2');
  await objective.button('Partager').click();
  const shared = () => page.evaluate(() => (window as unknown as { shared: object[] }).shared);
  await expect.poll(shared).toHaveLength(1);
  const [data] = await shared();
  expect(data).toMatchObject({
    title: expect.stringMatching(said(wording('1.1.2'))),
    url: page.url(),
  });
});

test('a link is copied where the system takes none', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: undefined });
  });
  const marker = new ItemPage(page);
  await marker.open('#/marqueur/1.1.2-m1');
  await marker.button('Partager').click();
  await marker.expectNotice('Lien copié');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
});

test('a link that cannot be copied is said so', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'share', { value: undefined });
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: () => Promise.reject(new DOMException('denied', 'NotAllowedError')) },
    });
  });
  const objective = new ItemPage(page);
  await objective.open('#/objectif/1.1.2');
  await objective.button('Partager').click();
  await objective.expectNotice(
    "Le lien n'a pas pu être copié. Vous pouvez copier l'adresse de la page.",
  );
});

test.describe('on a screen with two points to a pixel', () => {
  test.use({ deviceScaleFactor: 2 });

  test('the chart is sharp, is not blank and follows a tick', async ({ page }) => {
    const home = new Home(page);
    await home.open();
    const measure = () =>
      home.chart.evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        // The colours are read from a copy: reading would change how the browser keeps the canvas.
        const copy = new OffscreenCanvas(canvas.width, canvas.height);
        const context = copy.getContext('2d', { willReadFrequently: true });
        context?.drawImage(canvas, 0, 0);
        const drawn = context?.getImageData(0, 0, canvas.width, canvas.height);
        const colours = new Set(new Uint32Array(drawn?.data.buffer ?? new ArrayBuffer(0)));
        return {
          sharp:
            canvas.width === Math.round(canvas.clientWidth * 2) &&
            canvas.height === Math.round(canvas.clientHeight * 2),
          colours: colours.size,
          picture: canvas.toDataURL(),
        };
      });
    await expect.poll(async () => (await measure()).sharp).toBe(true);
    const before = await measure();
    expect(before.colours).toBeGreaterThan(3);

    await home.objective('3.3.1').click();
    await home.tick('3.3.1-m8').click();
    await home.goTo('Explorer');
    await expect.poll(async () => (await measure()).sharp).toBe(true);
    expect((await measure()).picture).not.toBe(before.picture);

    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(async () => (await measure()).picture).not.toBe(before.picture);
    await page.setViewportSize({ width: 500, height: 800 });
    await expect.poll(async () => (await measure()).sharp).toBe(true);
  });
});

test("the chart's table has the numbers of the tree", async ({ page }) => {
  const home = new Home(page);
  await home.open('#/objectif/3.3.1');
  await home.tick('3.3.1-m8').click();
  await home.tick('3.3.1-m7').click();
  await home.goTo('Explorer');
  await home.showNumbers();
  await expect(home.table.getByRole('columnheader')).toHaveText([
    'Objectif',
    'Atteint',
    'En cours',
    'Pas encore',
    'Non observable',
    'Non observé',
    'Total',
  ]);
  const numbers = [
    ['Objectif 1 : 0 observé sur 23', 0, 0, 0, 0, 23, 23],
    ['Objectif 2 : 0 observé sur 32', 0, 0, 0, 0, 32, 32],
    ['Objectif 3 : 2 observés sur 50', 2, 0, 0, 0, 48, 50],
  ];
  for (const [index, row] of numbers.entries()) {
    const [title, ...cells] = row.map(String);
    const shown = home.table.getByRole('row').nth(index + 1);
    await expect(shown.getByRole('rowheader')).toHaveText(said(title ?? ''));
    await expect(shown.getByRole('cell')).toHaveText(cells);
  }
  await expect(home.branch('3')).toContainText('2 observés sur 50, dont 2 atteints');
});
