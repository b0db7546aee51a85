// Paper ballots: the number of sheets, and the meaning of keyed lines.
import { expect, test } from './fixtures';
import { showRoom } from './state';
import { containing, exactly } from './words';

const PLAN = {
  title: 'Le square',
  question: 'Que faut-il en premier ?',
  items: [],
  own: ['Un four', 'Banc', 'Un bal'],
  method: 'Approbation' as const,
  listed: true,
};

test('the meaning of a line is shown in words before it is saved, and no letter is a vote', async ({ page }) => {
  const app = await showRoom(page, PLAN, { printed: 20 });
  await app.link('Saisir les bulletins').click();
  await app.expectTitle('Saisir les bulletins papier');
  const desk = app.region('Saisie des bulletins');
  const line = desk.getByLabel(exactly('Choix'), { exact: true });
  const understood = desk.getByRole('status').filter({ hasText: containing("Compris, avant d'enregistrer") });
  await desk.getByLabel(exactly('Bulletin n°')).fill('1');
  await line.fill('2');
  await expect(understood.getByRole('listitem')).toHaveText([containing('2. Banc : Oui')]);
  await line.fill('/');
  await expect(understood.getByRole('listitem')).toHaveText([containing('Vote blanc')]);
  for (const letter of ['b', 'B', 'x rayé']) {
    await line.fill(letter);
    await expect(understood).toHaveCount(0);
    await line.press('Enter');
    await expect(desk.getByRole('alert')).toContainText(containing('ne veut rien dire ici'));
  }
  await line.fill('2 3');
  await line.press('Enter');
  await expect(desk.getByText(containing('N° 1 : saisi une fois. Lu : Banc, Un bal.'))).toBeVisible();
  await expect(desk.getByRole('listitem').filter({ hasText: 'Banc' })).toHaveText('Banc');
});

test('papers are printed by the hundred, and no more than 999 are asked for', async ({ page }) => {
  const app = await showRoom(page, PLAN);
  await app.field('Bulletins à imprimer, en tout').fill('65535');
  await app.button("Préparer l'impression").click();
  await expect(app.region('Sur papier').getByRole('alert')).toHaveText(containing('Demandez un nombre de bulletins de 1 à 999.'));
  await app.field('Bulletins à imprimer, en tout').fill('250');
  await app.button("Préparer l'impression").click();
  await app.expectTitle('Bulletins à imprimer');
  const papers = page.locator('article[aria-label^="Bulletin"]');
  await expect(papers).toHaveCount(100);
  await page.getByRole('combobox', { name: 'Imprimer par lots de cent' }).selectOption({ index: 2 });
  await expect(papers).toHaveCount(50);
  await expect(papers.first()).toHaveAttribute('aria-label', containing('Bulletin n° 201'));
});
