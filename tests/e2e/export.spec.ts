// Exporting: the formats, the choices, and the review before the file is saved.
import { expect, test } from './fixtures';
import { Exchange } from './carnet';
import { MarkerPage, Notes } from './pages';
import { indexedDbEntries } from './stored';
import { exactly } from './words';

const SCHOOL = '1.2.1';
const BUS = '3.3.3-m1';

async function write(app: Exchange, item: string, text: string, hidden = false): Promise<void> {
  await app.open(`#/objectif/${item}`);
  const notes = new Notes(app);
  await notes.begin();
  await notes.text.fill(text);
  if (hidden) await notes.private.check();
  await notes.save();
  await expect(notes.card(text)).toBeVisible();
}

async function tick(app: Exchange, marker: string): Promise<void> {
  await app.open(`#/objectif/${marker.split('-')[0]}`);
  await app.tick(marker).click();
  await app.expectTicked(marker);
}

/** The records in a file. */
const records = (text: string): { id: string; body: Record<string, unknown> }[] =>
  JSON.parse(text).records;

test('the first file asks once whose device this is, and the answer leaves with it', async ({ page }) => {
  const app = new Exchange(page);
  await tick(app, BUS);
  await app.openCarnet();
  await app.make();
  const first = await app.file(() => app.name("Tablette de l'accueil", 'Une association'));
  expect(first.name).toMatch(/^jalons-carnet-\d{4}-\d\d-\d\d\.json$/);
  const device = records(first.text).find((record) => record.id.startsWith('device/'));
  expect(device?.body).toEqual({ device: { label: "Tablette de l'accueil", speaks_for: 'association' } });
  await expect(app.devices).toHaveText(/Tablette de l.accueil\s*cet appareil/);
  // No further question is asked.
  expect((await app.exported()).text).toBe(first.text);
});

