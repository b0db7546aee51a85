// The app's answers to files of other kinds, and to its own files on the wrong screen.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { Consultations, ITEMS, content } from './consult';
import { Exchange, carnetOf, deviceRecord, handed, noteRecord, seenRecord } from './carnet';
import { MarkerPage, Notes } from './pages';
import { containing, exactly } from './words';

const hostile = (name: string): string =>
  readFileSync(join(__dirname, '..', 'fixtures', 'hostile', name), 'utf8');

const NOTE = '00000000000000a1';

test('a note with a million edits is deleted, restored, taken away, erased and brought back', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  await app.importFiles(handed('million.json', hostile('6a-note-un-million-de-modifs.json')));
  await app.merge();
  const notes = new Notes(app);
  await notes.card('Modifiez-moi').getByRole('button', { name: /^\s*Supprimer la note/ }).click();
  await expect(notes.cards).toHaveCount(0);
  await app.undo();
  await expect(notes.card('Modifiez-moi')).toBeVisible();
  await app.make();
  const file = await app.file(() => app.withoutName());
  await app.button('Tout effacer…').click();
  await app.button('Oui, tout effacer').click();
  await app.expectNotice('Tout est effacé.');
  await app.importFiles(handed(file.name, file.text));
  await app.merge();
  await expect(notes.card('Modifiez-moi')).toBeVisible();
});

test('a carnet of which everything is refused is said to be so, and why', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  await app.importFiles(handed('an.json', hostile('6b-note-ecrite-an-impossible.json')));
  await expect(app.plan).toContainText(containing("Rien n'a pu être repris"));
  await expect(app.plan).not.toContainText(containing('Tout est déjà dans votre carnet'));
  await expect(app.plan).not.toContainText(containing("Le reste du fichier n'en souffre pas"));
  // The reason is visible without unfolding anything.
  await expect(app.plan.getByText('records[0].body.note.created')).toBeVisible();
  await expect(app.plan).toContainText(containing("une date après l'an 2999"));
  await app.plan.getByRole('button', { name: exactly('Fermer') }).click();
  await expect(app.holds).toContainText('Votre carnet est vide');

  // Refused records next to known ones do not make the whole file known.
  const known = noteRecord('1', NOTE, 'Déjà là');
  await app.importFiles(handed('a.json', carnetOf([known])));
  await app.merge();
  await app.importFiles(handed('b.json', carnetOf([known, noteRecord('9.9', NOTE, 'Nulle part')])));
  await expect(app.plan).toContainText(containing("il n'y a rien d'autre à réunir"));
});

test('each of our files is known on the wrong screen, and led to the right one', async ({ page }) => {
  const polls = new Consultations(page);
  await polls.prepare({ title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, each: 2 });
  await polls.openVote();
  const consultation = await content(await polls.exported());

  const app = new Exchange(page);
  await app.openCarnet();
  await app.importFiles(
    handed('consultation.json', consultation),
    handed('rapport.md', '# Convention\n\nÉtat au 12 mars 2021.'),
    handed('tableau.csv', '\u{feff}"Marqueur";"Texte"\r\n'),
  );
  await expect(app.planOf('consultation.json')).toContainText(containing("C'est une consultation"));
  await expect(app.planOf('rapport.md')).toContainText(containing('un rapport ou une page à lire'));
  await expect(app.planOf('tableau.csv')).toContainText(containing("C'est un tableau"));
  await app.plan.getByRole('link', { name: exactly('Aller à la page Voter') }).click();
  await polls.expectTitle('Consultations');

  await polls.hand(
    { name: 'carnet.json', text: carnetOf([noteRecord('1', NOTE, 'Un')]) },
    { name: 'rapport.md', text: '# Convention' },
  );
  await page.getByRole('link', { name: exactly('Aller à la page Carnet') }).click();
  await expect(app.joining).toBeVisible();
});

/**
 * Drags one file over the page and drops it on the title. Returns whether each event was cancelled.
 */
