// Text from people: an address of 120 characters, an e-mail address of 64, and Arabic and Hebrew, on
// every screen and on paper.
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { DEVICE, Exchange, carnetOf, deviceRecord, handed, noteRecord, ownNote, ownSeen, seenRecord } from './carnet';
import { type Consultations, type Method, content } from './consult';
import { expect, test } from './fixtures';
import { SAMIA, TOWN, followRecord } from './follow';
import { cutTexts, misdirected, overflow } from './inspect';
import { App, MarkerPage, Notes } from './pages';
import { Printed, tight } from './printed';
import { Report } from './report';
import { begun, recorded, seedStores, showDraft, showResult, showRoom, showUrn } from './state';
import { containing, exactly } from './words';

const ADDRESS = `https://exemple.org/${'dossierduquartier'.repeat(6)}`.slice(0, 120).padEnd(120, 'x');
const MAIL = `${'permanencedescouleurs'.repeat(3)}`.slice(0, 52) + '@exemple.org';
const ARABIC = 'شارع الحديقة';
const HEBREW = 'רחוב הגן';

/** Expects that no text is wider than the window, at both widths, and that each runs in its direction. */
async function expectSet(page: Page, where: string, directed = true): Promise<void> {
  for (const width of [320, 390]) {
    await page.setViewportSize({ width, height: 700 });
    expect.soft(await overflow(page), `${where}, ${width} px`).toEqual([]);
    expect.soft(await cutTexts(page), `${where}, ${width} px`).toEqual([]);
  }
  let shown = 0;
  for (const beginning of [ARABIC, HEBREW]) {
    const { seen, wrong } = await misdirected(page, beginning, 'rtl');
    expect.soft(wrong, `${where}, ${beginning}`).toEqual([]);
    shown += seen;
  }
  if (directed) expect.soft(shown, `${where} shows text that runs from the right`).toBeGreaterThan(0);
}

/** The page as paper, with margins where its styles leave them to the browser. */
async function printed(page: Page): Promise<Printed> {
  const margin = { top: '10mm', bottom: '10mm', left: '10mm', right: '10mm' };
  return new Printed(await page.pdf({ preferCSSPageSize: true, printBackground: true, margin }));
}

/** Expects every word on its printed page, and these texts in full. */
function expectPrinted(printed: Printed, texts: string[], where: string): void {
  const all = printed.pages.map((page) => printed.text(page)).join('');
  for (const text of texts) expect.soft(all, where).toContain(tight(text));
  expect.soft(printed.outside(), where).toEqual([]);
}

const PARTS = { evidence: ADDRESS, confidence: 'low' } as const;

/** Notes, observations, plans and devices with such texts. */
const season = () =>
  recorded(
    ownNote('3.3.3', ADDRESS),
    ownNote('3.3.3', MAIL, { kind: 'alert' }),
    ownNote('3.3.3', `${ARABIC} ${MAIL}`, { kind: 'question', private: true }),
    ownNote('3.3.3', `${HEBREW} ${ADDRESS}`),
    ownSeen('3.3.3-m1', '2021-02-10', 'reached', PARTS),
    ownSeen('3.3.3-m1', '2021-02-11', 'in-progress', { evidence: `${ARABIC} ${ADDRESS}` }),
    seenRecord('3.3.3-m1', '2021-02-09', 'not-yet', { device: SAMIA }, PARTS),
    seenRecord('3.3.3-m1', '2021-02-08', 'not-observable', { device: TOWN }, { evidence: `${HEBREW} ${MAIL}` }),
    deviceRecord(SAMIA, MAIL.slice(4), 'residents'),
    deviceRecord(TOWN, `${ARABIC} ${'x'.repeat(40)}`, 'staff'),
    deviceRecord(DEVICE, `${HEBREW} ${'x'.repeat(40)}`, 'residents'),
    followRecord('3.3.3-m1', { due: '2021-03-31', watched: true }, DEVICE),
  );

const MINE = `${ARABIC} ${ADDRESS.slice(0, 140)}`;
const THEIRS = `${HEBREW} ${MAIL}`;

