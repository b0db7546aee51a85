// The charts of the bilan: content, keyboard and pointer use, and export.
import { Bilan, written } from './bilan';
import { noteRecord, seenRecord } from './carnet';
import { markers, shortName } from './convention';
import { expect, test } from './fixtures';
import { SAMIA, TOWN, storeMerged } from './follow';
import { MarkerPage } from './pages';
import { containing, exactly } from './words';

const STANDING = 'Où en sont les marqueurs';
const EVOLUTION = "L'évolution";
const VIEWS = 'Là où les avis diffèrent';
const GROUNDS = 'Ce qui appuie les observations';
const NOTES = 'Où sont les notes';
const ALL = [STANDING, EVOLUTION, VIEWS, GROUNDS, NOTES];

const BUS = '3.3.3-m1';
const SHOPS = '3.1.4-m1';

const records = [
  seenRecord(BUS, '2021-03-12', 'not-yet', { device: SAMIA }),
  seenRecord(BUS, '2022-05-02', 'reached', { device: TOWN }),
  seenRecord(SHOPS, '2021-03-12', 'in-progress', { device: SAMIA }),
  noteRecord('3.3.3', '0000000000000001', 'Un banc manque.'),
];

test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime('2026-11-23T10:00:00+01:00');
});

test('before anything is observed each chart says why there is none', async ({ page }) => {
  const bilan = new Bilan(page);
  await bilan.openCharts();
  const standing = bilan.figure(STANDING);
  await expect(standing.region).toContainText(containing('personne n’a encore regardé'));
  await expect(standing.chart).toBeVisible();
  for (const [title, words] of [
    [EVOLUTION, "Rien n'a encore été observé"],
    [VIEWS, "Personne n'a encore rien observé ici."],
    [GROUNDS, "Rien n'a encore été observé."],
    [NOTES, "Il n'y a pas encore de note."],
  ] as const) {
    const figure = bilan.figure(title);
    await expect(figure.region).toContainText(containing(words));
    await expect(figure.chart).toHaveCount(0);
  }
  await expect(bilan.slider).toHaveCount(0);
});

test('every chart is drawn sharply, with a table of the same figures', async ({ page }) => {
  const bilan = new Bilan(page);
  await storeMerged(bilan, records);
  await bilan.openCharts();
  for (const title of ALL) {
    const figure = bilan.figure(title);
    await expect.poll(async () => (await figure.shown()).sharp, { message: title }).toBe(true);
    await expect.poll(async () => (await figure.shown()).colours).toBeGreaterThan(2);
    await figure.showNumbers();
  }
  const third = await bilan.figure(STANDING).rows();
  expect(third[2]?.slice(1)).toEqual(['1', '1', '0', '0', '48', '50']);
  expect((await bilan.figure(EVOLUTION).rows()).map((row) => row.slice(0, 4))).toEqual([
    ['2 mai 2022', '1', '1', '0'],
    ['12 mars 2021', '0', '1', '1'],
  ]);
  expect(await bilan.figure(VIEWS).rows()).toHaveLength(1);
  expect((await bilan.figure(NOTES).rows())[2]?.slice(1)).toEqual(['0', '1', '0', '0', '1']);

  // One bar per objective of the chosen level.
  await bilan.level('Opérationnels').check();
  await expect.poll(async () => (await bilan.figure(STANDING).rows()).length).toBe(15);
  await expect(page).toHaveURL(/#\/bilan\?par=operationnel$/);
  await bilan.reload();
  await expect(bilan.level('Opérationnels')).toBeChecked();
});

test('a chart is read with the arrow keys, and enter leads to the list behind it', async ({ page }) => {
  const bilan = new Bilan(page);
  await storeMerged(bilan, records);
  await bilan.openCharts();
  const { chart, reading } = bilan.figure(STANDING);
  await chart.focus();
  await expect(reading).toHaveText(containing('avec les flèches du clavier'));
  await page.keyboard.press('ArrowRight');
  await expect(reading).toHaveText(exactly(`${shortName('1')} · 1 : 23 non observés sur 23.`));
  await page.keyboard.press('End');
  await expect(reading).toHaveText(exactly(`${shortName('3')} · 3 : 48 non observés sur 50.`));
  await page.keyboard.press('ArrowUp');
  await expect(reading).toHaveText(exactly(`${shortName('2')} · 2 : 32 non observés sur 32.`));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowLeft');
  await expect(reading).toHaveText(exactly(`${shortName('3')} · 3 : 1 en cours sur 50.`));
  await page.keyboard.press('Escape');
  await expect(reading).toHaveText(containing('avec les flèches du clavier'));
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/suivre\?objectif=3&etat=en-cours$/);
  await expect(page.getByRole('main')).toContainText(containing('1 marqueur'));
  await page.goBack();
  await bilan.expectTitle('Bilan');
});

