// Navigation: back and forward, focus, scroll position, shared links, the chart.
import { ownSeen } from './carnet';
import { shortName, wording } from './convention';
import { expect, test } from './fixtures';
import { Home, ItemPage } from './pages';
import { recorded, seedStores } from './state';
import { exactly } from './words';

test('back and forward go through the screens', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await home.unfold();
  await home.objective('1.1.2').click();
  await home.expectTitle(wording('1.1.2'));
  await home.link(wording('1.1.2-r1')).click();
  await home.expectTitle(wording('1.1.2-r1'));

  await page.goBack();
  await home.expectTitle(wording('1.1.2'));
  await expect(page).toHaveTitle(exactly(`${shortName('1.1.2')} · 1.1.2 · Jalons`));
  await page.goBack();
  await home.expectTitle('Ce qui a été promis, où en est-on ?');
  await page.goForward();
  await home.expectTitle(wording('1.1.2'));
});

test('the title takes the focus after a move, not at the first load', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await expect(home.title).not.toBeFocused();
  await home.unfold();
  await home.objective('1.1.2').click();
  await home.expectTitle(wording('1.1.2'));
  await expect(home.title).toBeFocused();
  await page.goBack();
  await home.expectTitle('Ce qui a été promis, où en est-on ?');
  await expect(home.title).toBeFocused();
});

// Browsers restore the scroll position as soon as the address has changed, when the shorter former
// page may still be shown: a low position would then be cut off.
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
    await screen.unfold();
    const link = screen.link(name);
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
    title: expect.stringMatching(exactly(wording('1.1.2'))),
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

test('a link that the system refuses is copied, or shown where that is refused as well', async ({ page }) => {
  // A person closes the dialogue; the system refuses it; the clipboard is refused as well.
  await page.addInitScript(() => {
    const fails = (name: string) => Promise.reject(new DOMException('refused', name));
    const copied: string[] = [];
    let [shares, copies] = [0, 0];
    Object.assign(window, { copied });
    Object.defineProperty(navigator, 'share', {
      value: () => {
        shares += 1;
        if (shares === 3) throw new TypeError('it takes no links');
        return fails(shares === 1 ? 'AbortError' : 'NotAllowedError');
      },
    });
    Object.defineProperty(navigator, 'clipboard', {
      value: {
        writeText: async (text: string) => {
          copies += 1;
          if (copies > 2) return fails('NotAllowedError');
          copied.push(text);
        },
      },
    });
  });
  const objective = new ItemPage(page);
  await objective.open('#/objectif/1.1.2');
  const copied = () => page.evaluate(() => (window as unknown as { copied: string[] }).copied);
  const instead = "L'appareil n'a pas voulu partager le lien. Il est copié : collez-le dans un message.";
  const field = page.getByLabel('Lien à copier');
  await objective.button('Partager').click();
  for (const times of [1, 2]) {
    await objective.button('Partager').click();
    await objective.expectNotice(instead);
    await expect.poll(copied).toEqual(Array(times).fill(page.url()));
    await objective.button('Fermer').click();
  }
  await expect(field).toHaveCount(0);
  await objective.button('Partager').click();
  await objective.expectNotice("Le lien n'a pu être ni partagé ni copié. Copiez-le à la main : il est sous les boutons.");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue(page.url());
  const selected = await field.evaluate((input: HTMLInputElement) => [input.selectionStart, input.selectionEnd]);
  expect(selected).toEqual([0, page.url().length]);
});