const poll = (method: Method, title = `${ARABIC} ${MAIL}`) => ({
  title,
  question: `${HEBREW} ${ADDRESS} ${MAIL}`,
  items: ['1.1.1'],
  own: [ADDRESS, MINE, THEIRS],
  method,
  listed: true,
  live: true,
  ...(method === 'Gommettes' && { each: 2 }),
});

test('notes, evidence and names of devices stay within the page, in their direction', async ({ page }, info) => {
  test.slow();
  await seedStores(page, { ...season(), ...begun('2.1.1', `${ARABIC} ${ADDRESS}`) });
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await expect(page.getByText(MAIL).first()).toBeVisible();
  await expectSet(page, 'the notes');
  await page.getByRole('button', { name: containing(`Modifier la note ${ARABIC}`) }).or(
    page.getByRole('button', { name: /^Modifier/ }),
  ).first().click();
  await expectSet(page, 'a note being edited');
  await app.open('#/objectif/2.1.1');
  await expect(new Notes(app).text).toHaveValue(`${ARABIC} ${ADDRESS}`);
  await expectSet(page, 'a draft');

  const marker = new MarkerPage(page);
  await marker.open('#/marqueur/3.3.3-m1');
  await marker.unfoldDetails();
  await marker.evidence.fill(`${HEBREW} ${ADDRESS}`);
  await expect(marker.history).not.toHaveCount(0);
  await expectSet(page, 'a marker');

  for (const address of ['#/suivre?notes=avec', '#/bilan', '#/bilan/a-regarder', '#/bilan/avis']) {
    await app.open(address);
    await expectSet(page, address, false);
  }
  await app.open(`#/recherche?mots=${encodeURIComponent(ARABIC)}`);
  await expect(page.getByRole('listitem').filter({ hasText: ARABIC })).toHaveCount(1);
  await expectSet(page, 'the search');

  const report = new Report(page);
  await report.openReport();
  await expectSet(page, 'the report');
  await report.unfold();
  await report.group('3.3.3').locator('summary').click();
  await expectSet(page, 'the notes to choose from');
  expectPrinted(await report.printed(), [ADDRESS, MAIL], 'the printed report');
  const { text } = await report.taken('Page HTML');
  const path = info.outputPath('rapport.html');
  writeFileSync(path, text);
  await page.goto(pathToFileURL(path).href);
  await expectSet(page, 'the report as a page');
});

test('a carnet with such texts is joined, checked and copied within the page', async ({ page }) => {
  test.slow();
  const app = new Exchange(page);
  await seedStores(page, { ...season(), ...begun('2.1.1', `${ARABIC} ${ADDRESS}`) });
  await app.openCarnet();
  await expectSet(page, 'the carnet');
  const note = (text: string, at?: number) => noteRecord('1.2.1', '0000000000000001', text, { at });
  const other = noteRecord('1.2.1', '0000000000000002', MAIL);
  await app.importFiles(handed('ancien.json', carnetOf([note(`${ARABIC} ${ADDRESS}`)])));
  await app.merge();
  await app.importFiles(
    handed(`${ADDRESS.replaceAll('/', '-')}.json`, carnetOf([note(`${HEBREW} ${MAIL}`, 1), other])),
    handed(`${HEBREW}${'x'.repeat(80)}.json`, carnetOf([], ADDRESS)),
  );
  await expectSet(page, 'the plan of a merge');
  await app.merge();
  await expect(app.conflictLosers).toHaveCount(1);
  await expectSet(page, 'a version that lost');
  await app.choose('Tableau des notes');
  await app.make();
  await expect(app.review).toBeVisible();
  await expectSet(page, 'what may lead to a person');
});

/** Chooses an option of each method, and reads the vote again. */
async function reviewed(app: Consultations, method: Method): Promise<void> {
  await app.choose(method, 1);
  await app.button('Relire mon vote').click();
  await app.expectTitle('Votre vote');
}