test('pointing reads a chart, a click leads on, and a finger only singles out', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL: baseURL ?? '', hasTouch: true });
  const page = await context.newPage();
  await page.clock.setFixedTime('2026-11-23T10:00:00+01:00');
  const bilan = new Bilan(page);
  await storeMerged(bilan, records);
  await bilan.openCharts();
  const { canvas, reading, way, chart } = bilan.figure(VIEWS);
  await chart.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error('the chart is not on the page');
  const end = { x: box.width * 0.7, y: box.height - 12 };
  await canvas.hover({ position: end });
  await expect(reading).toHaveText(containing(`${shortName('3.3.3')} (marqueur 3.3.3-m1)`));
  // The description stays while the pointer moves to the link below.
  await way.hover();
  await expect(reading).toHaveText(containing(`${shortName('3.3.3')} (marqueur 3.3.3-m1)`));
  await page.keyboard.press('Tab');
  await chart.focus();
  await page.keyboard.press('Escape');
  await expect(way).toBeHidden();
  await canvas.tap({ position: end });
  await expect(reading).toHaveText(containing(`${shortName('3.3.3')} (marqueur 3.3.3-m1)`));
  await bilan.expectTitle('Bilan');
  await way.click();
  await expect(page).toHaveURL(/#\/marqueur\/3\.3\.3-m1$/);
  await page.goBack();
  await canvas.click({ position: end });
  await expect(page).toHaveURL(/#\/marqueur\/3\.3\.3-m1$/);
  await context.close();
});

