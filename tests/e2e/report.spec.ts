// The report: its options, its printed pages, and its files.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { Exchange, carnetOf, deviceRecord, handed, noteRecord, seenRecord } from './carnet';
import { Consultations, ITEMS } from './consult';
import { markers, shortName } from './convention';
import { expect, test } from './fixtures';
import { tight } from './printed';
import { Report } from './report';
import { containing } from './words';

const SECRET = 'Le code du portail est 4812';
const CONCLUSION = 'On commence par la mobilité, dès le printemps.';
const CONTACT = 'Appeler le 03 88 00 00 00 avant midi';
const LONG = 'Un banc, un arbre, de la lumière et quelqu’un pour s’en occuper. '.repeat(20).trim();
const EVIL = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
const MARKERS = markers.map((marker) => marker.id);

/** The last line of each chart's data, and the beginnings of other lines. */
const CHARTS: [string, string[]][] = [
  ['Atteint En cours Pas encore Non observable Non observé', ['1', '2', '3'].map(shortName)],
  ['Atteint En cours Pas encore Non observable', ['105', 'janvier 2021']],
  ['Certitude faible Sans avis, ou sans preuve', ['Certitude', 'Preuve', 'Certitude forte']],
  ['Constat Idée Question Alerte', ['1.1', '2.2', '3.3'].map((code) => shortName(code).replaceAll("'", '’'))],
  ['Pas encore En cours Atteint Non observable', ['Un nombre croissant']],
];

interface By {
  at?: number;
  device?: string;
}

function note(item: string, number: number, kind: string, text: string, isPrivate = false) {
  const record = noteRecord(item, number.toString(16).padStart(16, '0'), text, {} as By);
  Object.assign(record.body.note, { kind, private: isPrivate });
  return record;
}

/** A season's data: three devices, every second marker, many notes. */
function season(): unknown[] {
  const devices = ['00000000000000a1', '00000000000000a2', '00000000000000a3'];
  const levels = ['reached', 'in-progress', 'not-yet', 'not-observable'];
  const records: unknown[] = [
    deviceRecord(devices[0] ?? '', 'Tablette de l’accueil', 'residents'),
    deviceRecord(devices[1] ?? '', 'Poste de la mairie', 'staff'),
  ];
  MARKERS.forEach((marker, number) => {
    if (number % 2 === 1) return;
    for (const [which, device] of devices.entries()) {
      // Every fifth marker is observed by all three, with different levels.
      if (which > 0 && number % 5 > 0) continue;
      const month = String(1 + (number % 9)).padStart(2, '0');
      const day = String(1 + ((number * 7 + which) % 28)).padStart(2, '0');
      const level = levels[(number + which) % 4] ?? '';
      records.push(seenRecord(marker, `2021-${month}-${day}`, level, { device }));
    }
  });
  const kinds = ['finding', 'alert', 'idea', 'question'];
  for (let number = 0; number < 60; number += 1) {
    const item = MARKERS[(number * 3) % MARKERS.length] ?? '';
    const text = number % 6 === 0 ? LONG : `Note numéro ${number} : le passage est à revoir.\nVoir sur place.`;
    records.push(note(item, number + 1, kinds[number % 4] ?? '', text));
  }
  records.push(note('1.2.1', 101, 'alert', CONTACT));
  records.push(note('1.2.1', 102, 'alert', SECRET, true));
  records.push(note('3', 103, 'finding', EVIL));
  return records;
}

async function joined(page: Page, records: unknown[]): Promise<void> {
  const exchange = new Exchange(page);
  await exchange.openCarnet();
  await exchange.importFiles(handed('saison.json', carnetOf(records)));
  await exchange.merge();
}

/** A closed consultation with a conclusion. */
async function concluded(page: Page): Promise<void> {
  const app = new Consultations(page);
  await app.prepare({
    title: 'Par où commencer ?',
    question: 'Quels objectifs doivent passer en premier ?',
    items: ITEMS,
  });
  await app.openVote();
  await app.startUrn();
  await app.voteAtUrn(() => app.dot('3.3.3'));
  await app.leaveUrn();
  await app.close();
  await app.field('Conclusion').fill(CONCLUSION);
  await app.button('Enregistrer').click();
  await expect(page.getByText(CONCLUSION)).toBeVisible();
}