test('a consultation with such texts is prepared, shown and voted on within the page', async ({ page }) => {
  test.slow();
  const app = await showDraft(page, poll('Gommettes'));
  await expectSet(page, 'a draft');
  await app.list();
  await expectSet(page, 'the list');
  for (const method of ['Gommettes', 'Approbation', 'Jugement majoritaire', 'Classement'] as const) {
    const app = await showDraft(page, poll(method, `${ARABIC} ${MAIL.slice(0, 60)} ${method.slice(0, 1)}`));
    await app.link('Voir comme un votant').click();
    await expect(page.getByText(MINE).first()).toBeVisible();
    await expectSet(page, `a ballot, ${method}`);
    await reviewed(app, method);
    await expectSet(page, `a vote read again, ${method}`);
  }
  const urn = await showUrn(page, poll('Approbation', `${HEBREW} ${MAIL.slice(0, 60)}`));
  await expectSet(page, 'the urn');
  await urn.button("Quitter l'urne").click();
  await urn.field("Code de l'animateur").fill(ARABIC);
  await expectSet(page, 'the code');
});

test('a room, its papers, its result and its minutes stay within the page and the paper', async ({ page }) => {
  test.slow();
  const room = await showRoom(page, poll('Approbation'), { votes: [ADDRESS, MINE], printed: 4 });
  await expectSet(page, 'the room');
  const file = JSON.parse(await content(await room.exported()));
  const more = { id: '00000000-0000-4000-8000-00000000000f', way: 'phone', content: { vote: { approval: [true, false, false, true] } } };
  await room.importAndJoin({ name: `${MAIL}.json`, text: JSON.stringify({ ...file, ballots: [more, ...file.ballots] }) });
  await room.expectAnswer('1 bulletin nouveau');
  await expectSet(page, 'the answer to a file');
  file.consultation.stage.open.question = `${ARABIC} ${ADDRESS}`;
  await room.hand({ name: `${ADDRESS.slice(20)}.json`, text: JSON.stringify(file) });
  await expect(room.plan).toBeVisible();
  await expectSet(page, 'a file with other rules');
  await room.plan.getByRole('button', { name: exactly('Fermer') }).click();
  await room.link('Saisir les bulletins').click();
  await room.key([{ number: 1, line: '1' }, { number: 2, line: '2' }]);
  await room.field('Le second passage').check();
  await room.key([{ number: 1, line: '2 3' }, { number: 2, line: '2' }]);
  await expect(room.region('À départager')).toBeVisible();
  await page.getByText('Déclarer un bulletin nul').click();
  const form = page.locator('form').filter({ has: room.button('Déclarer nul') });
  await form.getByLabel(exactly('Bulletin n°')).fill('3');
  await form.getByLabel('Pourquoi ?').fill(`${ARABIC} ${ADDRESS}`);
  await expectSet(page, 'the desk');
  await room.button('Déclarer nul').click();
  await expect(page.getByRole('cell', { name: /^Nul\s:/ })).toHaveCount(1);
  await expectSet(page, 'a void paper');
  await room.link('Revenir à la consultation').click();
  await room.button("Préparer l'impression").click();
  await room.expectTitle('Bulletins à imprimer');
  await expectSet(page, 'the sheets');
  // Ballots stand side by side: their lines are mixed.
  expectPrinted(await printed(page), [], 'the printed sheets');

  for (const method of ['Approbation', 'Gommettes', 'Classement', 'Jugement majoritaire'] as const) {
    const votes = [ADDRESS, ADDRESS, MINE, THEIRS, MINE, ADDRESS];
    const app = await showResult(page, poll(method, `${ARABIC} ${MAIL.slice(0, 60)} ${method.slice(0, 1)}`), { votes });
    await app.field('Conclusion').fill(`${HEBREW} ${ADDRESS}`);
    await app.button('Enregistrer').click();
    await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
    await expectSet(page, `a result, ${method}`);
    await app.link('Procès-verbal à imprimer').click();
    await expect(app.region('Les choix').or(app.region('Résultat')).first()).toBeVisible();
    await expectSet(page, `the minutes, ${method}`);
    expectPrinted(await printed(page), [ADDRESS, MAIL], `the printed minutes, ${method}`);
  }
  const report = new Report(page);
  await report.openReport();
  await expectSet(page, 'the report with its consultation');
  expectPrinted(await report.printed(), [ADDRESS], 'the printed report');
});