const dragged = (app: Exchange, text: string) =>
  app.title.evaluate((title, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'deposee.json', { type: 'application/json' }));
    return ['dragover', 'drop'].map((name) => {
      const event = new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true });
      title.dispatchEvent(event);
      return event.defaultPrevented;
    });
  }, text);

test('a file dropped next to the drop zone is read, and ignored on a screen that reads none', async ({
  page,
}) => {
  const app = new Exchange(page);
  await app.openCarnet();
  const file = carnetOf([noteRecord('1', NOTE, 'Déposée')]);
  expect(await dragged(app, file)).toEqual([true, true]);
  await expect(app.planOf('deposee.json')).toContainText('1 nouvelle');
  await expect(app.plan).toBeInViewport();

  await app.goTo('Suivre');
  await app.expectTitle('Suivre les marqueurs');
  expect(await dragged(app, file)).toEqual([true, true]);
  await app.goTo('Carnet');
  await expect(app.joining).toBeVisible();
  await expect(app.plan).toBeHidden();

  // Dragging selected text is not a file drop.
  const moved = await app.title.evaluate((title) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/plain', 'des mots');
    const event = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
    title.dispatchEvent(event);
    return event.defaultPrevented;
  });
  expect(moved).toBe(false);
});

test("a device's name is looked at before a file leaves, and can be left out", async ({ page }) => {
  const app = new Exchange(page);
  const device = '00000000000000bb';
  await app.openCarnet();
  await app.importFiles(
    handed(
      'a.json',
      carnetOf([
        deviceRecord(device, 'Chez Ana\n\n06 12 34 56 78 ana.longue@sans.espace.example.fr'),
        seenRecord('3.3.3-m1', '2021-03-12', 'reached', { device }),
      ]),
    ),
  );
  await app.merge();
  await app.choose('Tableau des observations');
  await app.make();
  await expect(app.review.getByText(containing('Chez Ana 06 12'))).toBeVisible();
  await expect(app.review.locator('mark')).toHaveText(['06 12 34 56 78', /example\.fr$/]);
  // A long address must not widen the page on a phone.
  await page.setViewportSize({ width: 320, height: 700 });
  const excess = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(excess).toBe(0);
  await app.review.getByRole('checkbox').check();
  const table = await app.file(async () => {
    await app.review.getByRole('button', { name: exactly('Créer le fichier') }).click();
  });
  expect(table.text).not.toContain('06 12');
  expect(table.text).toContain('appareil 00000000');
});

test('the own name can be changed in that look', async ({ page }) => {
  const app = new Exchange(page);
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  await app.expectTicked('3.3.3-m1');
  await app.openCarnet();
  await app.make();
  await app.name('ana@example.fr', 'Des habitants');
  await expect(app.review.locator('mark')).toHaveText('ana@example.fr');
  await app.review.getByRole('button', { name: exactly('Changer le nom') }).click();
  await app.name('Tablette', 'Des habitants');
  await expect(app.review.locator('mark')).toHaveCount(0);
  const file = await app.file(async () => {
    await app.review.getByRole('button', { name: exactly('Créer le fichier') }).click();
  });
  expect(file.text).not.toContain('ana@');
  const bodies = JSON.parse(file.text).records.map(({ body }: { body: object }) => body);
  expect(bodies).toContainEqual({ device: { label: 'Tablette', speaks_for: 'residents' } });
});

test('a clock after the year 2999 stores nothing and says so', async ({ page }) => {
  await page.clock.setFixedTime('3000-06-01T10:00:00+02:00');
  const marker = new MarkerPage(page);
  await marker.open('#/marqueur/3.3.3-m1');
  await marker.level('Atteint').click();
  await marker.expectNotice("L'horloge de cet appareil est fausse");
  await expect(marker.level('Atteint')).toHaveAttribute('aria-pressed', 'false');
  await page.clock.setFixedTime('2026-06-01T10:00:00+02:00');
  await marker.reload();
  const stored = await page.evaluate(() => Object.keys(localStorage).join());
  expect(stored).not.toContain('observation');
});
