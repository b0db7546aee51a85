// Malicious texts in every field, file and link: each is shown as plain text. `fixtures.ts` checks
// that none is executed or loads anything: both would appear in the console, and so would a missing
// file.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Exchange, carnetOf, deviceRecord, handed, noteRecord, seenRecord } from './carnet';
import { decoded } from './codes';
import { CODE, Consultations, ITEMS, content } from './consult';
import { expect, test } from './fixtures';
import { baited, batches, expectHarmless, expectShown, lines, texts, typeRows } from './hostile';
import { App, MarkerPage, Notes, SearchPage } from './pages';
import { Report } from './report';
import { showRoom, showUrn } from './state';
import { exactly } from './words';

const NAME = '"><img src=x onerror=canary(1)>.json';

const device = (number: number) => (number + 0xa000).toString(16).padStart(16, '0');
const short = texts.map((text) => [...text].slice(0, 60).join('').trim());
/** The names of devices as stored: in one line, without direction marks. */
const names = short.map((text) =>
  text.replace(/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' '),
);

/** A carnet with the texts in every place that other people can fill. */
function carnet(change = (text: string) => text, at = 1_615_550_000_000): string {
  return carnetOf([
    ...texts.map((text, number) => {
      const record = noteRecord('1.2.1', device(number), change(text), { at });
      // A report quotes findings by default, but not so many ideas.
      Object.assign(record.body.note, { kind: 'finding' });
      return record;
    }),
    ...short.map((label, number) => deviceRecord(device(number), label)),
    ...texts.map((text, number) => {
      const record = seenRecord('3.3.3-m1', '2021-03-12', number % 2 ? 'reached' : 'not-yet', {
        device: device(number),
      });
      Object.assign(record.body.observation, { evidence: text });
      return record;
    }),
  ]);
}

/** Each text as a row, for a form with one field. */
const rowsOf = (texts: string[]) => texts.map((text) => [text]);

test.beforeEach(async ({ context }) => {
  await baited(context);
});

test('texts from another carnet are texts on every screen and in every file', async ({ page, context }, info) => {
  test.slow();
  const app = new Exchange(page);
  await app.openCarnet();
  await app.importFiles(handed(NAME, carnet()));
  await expectShown(page, [NAME], 'the plan');
  await app.merge();
  // The same notes in a later, different version: the differences are shown word by word.
  await app.importFiles(handed(NAME, carnet((text) => `${text} !`, 1_615_560_000_000)));
  await expectShown(page, texts, 'the plan with conflicts');
  await app.merge();
  await expectShown(page, names, 'the carnet');
  for (const [address, expected] of [
    ['#/objectif/1.2.1', texts],
    ['#/marqueur/3.3.3-m1', [...texts, ...names]],
    ['#/bilan/avis', []],
    ['#/bilan', []],
    ['#/suivre?notes=avec', []],
    ['#/recherche?mots=canary', []],
  ] as const) {
    await app.follow(address);
    await expect(app.title).toBeVisible();
    await expectShown(page, [...expected], address);
  }
  const report = new Report(page);
  await report.openReport();
  await expectShown(page, texts, 'the report');
  const file = await report.taken('Page HTML');
  await report.open('#/bilan');
  const svg = await app.file(() => page.getByRole('button', { name: 'SVG' }).first().click());

  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  for (const { name, text } of [file, svg]) {
    const path = info.outputPath(name);
    writeFileSync(path, text);
    const opened = await context.newPage();
    await opened.goto(pathToFileURL(path).href);
    if (name.endsWith('.html')) await expectShown(opened, texts, name);
    expect(asked.splice(0)).toEqual([pathToFileURL(path).href]);
    await opened.close();
  }
});

test('texts typed into fields of the carnet are stored and shown as typed', async ({ page }) => {
  test.slow();
  const notes = new Notes(new App(page));
  await notes.app.open('#/objectif/3.3.3');
  for (const text of batches(4000)) {
    await notes.begin();
    await notes.text.fill(text);
    await notes.save();
    await expect(notes.text).toBeHidden();
  }
  await expectShown(page, texts, 'notes');
  await notes.begin();
  await notes.text.fill(texts[4] ?? '');
  await notes.app.reload();
  await expect(notes.text).toHaveValue(texts[4] ?? '');

  const marker = new MarkerPage(page);
  await marker.open('#/marqueur/3.3.3-m1');
  await marker.unfoldDetails();
  const written = batches(500);
  for (const [number, text] of written.entries()) {
    await marker.observeOn(`2021-01-${String(number + 1).padStart(2, '0')}`, 'Atteint');
    await marker.prove(text);
    await expect(marker.history).toHaveCount(number + 1);
  }
  await expectShown(page, texts, 'observations');

  const app = new Exchange(page);
  await app.openCarnet();
  const label = '"><svg/onload=canary(1) data-bait>';
  await app.make();
  await app.file(() => app.name(label, 'Une association'));
  await expectShown(page, [label], 'the name of the device');
});