test('who declines a name is not asked again, not after a reload either', async ({ page }) => {
  const app = new Exchange(page);
  await tick(app, BUS);
  await app.openCarnet();
  await app.make();
  const first = await app.file(() => app.withoutName());
  expect(records(first.text).map((record) => record.id)).toEqual([
    expect.stringMatching(/^observation\/3\.3\.3-m1\//),
  ]);
  await app.reload();
  expect((await app.exported()).text).toBe(first.text);
});

test('exported, erased, imported and exported again: the same bytes', async ({ page }) => {
  const app = new Exchange(page);
  await tick(app, BUS);
  await write(app, SCHOOL, 'Un banc « rouge »\n<b>=1+1</b>');
  await write(app, '2.1', 'À moi', true);
  await app.openCarnet();
  await app.leaving.getByRole('checkbox', { name: /gardée pour moi/ }).check();
  await app.make();
  const before = await app.file(() => app.name('Accueil', "Quelqu'un d'autre"));
  expect(records(before.text)).toHaveLength(4);

  await app.button('Tout effacer…').click();
  await app.button('Oui, tout effacer').click();
  await app.expectNotice('Tout est effacé.');
  await expect(app.holds).toContainText('Votre carnet est vide');

  await app.importFiles({ name: before.name, mimeType: 'application/json', buffer: Buffer.from(before.text) });
  await app.merge();
  await app.leaving.getByRole('checkbox', { name: /gardée pour moi/ }).check();
  await app.make();
  expect((await app.file(() => app.withoutName())).text).toBe(before.text);
});

test('notes kept for oneself stay unless one says otherwise', async ({ page }) => {
  const app = new Exchange(page);
  await write(app, SCHOOL, 'Pour tout le monde');
  await write(app, SCHOOL, 'Pour moi seule', true);
  await app.openCarnet();
  await expect(app.leaving).toContainText('1 note gardée pour vous reste ici.');
  await app.make();
  const without = await app.file(() => app.withoutName());
  expect(without.text).toContain('Pour tout le monde');
  expect(without.text).not.toContain('Pour moi seule');
  for (const form of ['Tableau des notes', 'Rapport à lire'] as const) {
    expect((await app.exported(form)).text, form).not.toContain('Pour moi seule');
  }
  await app.leaving.getByRole('checkbox', { name: exactly('Avec la note gardée pour moi') }).check();
  expect((await app.exported()).text).toContain('Pour moi seule');
});

test('one objective alone can leave', async ({ page }) => {
  const app = new Exchange(page);
  await tick(app, BUS);
  await tick(app, '1.2.1-m3');
  await app.openCarnet();
  await app.scope.selectOption('1.2');
  await app.make();
  const file = await app.file(() => app.withoutName());
  expect(file.name).toMatch(/^jalons-carnet-1\.2-/);
  expect(records(file.text).map((record) => record.id)).toEqual([
    expect.stringMatching(/^observation\/1\.2\.1-m3\//),
  ]);
  await app.scope.selectOption('2');
  await app.make();
  await expect(app.refusal).toHaveText(exactly("Il n'y a encore rien à emporter."));
});

test('an empty carnet says that there is nothing to take', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  await app.make();
  await expect(app.refusal).toHaveText(exactly("Il n'y a encore rien à emporter."));
});

test('tables open in a French spreadsheet and calculate nothing', async ({ page }) => {
  const app = new Exchange(page);
  await write(app, SCHOOL, '=HYPERLINK("http://exemple";"ici")');
  const marker = new MarkerPage(page);
  await marker.open(`#/marqueur/${BUS}`);
  await marker.observe('En cours');
  await marker.unfoldDetails();
  await marker.prove('+1 arrêt ; "neuf"');
  await app.openCarnet();

  const notes = await app.exported('Tableau des notes');
  expect(notes.name).toMatch(/^jalons-notes-.*\.csv$/);
  expect(notes.text.charCodeAt(0)).toBe(0xfeff);
  const lines = notes.text.slice(1).split('\r\n');
  expect(lines[0].split(';')[0]).toBe('"À propos de"');
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://exemple"";""ici"")"`);
  expect(lines.at(-1)).toBe('');

  const seen = await app.exported('Tableau des observations');
  expect(seen.text).toContain(`"'+1 arrêt ; ""neuf"""`);
  expect(seen.text).toContain('"Marqueur 3.3.3-m1"');
});

test('the report tells the state and the notes', async ({ page }) => {
  const app = new Exchange(page);
  await tick(app, BUS);
  await write(app, SCHOOL, '# Un *banc*');
  await app.openCarnet();
  const report = await app.exported('Rapport à lire');
  expect(report.name).toMatch(/^jalons-rapport-.*\.md$/);
  expect(report.text).toContain('(marqueur 3.3.3-m1)');
  expect(report.text).toMatch(/État\s: atteint/);
  expect(report.text).toContain('> \\# Un \\*banc\\*');
});

test.describe('before notes leave', () => {
  test('texts that may identify a person are listed, and can be edited', async ({ page }) => {
    const app = new Exchange(page);
    await write(app, SCHOOL, 'Appeler le 03 88 00 00 00 ou ecole@example.fr avant le 12/03/2021');
    await app.openCarnet();
    await app.make();
    await app.withoutName();
    await expect(app.review.locator('mark')).toHaveText(['03 88 00 00 00', 'ecole@example.fr']);
    await expect(app.review).toContainText('une adresse e-mail, un numéro de téléphone');

    await app.review.getByRole('button', { name: exactly('Modifier') }).click();
    await app.review.getByRole('textbox').fill('Appeler l’école avant le 12/03/2021');
    await app.review.getByRole('button', { name: exactly('Enregistrer') }).click();
    await expect(app.review.locator('mark')).toHaveCount(0);
    const file = await app.file(async () => {
      await app.review.getByRole('button', { name: exactly('Créer le fichier') }).click();
    });
    expect(file.text).not.toContain('03 88');
    expect(file.text).toContain('Appeler l’école');
  });

  test('a text can be left out or taken along, one by one', async ({ page }) => {
    const app = new Exchange(page);
    await write(app, SCHOOL, 'Dossier 123456789');
    await write(app, '2.1', 'Voir avec lieu@example.fr');
    await app.openCarnet();
    await app.make();
    await app.withoutName();
    const first = app.review.getByRole('listitem').filter({ hasText: 'Dossier' });
    await first.getByRole('checkbox').check();
    const file = await app.file(async () => {
      await app.review.getByRole('button', { name: exactly('Créer le fichier') }).click();
    });
    expect(file.text).not.toContain('123456789');
    expect(file.text).toContain('lieu@example.fr');
  });

  test('the proof of an observation is looked at too, in every form that has it', async ({ page }) => {
    const app = new Exchange(page);
    const marker = new MarkerPage(page);
    await marker.open(`#/marqueur/${BUS}`);
    await marker.observe('En cours');
    await marker.unfoldDetails();
    await marker.prove('tél. 06 12 34 56 78');
    await app.openCarnet();
    await app.choose('Tableau des observations');
    await app.make();
    await expect(app.review.locator('mark')).toHaveText('06 12 34 56 78');
    await app.review.getByRole('button', { name: exactly('Revenir') }).click();
    await app.choose('Tableau des notes');
    const notes = await app.file(() => app.make());
    expect(notes.text).not.toContain('06 12');
  });

  test('leaving everything out leaves nothing to take', async ({ page }) => {
    const app = new Exchange(page);
    await write(app, SCHOOL, 'ecole@example.fr');
    await app.openCarnet();
    await app.choose('Tableau des notes');
    await app.make();
    await app.review.getByRole('checkbox').check();
    await app.review.getByRole('button', { name: exactly('Créer le fichier') }).click();
    await expect(app.refusal).toHaveText(exactly("Il ne reste rien à emporter avec ces choix."));
  });
});

test('erasing takes two steps, offers a copy first and leaves that it was done and nothing else', async ({ page }) => {
  const app = new Exchange(page);
  await tick(app, BUS);
  await write(app, SCHOOL, 'À effacer');
  await app.openCarnet();
  await page.evaluate(() => localStorage.setItem('autre-application', 'reste'));

  await app.button('Tout effacer…').click();
  await expect(page.getByText(/1 observation et 1 note disparaîtront/)).toBeVisible();
  await app.button('Ne rien effacer').click();
  await expect(app.holds).toContainText('1 observation');

  await app.button('Tout effacer…').click();
  const copy = await app.file(async () => {
    const erase = app.region('Tout effacer');
    await erase.getByRole('button', { name: exactly('Sauver mes données') }).click();
  });
  expect(copy.text).toContain('À effacer');
  await app.button('Oui, tout effacer').click();
  await app.expectNotice('Tout est effacé.');
  await expect(app.holds).toContainText('Votre carnet est vide');
  const left = await page.evaluate(async () => ({
    keys: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    caches: await caches.keys(),
    cookies: document.cookie,
  }));
  expect(left).toEqual({
    keys: expect.arrayContaining(['autre-application', 'jalons/v1/removed/all']),
    session: [],
    caches: [],
    cookies: '',
  });
  expect(left.keys).toHaveLength(2);
  expect(await indexedDbEntries(page)).toEqual({ 'jalons/v1/removed/all': '1' });
  await app.reload();
  await expect(app.holds).toContainText('Votre carnet est vide');
});