test('the bars follow a tick and its undo, and count what the table counts, on every screen', async ({
  page,
}) => {
  const home = new Home(page);
  const ticked = ['3.3.1-m1', '3.3.1-m2', '3.3.1-m3'].map((id) => ownSeen(id));
  await seedStores(page, recorded(ownSeen('3.3.1-m8', '2021-01-05', 'in-progress'), ...ticked));
  await home.open();
  await home.showNumbers();
  const tabled = async (): Promise<(string | number)[][]> => {
    const levels = ['reached', 'in-progress', 'not-yet', 'not-observable', 'unobserved'];
    const rows = await home.table.getByRole('row').filter({ has: page.getByRole('rowheader') }).all();
    return Promise.all(
      rows.map(async (row) => {
        const title = await row.getByRole('rowheader').innerText();
        const counts = (await row.getByRole('cell').allInnerTexts()).slice(0, -1).map(Number);
        return [title, ...levels.flatMap((level, at) => (counts[at] ? [level, counts[at]] : []))];
      }),
    );
  };
  const painted = async (): Promise<(string | number)[][]> =>
    (await home.bars()).map(({ title, segments }) => [
      title,
      ...segments.flatMap(({ level, count }) => [level, count]),
    ]);
  const first = async () => (await painted())[0]?.slice(1);

  for (const width of [320, 390, 1440]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await painted()).toEqual(await tabled());
    expect((await painted())[2]?.slice(1)).toEqual(['reached', 3, 'in-progress', 1, 'unobserved', 46]);
    for (const { width, ends, segments } of await home.bars()) {
      const shared = width - (segments.length - 1);
      const total = segments.reduce((sum, { count }) => sum + count, 0);
      for (const segment of segments) {
        expect(Math.abs(segment.width - (shared * segment.count) / total)).toBeLessThanOrEqual(1);
        expect(segment.isRead).toBe(segment.room > -0.02);
        expect(segment.isCut).toBe(!segment.isRead);
      }
      expect(segments.at(-1)?.ends).toBeCloseTo(ends, 0);
    }

    await home.unfold();
    await home.cards.getByRole('button', { name: exactly(`Atteint : ${wording('1.1.1-m1')}`) }).click();
    await expect.poll(first).toEqual(['reached', 1, 'unobserved', 22]);
    expect(await painted()).toEqual(await tabled());
    await home.undo();
    await expect.poll(first).toEqual(['unobserved', 23]);
    expect(await painted()).toEqual(await tabled());
  }
});

test('each level has its own pattern, in the bars as in the legend, by day, by night and in two colours', async ({
  page,
}) => {
  const levels = ['reached', 'in-progress', 'not-yet', 'not-observable'];
  const seen = levels.map((level, at) => ownSeen(`1.1.2-m${at + 1}`, '2021-01-05', level));
  await seedStores(page, recorded(...seen));
  const home = new Home(page);
  await home.open();
  const looks = () =>
    home.chart.evaluate((chart) => {
      const look = (element: Element, pseudo?: string) => {
        const { backgroundImage, backgroundColor } = getComputedStyle(element, pseudo);
        return [element.getAttribute('data-level'), backgroundImage, backgroundColor];
      };
      const legend = [...(chart.nextElementSibling?.children ?? [])];
      return {
        segments: [...(chart.querySelector('p + div')?.children ?? [])].map((it) => look(it)),
        samples: legend.map((it) => look(it, '::before')),
      };
    });
  await expect.poll(async () => (await looks()).segments.length).toBe(5);
  for (const media of [{ colorScheme: 'light' }, { colorScheme: 'dark' }, { forcedColors: 'active' }] as const) {
    await page.emulateMedia({ colorScheme: null, forcedColors: null, ...media });
    const { segments, samples } = await looks();
    expect(segments).toEqual(samples);
    // Segments also differ from their neighbours without colours; the first and the last have no
    // pattern.
    const patterns = segments.map(([, image]) => image);
    expect(new Set(patterns.slice(0, 4)).size).toBe(4);
    expect(patterns.filter((image) => image === 'none')).toHaveLength(2);
    expect(segments[0]?.[2]).not.toBe(segments[4]?.[2]);
  }
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
    [shortName('1'), 0, 0, 0, 0, 23, 23],
    [shortName('2'), 0, 0, 0, 0, 32, 32],
    [shortName('3'), 2, 0, 0, 0, 48, 50],
  ];
  for (const [index, row] of numbers.entries()) {
    const [title, ...cells] = row.map(String);
    const shown = home.table.getByRole('row').nth(index + 1);
    await expect(shown.getByRole('rowheader')).toHaveText(exactly(title ?? ''));
    await expect(shown.getByRole('cell')).toHaveText(cells);
  }
  await expect(home.branch('3')).toContainText('2 observés sur 50, dont 2 atteints');
});