test('whatever is looked for is only looked for', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query('quartier');
  await expect(search.hits.first()).toBeVisible();
  await typeRows([search.field], rowsOf(lines));
  await expectHarmless(page, 'search');
  await expect(search.field).toHaveValue(lines.at(-1) ?? '');
});

test('a consultation asks, counts and concludes in hostile texts', async ({ page }) => {
  test.slow();
  const app = new Consultations(page);
  const own = lines.filter((text) => [...text].length <= 160).slice(0, 24);
  const title = '</title><script>canary(1)</script>';
  const question = '"><img src=x onerror=canary(1) data-bait> ?';
  const conclusion = batches(4000)[0] ?? '';
  await app.prepare({ title, question, items: ITEMS.slice(0, 1), own, method: 'Approbation' });
  await app.link('Voir comme un votant').click();
  await expectShown(page, [title, question, ...own], 'the preview');
  await page.goBack();
  await app.openVote();
  await expectHarmless(page, 'the room');
  await app.button("Préparer l'impression").click();
  await expectShown(page, [title, ...own], 'the sheets');
  await app.link('Revenir à la consultation').first().click();
  await app.startUrn();
  await app.voteAtUrn(() => app.choose('Approbation', 3));
  await app.leaveUrn('<b>&"\'</b>');
  await expectHarmless(page, 'the code');
  await app.field("Code de l'animateur").fill(CODE);
  await app.button('Quitter').click();
  await app.close();
  await app.field('Conclusion').fill(conclusion);
  await app.button('Enregistrer').click();
  await expectShown(page, [title, ...own, conclusion], 'the result');
  const file = await content(await app.exported());
  await app.link('Procès-verbal à imprimer').click();
  await expectShown(page, [title, question, ...own, conclusion], 'the minutes');
  await app.list();
  await app.hand({ name: NAME, text: file });
  await expectShown(page, [title, NAME], 'the list');
});

/** The beginning of a text, cut to the length that a field accepts. */
const begun = (text: string, length: number) => [...text].slice(0, length).join('').trim();

test('every text may be a title, a question and an option, and the code of a facilitator', async ({ page }) => {
  test.slow();
  const app = new Consultations(page);
  const own = [...new Set(lines.map((text) => begun(text, 160)))];
  for (let from = 0; from < own.length; from += 50) {
    const chunk = own.slice(from, from + 50);
    await app.prepare({ title: 'Textes', question: 'Lequel ?', items: [], own: chunk, method: 'Approbation' });
    await app.link('Voir comme un votant').click();
    await expectShown(page, chunk, 'the options in the preview');
    await page.goBack();
    const asked = chunk.map((text) => [begun(text, 80), begun(text, 240)]);
    await typeRows([app.field('Titre'), app.field('Question posée')], asked);
    const last = chunk.at(-1) ?? '';
    await app.link('Voir comme un votant').click();
    await expectShown(page, [begun(last, 80), begun(last, 240)], 'the title and the question in the preview');
    await app.list();
    await expectShown(page, [begun(last, 80)], 'the list');
  }
  await showUrn(page, { title: 'Code', question: 'Lequel ?', items: ITEMS });
  await app.button("Quitter l'urne").click();
  await typeRows([app.field("Code de l'animateur")], rowsOf(lines), app.button('Quitter'));
  await expectHarmless(page, 'the code');
  await app.expectTitle("Quitter l'urne");
});

test('a link and a code carry hostile rules to a phone, and a hostile ballot back', async ({ page, browser }) => {
  test.slow();
  const own = lines.map((text) => begun(text, 40)).slice(0, 8);
  const [title = '', question = ''] = [lines[4], lines[5]].map((text) => begun(text ?? '', 60));
  const app = await showRoom(page, { title, question, items: [], own, method: 'Approbation' });
  const invitation = await app.invitation();
  const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
  await baited(context);
  const troubles: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  const phone = new Consultations(await context.newPage());
  await phone.page.goto(`/${invitation}`);
  await expectShown(phone.page, [title, question, ...own], 'the ballot on a phone');
  await phone.choose('Approbation', 3);
  await phone.button('Relire mon vote').click();
  await expectHarmless(phone.page, 'the review');
  await phone.button('Préparer mon bulletin').click();
  await phone.expectTitle('Votre bulletin est prêt');
  const link = await decoded(phone.code('Code de votre bulletin'));
  await app.paste(link);
  await app.expectAnswer('Bulletin compté. 1 bulletin');
  expect(troubles).toEqual([]);
  await context.close();
});

