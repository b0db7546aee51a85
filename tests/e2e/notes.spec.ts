// Writing notes: about any item, of any kind, without losing a word.
import { wording } from './convention';
import { expect, test } from './fixtures';
import { App, CarnetPage, Notes } from './pages';
import { exactly } from './words';

for (const address of ['#/objectif/2', '#/objectif/2.2.1', '#/resultat/2.2.1-r3', '#/marqueur/2.2.1-m8']) {
  test(`a note is written on ${address} and stays`, async ({ page }) => {
    const app = new App(page);
    const notes = new Notes(app);
    await app.open(address);
    await expect(notes.region).toContainText('Aucune note ici.');
    await notes.write('Les bancs sont neufs.');
    await app.expectNotice('Note écrite. Enregistré.');
    await app.reload();
    await expect(notes.cards).toHaveText([/Constat.*Écrite aujourd’hui.*Les bancs sont neufs\./s]);
    await expect(notes.region).not.toContainText('Aucune note ici.');
  });
}

test('a note has a kind and can be kept for oneself', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/1.1.1');
  for (const [index, kind] of (['Constat', 'Idée', 'Question', 'Alerte'] as const).entries()) {
    await notes.begin();
    await expect(notes.kind('Constat')).toBeChecked();
    await expect(notes.private).not.toBeChecked();
    await notes.kind(kind).check();
    if (kind === 'Alerte') await notes.private.check();
    await notes.text.fill(`Note ${index}`);
    await notes.save();
    await expect(notes.card(`Note ${index}`)).toContainText(kind);
  }
  await app.reload();
  await expect(notes.cards).toHaveText([/Constat/, /Idée/, /Question/, /Alerte.*Gardée pour moi/s]);
  await expect(notes.card('Note 0')).not.toContainText('Gardée pour moi');
  await notes.edit('Note 3');
  await expect(notes.kind('Alerte')).toBeChecked();
  await expect(notes.private).toBeChecked();
});

test('a counter comes near the end, and a text is never cut', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/1.1.1');
  await notes.begin();
  await notes.text.fill('é'.repeat(3000));
  await expect(notes.region.getByText('Encore')).toBeHidden();
  await notes.text.fill('é'.repeat(3880));
  await expect(notes.counter).toHaveText(exactly('Encore 120 caractères'));
  await notes.text.fill('é'.repeat(4001));
  await expect(notes.counter).toHaveText(exactly('1 caractère de trop'));
  await notes.save();
  await expect(notes.refusal).toHaveText(exactly('Le texte est trop long de 1 caractère.'));
  await expect(notes.text).toHaveValue('é'.repeat(4001));
  await expect(notes.text).toBeFocused();
  await expect(notes.cards).toHaveCount(0);

  await notes.text.fill('é'.repeat(4000));
  await expect(notes.refusal).toBeHidden();
  await notes.save();
  await expect(notes.card('é'.repeat(4000))).toBeVisible();
  await app.reload();
  await expect(notes.card('é'.repeat(4000))).toBeVisible();
});

test('an empty note is refused', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/1.1.1');
  await notes.begin();
  await notes.text.fill('  \n ');
  await notes.save();
  await expect(notes.refusal).toHaveText(exactly("Écrivez d'abord quelques mots."));
  await expect(notes.text).toBeFocused();
  await expect(notes.cards).toHaveCount(0);
});

test('a note is edited, and undo brings the former words back', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/1.1.1');
  await notes.write('Trois bancs');
  await notes.edit('Trois bancs');
  await expect(notes.text).toHaveValue('Trois bancs');
  await notes.text.fill('Quatre bancs');
  await notes.kind('Idée').check();
  await notes.save();
  await app.expectNotice('Note modifiée. Enregistré.');
  await expect(notes.cards).toHaveText([/Idée.*Quatre bancs/s]);
  await app.undo();
  await expect(notes.cards).toHaveText([/Constat.*Trois bancs/s]);
  await app.reload();
  await expect(notes.cards).toHaveText([/Constat.*Trois bancs/s]);
});