test('the slider shows any past day, and a reload keeps it', async ({ page }) => {
  const bilan = new Bilan(page);
  await storeMerged(bilan, records);
  await bilan.openCharts();
  const evolution = bilan.figure(EVOLUTION);
  await expect(bilan.slider).toHaveAttribute('aria-valuetext', exactly('au 23 novembre 2026'));
  await bilan.slider.focus();
  await page.keyboard.press('Home');
  await expect(evolution.region).toContainText(
    containing('Au 12 mars 2021 : 1 en cours, 1 pas encore, 103 non observés.'),
  );
  await expect(page).toHaveURL(/au=2021-03-12$/);
  const standing = bilan.figure(STANDING);
  await standing.showNumbers();
  expect((await standing.rows())[2]?.slice(1)).toEqual(['0', '1', '1', '0', '48', '50']);
  // Only one device has observed it, so there is no disagreement yet.
  await expect(bilan.figure(VIEWS).chart).toHaveCount(0);

  await bilan.reload();
  await expect(bilan.slider).toHaveAttribute('aria-valuetext', exactly('au 12 mars 2021'));
  await bilan.button("Revenir à aujourd'hui").click();
  await expect(page).toHaveURL(/#\/bilan$/);
  await expect(bilan.figure(VIEWS).chart).toBeVisible();
});

test('a table is sorted by any column, turned around, and put back', async ({ page }) => {
  const bilan = new Bilan(page);
  await storeMerged(bilan, records);
  await bilan.openCharts('#/bilan?par=operationnel');
  const standing = bilan.figure(STANDING);
  await standing.showNumbers();
  const totals = async () => (await standing.rows()).map((row) => Number(row.at(-1)));
  const first = await totals();
  const header = standing.table.getByRole('columnheader', { name: exactly('Total') });
  await standing.sortBy('Total');
  await expect(header).toHaveAttribute('aria-sort', 'descending');
  expect(await totals()).toEqual([...first].sort((one, other) => other - one));
  await standing.sortBy('Total');
  await expect(header).toHaveAttribute('aria-sort', 'ascending');
  expect(await totals()).toEqual([...first].sort((one, other) => one - other));
  await standing.sortBy('Total');
  await expect(header).not.toHaveAttribute('aria-sort');
  expect(await totals()).toEqual(first);
});

/** The charts, and the names of their files. */
const FIGURES = [
  [STANDING, 'objectifs'],
  [EVOLUTION, 'evolution'],
  [VIEWS, 'avis'],
  [GROUNDS, 'appuis'],
  [NOTES, 'notes'],
] as const;

// Chromium drops downloads beyond ten in a second, which only a test reaches.
for (const figures of [FIGURES.slice(0, 3), FIGURES.slice(3)]) {
  const names = figures.map(([, name]) => name).join(', ');
  test(`each chart leaves as pixels, as a drawing and as a table: ${names}`, async ({ page }) => {
    const bilan = new Bilan(page);
    await storeMerged(bilan, records);
    await bilan.openCharts();
    for (const [title, name] of figures) {
      const figure = bilan.figure(title);
      const png = await figure.take('Image PNG');
      expect(png.name).toBe(`jalons-bilan-${name}-2026-11-23.png`);
      expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
      expect(png.bytes.readUInt32BE(16)).toBe(1920);

      const svg = await figure.take('Dessin SVG');
      expect(svg.name).toBe(`jalons-bilan-${name}-2026-11-23.svg`);
      const texts = written(svg.bytes);
      expect(texts[0]).toMatch(exactly(title));
      // The source line of notes names no devices.
      const source = name === 'notes' ? 'état au 23 novembre 2026' : 'état au 23 novembre 2026 · 2 appareils';
      expect(texts.join(' ')).toMatch(containing(source));

      const csv = await figure.take('Tableau CSV');
      const rows = csv.bytes.toString().replace('\ufeff', '').trim().split('\r\n');
      await figure.showNumbers();
      expect(rows).toHaveLength((await figure.rows()).length + 1);
    }
  });
}

test('the exported chart of notes does not count private notes', async ({ page }) => {
  const bilan = new Bilan(page);
  const kept = noteRecord('3.3.3', '0000000000000002', 'Entre nous.');
  Object.assign(kept.body.note, { private: true });
  await storeMerged(bilan, [...records, kept]);
  await bilan.openCharts();
  const notes = bilan.figure(NOTES);
  await expect(notes.region).toContainText(containing('1 note : 1 idée.'));
  await expect(notes.region).toContainText(containing("1 note gardée pour vous n'est pas comptée ici."));
  const csv = (await notes.take('Tableau CSV')).bytes.toString();
  expect(csv).toMatch(/"[^"]* \(objectif 3\)";"0";"1";"0";"0";"1"/);
  const texts = written((await notes.take('Dessin SVG')).bytes).join(' ');
  expect(texts).toMatch(containing('1 note : 1 idée.'));
});

test('a picture says of which day it is', async ({ page }) => {
  const bilan = new Bilan(page);
  await storeMerged(bilan, records);
  await bilan.openCharts('#/bilan?au=2021-03-12');
  const then = await bilan.figure(STANDING).take('Dessin SVG');
  expect(then.name).toContain('2021-03-12');
  expect(written(then.bytes).join(' ')).toMatch(containing('état au 12 mars 2021 · 1 appareil'));
  // The evolution shows all days, and notes have no day to choose.
  for (const title of [EVOLUTION, NOTES]) {
    const now = await bilan.figure(title).take('Dessin SVG');
    expect(now.name).toContain('2026-11-23');
    expect(written(now.bytes).join(' ')).toMatch(containing('état au 23 novembre 2026'));
  }
});

test('a chart is not drawn while it is out of sight, and once a change when it is', async ({ page }) => {
  await page.addInitScript(() => {
    // Each drawing sets the canvas's width once.
    const width = Object.getOwnPropertyDescriptor(HTMLCanvasElement.prototype, 'width');
    Object.defineProperty(HTMLCanvasElement.prototype, 'width', {
      ...width,
      set(this: HTMLCanvasElement, value: number) {
        this.dataset['drawn'] = String(Number(this.dataset['drawn'] ?? 0) + 1);
        width?.set?.call(this, value);
      },
    });
  });
  const bilan = new Bilan(page);
  await page.setViewportSize({ width: 390, height: 700 });
  await storeMerged(bilan, records);
  await bilan.openCharts();
  const drawn = (title: string) => bilan.figure(title).canvas.getAttribute('data-drawn');
  await expect.poll(() => drawn(STANDING)).toBe('1');
  expect(await drawn(NOTES)).toBeNull();

  const other = new MarkerPage(await page.context().newPage());
  await other.page.clock.setFixedTime('2026-11-23T10:00:00+01:00');
  await other.open('#/objectif/3.3.1');
  await other.tick('3.3.1-m8').click();
  await expect.poll(() => drawn(STANDING)).toBe('2');
  expect(await drawn(NOTES)).toBeNull();
  await bilan.figure(NOTES).region.scrollIntoViewIfNeeded();
  await expect.poll(() => drawn(NOTES)).toBe('1');
  // A second drawing would have happened by now.
  expect(await drawn(STANDING)).toBe('2');
});

test('a chart follows the scheme, and where two colours are allowed it has patterns', async ({ page }) => {
  const bilan = new Bilan(page);
  await storeMerged(bilan, records);
  await bilan.openCharts();
  const figure = bilan.figure(STANDING);
  await expect.poll(async () => (await figure.shown()).sharp).toBe(true);
  const light = await figure.shown();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => (await figure.shown()).picture).not.toBe(light.picture);
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
  await expect
    .poll(() =>
      figure.canvas.evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const copy = new OffscreenCanvas(canvas.width, canvas.height);
        const context = copy.getContext('2d', { willReadFrequently: true });
        context?.drawImage(canvas, 0, 0);
        const { data } = context?.getImageData(0, 0, copy.width, copy.height) ?? { data: [] };
        // The edges of letters are greys between ink and surface; no pixel has a hue.
        for (let at = 0; at < data.length; at += 4) {
          const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
          if (Math.max(red, green, blue) - Math.min(red, green, blue) > 8) return 'coloured';
        }
        return 'two colours';
      }),
    )
    .toBe('two colours');
  expect((await figure.shown()).colours).toBeGreaterThan(1);
});

test('ten years of data and every marker fit on a small phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  const levels = ['not-yet', 'in-progress', 'reached'];
  const years = markers.flatMap((marker, place) =>
    Array.from({ length: 20 }, (_, turn) => {
      const day = new Date(Date.UTC(2016, 0, 1) + (place + turn * 190) * 86_400_000);
      const level = levels[Math.min(2, Math.floor(turn / 8))] ?? 'reached';
      return seenRecord(marker.id, day.toISOString().slice(0, 10), level, { device: SAMIA });
    }),
  );
  const bilan = new Bilan(page);
  await storeMerged(bilan, years);
  await bilan.openCharts('#/bilan?par=operationnel');
  for (const title of [STANDING, EVOLUTION, GROUNDS]) {
    const figure = bilan.figure(title);
    await expect.poll(async () => (await figure.shown()).sharp).toBe(true);
    const wide = await figure.chart.evaluate((frame) => frame.scrollWidth - frame.clientWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
  const body = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(body).toBeLessThanOrEqual(320);
});