test('the printed report is whole on its pages, numbered, titled, and without private notes', async ({
  page,
}) => {
  test.slow();
  await joined(page, season());
  await concluded(page);
  const app = new Report(page);
  await app.openReport();
  // Only the first screen has been scrolled into view before printing.
  const printed = await app.printed();
  if (process.env.JALONS_KEEP_REPORT) writeFileSync(process.env.JALONS_KEEP_REPORT, printed.bytes);

  // A cover, two pages for the objectives' table, one or two for each other chart with its table,
  // some forty notes of two lines and seven long ones at eight to twelve a page, eleven contested
  // markers with three rows each, and two pages at the end.
  expect(printed.pages.length).toBeGreaterThanOrEqual(9);
  expect(printed.pages.length).toBeLessThanOrEqual(18);

  // Every page except the cover has the title at its top and its number at the bottom.
  const title = tight((await app.sheet.getByRole('heading', { level: 2 }).innerText()));
  printed.pages.forEach((sheet, number) => {
    const [first, last] = [sheet.lines[0]?.text, sheet.lines.at(-1)?.text];
    if (number === 0) {
      expect(first).toBe('Bilan');
      expect(printed.text(sheet)).not.toContain(`1/${printed.pages.length}`);
      expect(printed.text(sheet)).toContain(title);
    } else {
      expect(first).toBe(`Bilan·${title}`);
      expect(last).toBe(`${number + 1}/${printed.pages.length}`);
      // A page with a heading alone would be a bad break.
      expect(sheet.lines.length).toBeGreaterThan(4);
    }
  });

  // Everything on the screen is printed, except elements for the screen alone.
  const all = printed.pages.map((sheet) =>
    sheet.lines.slice(1, -1).map((line) => line.text).join(''),
  ).join('');
  for (const words of [CONCLUSION, 'Par où commencer ?', 'Note numéro 9', 'Comment lire ce bilan', EVIL]) {
    expect(all).toContain(tight(words));
  }
  for (const words of [SECRET, '4812', 'Imprimer', 'Prendre dans le rapport', 'Rubriques']) {
    expect(all).not.toContain(tight(words));
  }

  // Every table row is on one page: its first and last cell on one line, and the rest of the first
  // cell below it, before the page ends. A continued table repeats its head.
  let from = 0;
  for (const table of await app.sheet.getByRole('table').all()) {
    const [head, ...rows] = await app.rows(table);
    const on = new Set<number>();
    for (const [first, last] of rows) {
      const place = printed.pages.findIndex((sheet, number) => {
        if (number < from) return false;
        return sheet.lines.some((line, at) => {
          const begins = line.text.startsWith(first.slice(0, 8));
          if (!begins || !line.text.endsWith(last)) return false;
          const below = sheet.lines.slice(at).map((line) => line.text).join('');
          return inOrder(first, below);
        });
      });
      expect(place, `the row ${first} … ${last} on one page from ${from + 1} on`).toBeGreaterThanOrEqual(from);
      from = place;
      on.add(place);
    }
    for (const number of on) {
      const lines = printed.pages[number]?.lines ?? [];
      const headed = lines.some((line) => line.text.startsWith(head?.[0] ?? '?') && line.text.length < 120);
      expect(headed, `the head ${head?.[0]} on page ${number + 1}`).toBe(true);
    }
  }

  // Each chart is printed once, with its legend on the page of all its rows: for printing, the
  // browser draws it as lines and text, not as pixels.
  expect(await app.sheet.getByRole('figure').count()).toBe(CHARTS.length);
  for (const [legend, rows] of CHARTS) {
    const on = printed.with(legend);
    expect(on, legend).toHaveLength(1);
    for (const row of rows) {
      const drawn = on[0]?.lines.filter((line) => line.text.startsWith(tight(row))) ?? [];
      expect(drawn.length, `${row} over ${legend}`).toBeGreaterThan(0);
    }
  }
});