test('a note is deleted, and undo brings it back', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/1.1.1');
  await notes.write('Trois bancs');
  await notes.delete('Trois bancs');
  await app.expectNotice('Note supprimée. Enregistré.');
  await expect(notes.cards).toHaveCount(0);
  await app.undo();
  await expect(notes.card('Trois bancs')).toBeVisible();
  await notes.delete('Trois bancs');
  await expect(notes.cards).toHaveCount(0);
  await app.reload();
  await expect(notes.cards).toHaveCount(0);
});

test('a draft survives a reload, another screen and a wrong tap', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/resultat/1.1.1-r1');
  await notes.begin();
  await expect(notes.text).toBeFocused();
  await notes.text.fill('Une phrase à moitié');
  await notes.kind('Question').check();
  await notes.private.check();

  await app.reload();
  await expect(notes.region).toContainText('Brouillon retrouvé');
  await expect(notes.text).toHaveValue('Une phrase à moitié');
  await expect(notes.kind('Question')).toBeChecked();
  await expect(notes.private).toBeChecked();

  await app.goTo('Suivre');
  await app.expectTitle('Suivre les marqueurs');
  await page.goBack();
  await expect(notes.text).toHaveValue('Une phrase à moitié');

  await notes.close();
  await expect(notes.text).toBeHidden();
  await notes.begin();
  await expect(notes.text).toHaveValue('Une phrase à moitié');
  await notes.save();
  await expect(notes.card('Une phrase à moitié')).toBeVisible();

  await notes.begin();
  await expect(notes.text).toHaveValue('');
  await app.reload();
  await expect(notes.text).toBeHidden();
});

test('a draft of another wording survives too', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/resultat/1.1.1-r1');
  await notes.write('Trois bancs');
  await notes.edit('Trois bancs');
  await notes.text.fill('Trois bancs et une table');
  await app.reload();
  await expect(notes.text).toHaveValue('Trois bancs et une table');
  await notes.save();
  await expect(notes.cards).toHaveText([/Trois bancs et une table/]);
});

test('lines stay as they were written', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/1.1.1');
  await notes.write('Premier\n\n  Second : rien !');
  const shown = notes.cards.getByText('Premier');
  expect(await shown.evaluate((element: HTMLElement) => element.innerText)).toBe(
    'Premier\n\n  Second : rien !',
  );
});

test('markup in a note stays text', async ({ page }) => {
  const app = new App(page);
  const notes = new Notes(app);
  const markup = '<img src=x onerror=document.title="pris"> &amp; <b>gras</b>';
  await app.open('#/objectif/1.1.1');
  await notes.write(markup);
  await app.reload();
  await expect(notes.card(markup)).toBeVisible();
  await expect(notes.region.getByRole('img')).toHaveCount(0);
  await expect(page).not.toHaveTitle(/pris/);
});

test('the carnet shows the counts of its records', async ({ page }) => {
  const carnet = new CarnetPage(page);
  await carnet.open('#/carnet');
  await expect(carnet.holds).toContainText('Votre carnet est vide.');
  await carnet.follow('#/objectif/2.2.1');
  await carnet.tick('2.2.1-m1').click();
  await carnet.tick('2.2.1-m2').click();
  await new Notes(carnet).write('Un composteur ici');
  await carnet.goTo('Carnet');
  await expect(carnet.holds).toContainText('1 note');
  await expect(carnet.region('Mes notes').getByRole('article')).toHaveText([/Un composteur ici/]);
  await carnet.holds.getByRole('link', { name: '2 observations' }).click();
  await expect(carnet.ticks).toHaveCount(2);
  await page.goBack();
  await carnet.region('Mes notes').getByRole('link', { name: 'Objectif 2.2.1' }).click();
  await carnet.expectTitle(wording('2.2.1'));
});

test('notes on one item stand in the order of writing, in the carnet too', async ({ page }) => {
  const carnet = new CarnetPage(page);
  const notes = new Notes(carnet);
  await carnet.open('#/objectif/2.2.1');
  const order = ['un', 'deux', 'trois', 'quatre', 'cinq'];
  for (const word of order) await notes.write(`Note ${word}`);
  await expect(notes.cards).toHaveText(order.map((word) => new RegExp(`Note ${word}`)));
  await carnet.goTo('Carnet');
  await expect(notes.cards).toHaveText(order.map((word) => new RegExp(`Note ${word}`)));
});
