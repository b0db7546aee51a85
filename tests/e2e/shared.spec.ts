// Shared results of a closed vote: they link no ballot to a voter, and have the whole fingerprint.
import { readFile } from 'node:fs/promises';
import { decoded } from './codes';
import { Consultations, content } from './consult';
import { expect, test } from './fixtures';
import { showRoom } from './state';
import { containing, exactly } from './words';

test('of a small group the minutes and the table tell no way of voting, and both carry the whole fingerprint', async ({
  page,
}) => {
  const plan = {
    title: 'Le square',
    question: 'Que faut-il en premier ?',
    items: [],
    own: ['Un four', 'Un banc'],
    method: 'Approbation' as const,
    listed: true,
  };
  const app = await showRoom(page, plan, { votes: ['Un banc', 'Un four'], printed: 4 });
  await app.link('Saisir les bulletins').click();
  await app.key([{ number: 3, line: '* deux croix' }]);
  await app.field('Le second passage').check();
  await app.key([{ number: 3, line: '* deux croix' }]);
  await app.link('Revenir à la consultation').click();
  await app.expectCount(3);
  const words = await app.words();
  expect(words.split(' ')).toHaveLength(6);
  await app.close();

  // The facilitator's copy has everything, and says so.
  const together = app.region('Réunir plusieurs appareils');
  await expect(together.getByText(containing('sa façon de voter et son numéro de papier'))).toBeVisible();
  const copy = await app.exported();
  expect(copy.suggestedFilename()).toMatch(/^jalons-copie-animateur-le-square-[0-9a-f]{4}\.json$/);
  const { ballots } = JSON.parse(await content(copy));
  expect(ballots.map(({ way }: { way: unknown }) => way)).toContainEqual({ paper: 3 });

  await expect(app.region('La participation').getByText(containing("Le détail par façon de voter n'est pas montré."))).toBeVisible();
  const check = app.region('Vérifier ensemble');
  await check.getByText(exactly("L'empreinte entière")).click();
  const whole = (await check.getByText(/^([0-9a-f]{4} ){15}[0-9a-f]{4}$/).innerText()).trim();

  const download = page.waitForEvent('download');
  await app.button('Tableau (CSV)').click();
  const table = await readFile(await (await download).path(), 'utf8');
  expect(table).toContain(words);
  expect(table).toContain(whole);
  for (const way of ['urne', 'papier', 'téléphone', 'n° 3']) expect(table).not.toContain(way);

  await app.link('Procès-verbal à imprimer').click();
  const minutes = page.getByRole('article');
  await expect(minutes.getByText(whole)).toBeVisible();
  await expect(minutes.getByText(containing(words))).toBeVisible();
  const rows = app.region('Bulletins').getByRole('row');
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toHaveText(containing('Ensemble'));
  await expect(app.region('Bulletins').getByText(containing('Un bulletin papier : deux croix'))).toBeVisible();
});

// Regression: two sets of rules had the same 32-bit fingerprint; a vote for "Oui" counted for
// "Non".
test('a ballot that was made by an invitation to other rules is not counted', async ({ page, browser, baseURL }) => {
  const hostile = (name: string) => readFile(`tests/fixtures/hostile/${name}`, 'utf8');
  const desk = new Consultations(page);
  await desk.list();
  await desk.importAndJoin({ name: 'marche.json', text: await hostile('8-regles-oui-non.json') });
  const context = await browser.newContext({ baseURL });
  const phone = new Consultations(await context.newPage());
  await phone.open((await hostile('8-invitation-non-oui.txt')).trim());
  await phone.choose('Approbation', 1);
  await phone.button('Relire mon vote').click();
  await phone.button('Préparer mon bulletin').click();
  await phone.expectTitle('Votre bulletin est prêt');
  const ballot = await decoded(phone.code('Code de votre bulletin'));
  await context.close();
  await desk.paste(ballot);
  await desk.expectAnswer("Ce bulletin répond à d'autres règles que celles de cette consultation");
});