/** Whether all letters of `text` appear in `lines` in order, with anything between them. */
function inOrder(text: string, lines: string): boolean {
  let at = 0;
  for (const letter of text) {
    at = lines.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

test('the files have the text of the screen, and the page runs no script', async ({ page, context }, info) => {
  await joined(page, season());
  const app = new Report(page);
  await app.openReport();
  const texts = await app.texts();
  const markdown = await app.taken('Markdown');
  expect(markdown.name).toMatch(/^jalons-bilan-\d{4}-\d\d-\d\d\.md$/);
  const plain = tight(markdown.text.replace(/\\(.)/g, '$1').replace(/[*>#|]/g, ''));
  const file = await app.taken('Page HTML');
  expect(file.name).toMatch(/\.html$/);
  const path = info.outputPath(file.name);
  writeFileSync(path, file.text);

  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const opened = await context.newPage();
  await opened.goto(pathToFileURL(path).href);
  await expect(opened.getByRole('heading', { level: 1 })).toBeVisible();
  expect(asked).toEqual([pathToFileURL(path).href]);
  expect(await opened.title()).toContain('Bilan');
  await expect(opened.locator('img, script, iframe, a')).toHaveCount(0);
  await expect(opened.locator('svg')).toHaveCount(5);
  await expect(opened.locator('svg').first()).toContainText('Non observé');
  await expect(opened.getByText(EVIL)).toBeVisible();
  const shown = tight(await opened.locator('main').innerText());
  for (const text of texts) {
    expect(shown).toContain(text);
    expect(plain).toContain(text.replace(/[*>#|]/g, ''));
  }
  for (const content of [file.text, markdown.text]) expect(content).not.toContain('4812');
  await opened.close();
});

test('notes are chosen by the keyboard, and a reload keeps the choice', async ({ page }) => {
  await joined(page, [
    seenRecord('1.2.1-m1', '2021-03-12', 'reached'),
    note('1.2.1', 1, 'alert', CONTACT),
    note('1.2.1', 2, 'idea', 'Un arbre de plus'),
    note('1.2.1', 3, 'finding', SECRET, true),
  ]);
  const app = new Report(page);
  await app.openReport();
  await expect(app.sheet).toContainText(CONTACT);
  await expect(app.settings).toContainText('1 note gardée pour soi reste en dehors.');
  await expect(app.settings).toContainText(containing("1 note choisie permet peut-être de reconnaître ou de joindre quelqu'un."));
  await app.unfold();
  const group = app.group('1.2.1');
  await group.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(group.locator('mark')).toHaveText('03 88 00 00 00');
  await expect(group).toContainText('un numéro de téléphone');
  await expect(page.getByRole('main')).not.toContainText(SECRET);
  const box = group.getByRole('checkbox').first();
  await box.focus();
  await page.keyboard.press('Space');
  await expect(app.sheet).not.toContainText(CONTACT);
  await expect(app.settings).not.toContainText('permet peut-être');
  await expect(box).toBeFocused();
  await app.reload();
  await expect(app.sheet).toContainText('Un arbre de plus');
  await expect(app.sheet).not.toContainText(CONTACT);
  await app.button('Tout retirer').click();
  await expect(app.sheet).not.toContainText('Un arbre de plus');
  await app.button('Tout choisir').click();
  await expect(app.sheet).toContainText(CONTACT);
  await expect(app.sheet).not.toContainText(SECRET);
});

test('the period bounds the report, and dates in the wrong order are named', async ({ page }) => {
  await joined(page, [
    seenRecord('1.2.1-m1', '2021-03-12', 'reached'),
    seenRecord('1.2.1-m2', '2021-05-02', 'reached'),
  ]);
  const app = new Report(page);
  await app.openReport();
  await expect(app.sheet).toContainText('du 12 mars 2021 au 2 mai 2021');
  await app.settings.getByLabel('Au', { exact: true }).fill('2021-04-01');
  await expect(app.sheet).toContainText('du 12 mars 2021 au 1er avril 2021');
  await expect(app.sheet).toContainText('1 observation pendant la période');
  await app.settings.getByLabel('Du', { exact: true }).fill('2021-04-02');
  await expect(app.settings.getByRole('alert')).toHaveText(containing("La période finit avant d'avoir commencé."));
  await app.settings.getByLabel('Du', { exact: true }).fill('2021-03-01');
  await app.reload();
  await expect(app.sheet).toContainText('du 1er mars 2021 au 1er avril 2021');
});

test('the days of the report can be typed', async ({ page }) => {
  await page.clock.setFixedTime('2026-11-23T10:00:00+01:00');
  await joined(page, [
    seenRecord('3.3.3-m1', '2021-03-12', 'not-yet'),
    seenRecord('3.3.3-m1', '2021-05-02', 'reached'),
    // A device whose clock is ahead: no report goes beyond today.
    seenRecord('3.3.3-m2', '2026-11-24', 'reached'),
  ]);
  const app = new Report(page);
  await app.openReport();
  await expect(app.sheet).toContainText('du 12 mars 2021 au 2 mai 2021');
  const to = app.settings.getByLabel('Au', { exact: true });
  await to.focus();
  // Equal with day and month exchanged, because the browser's language decides their order.
  await page.keyboard.type('04042021');
  await page.keyboard.press('Enter');
  await expect(app.sheet).toContainText('du 12 mars 2021 au 4 avril 2021');
});

test('where nothing was observed there is no report yet', async ({ page }) => {
  const app = new Report(page);
  await app.open('#/bilan/rapport');
  await expect(page.getByText(containing("Il n'y a encore rien à mettre en pages"))).toBeVisible();
  await app.link('Suivre les marqueurs').click();
  await expect(page).toHaveURL(/#\/suivre/);
});