test('papers are keyed and declared void in hostile texts', async ({ page }) => {
  test.slow();
  const reasons = batches(200).map((text) => begun(text.replace(/\n/g, ' '), 200));
  const plan = { title: 'Papiers', question: 'Lequel ?', items: ITEMS, method: 'Approbation' as const };
  const app = await showRoom(page, plan, { printed: reasons.length + 1 });
  await app.link('Saisir les bulletins').click();
  const desk = app.region('Saisie des bulletins');
  const paper = [desk.getByLabel(exactly('Bulletin n°')), desk.getByLabel(exactly('Choix'))];
  const keep = desk.getByRole('button', { name: exactly('Enregistrer') });
  await typeRows(paper, [...lines.map((text) => ['1', text]), ...rowsOf(lines)], keep);
  await expectHarmless(page, 'the desk');
  await page.getByText('Déclarer un bulletin nul').click();
  const form = page.locator('form').filter({ has: app.button('Déclarer nul') });
  const voided = [form.getByLabel(exactly('Bulletin n°')), form.getByLabel('Pourquoi ?')];
  const declared = reasons.map((reason, index) => [String(index + 2), reason]);
  await typeRows(voided, declared, app.button('Déclarer nul'));
  await expect(form.getByLabel('Pourquoi ?')).toHaveValue('');
  await expect(page.getByRole('cell', { name: /^Nul\s:/ })).toHaveCount(reasons.length);
  await expectHarmless(page, 'the papers');
  await app.link('Revenir à la consultation').click();
  await app.close();
  await expectHarmless(page, 'the result');
  await app.link('Procès-verbal à imprimer').click();
  await expect(app.title).toBeVisible();
  await expectHarmless(page, 'the minutes');
});

test('a pasted text that is no carnet is refused, and a pasted carnet is shown like a file', async ({
  page,
}) => {
  test.slow();
  const app = new Exchange(page);
  await app.openCarnet();
  const paste = async (text: string) => {
    const area = app.joining.getByRole('textbox');
    if (!(await area.isVisible())) await app.joining.getByText(exactly("Coller le texte d'un carnet")).click();
    await area.fill(text);
    await app.joining.getByRole('button', { name: exactly('Lire ce texte') }).click();
    await expect(app.plan).toBeVisible();
  };
  for (const text of lines.slice(0, 12)) {
    await paste(text);
    await expectHarmless(page, 'what was pasted');
    await app.plan.getByRole('button', { name: exactly('Fermer') }).click();
  }
  await paste(carnet());
  await expectShown(page, [], 'the plan of what was pasted');
  await app.merge();
  await app.follow('#/objectif/1.2.1');
  await expectShown(page, texts, 'the notes that were pasted');
});

test('files that are nothing but harm are refused by their names', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  const proto = carnetOf([]).replace('{', '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},');
  const copy = JSON.stringify({
    format: 'jalons-raw-backup',
    version: 2,
    entries: Object.fromEntries(texts.map((text, number) => [`jalons/v1/record/${text}`, texts.at(-number) ?? ''])),
    shelf: {},
    vault: {},
  });
  const records = texts.map((text, number) => ({
    ...noteRecord('1.2.1', device(number), text),
    id: `note/${text}/1`,
  }));
  await app.importFiles(
    handed(NAME, proto),
    handed('copie.json', copy.replace('"entries":{', '"entries":{"__proto__":"polluted",')),
    handed('ailleurs.json', carnetOf([], '<img src=x onerror=canary(1) data-bait>')),
    handed('refuses.json', carnetOf(records)),
    ...texts.slice(0, 40).map((text, number) => handed(`${number} ${text.replace(/[\/\0]/g, '')}`, text)),
  );
  for (const summary of await app.plan.locator('summary').all()) await summary.click();
  await expectShown(page, [NAME], 'the plan');

  const polls = new Consultations(page);
  await polls.list();
  await polls.hand(...texts.slice(0, 40).map((text) => ({ name: NAME, text })));
  await polls.paste(NAME);
  const area = polls.field("Lien, code ou contenu d'un fichier");
  await typeRows([area], rowsOf(texts.slice(40)), polls.button('Lire'));
  await expectHarmless(page, 'what was handed in');
});

/**
 * Runs in the page: navigates to all these fragments, each after the page has handled the one
 * before.
 */
async function followAll(fragments: string[]): Promise<void> {
  for (const fragment of fragments) {
    const before = location.href;
    const heard = new Promise((done) => addEventListener('hashchange', done, { once: true }));
    location.hash = fragment;
    if (location.href !== before) await heard;
  }
  await new Promise(requestAnimationFrame);
}

test('no address runs, asks for or changes anything', async ({ page }) => {
  test.slow();
  const app = new App(page);
  const places = ['', 'recherche?mots=', 'voter/', 'bulletin/', 'consultations/', 'bilan?au=', 'bilan/', 'objectif/', 'marqueur/', 'suivre?objectif='];
  for (const place of places) {
    // A link opened from outside, not navigated within the page.
    await page.goto('about:blank');
    await app.open(`#/${place}${encodeURIComponent('"><img src=x onerror=canary(1) data-bait>')}`);
    await expectHarmless(page, place);
    // Encoded as in a link, and as typed.
    const written = texts.flatMap((text) => [encodeURIComponent(text), text]);
    await page.evaluate(followAll, written.map((text) => `#/${place}${text}`));
    await expectHarmless(page, place);
  }
  await app.open('#/carnet');
  await expect(app.region("Ce qu'il contient")).toContainText('Votre carnet est vide');
});
