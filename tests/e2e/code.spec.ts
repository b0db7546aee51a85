// The forgotten code: the code only prevents accidents, so after a minute's wait it can be
// bypassed, and the minutes say so.
import { Consultations, ITEMS, content } from './consult';
import { expect, test } from './fixtures';
import { showRoom } from './state';
import { containing } from './words';

const PLAN = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, each: 2 };
const SAID = containing('Ouvert sans le code');

/** Waits for a minute on the form for the code, by moving the page's clock. */
async function waits(app: Consultations, way: string): Promise<void> {
  const { page } = app;
  await app.button('Code oublié').click();
  await expect(page.getByRole('timer')).toHaveText(/Encore\s(60|5\d)\s+secondes/);
  await expect(app.button(way)).toHaveCount(0);
  await page.clock.fastForward(40_000);
  await expect(page.getByRole('timer')).toHaveText(/Encore\s(20|1\d|\d)\s+seconde/);
  await expect(app.button(way)).toHaveCount(0);
  await page.clock.fastForward(20_000);
  await app.button(way).click();
}

test('an urn is left without the code after a minute, and the minutes say so here and elsewhere', async ({
  page,
  browser,
  baseURL,
}) => {
  await page.clock.install();
  const app = await showRoom(page, PLAN, { votes: ['2.1.1'] });
  expect(JSON.parse(await content(await app.exported())).version).toBe(1);
  await app.startUrn();
  await app.button("Quitter l'urne").click();
  // Interrupting the wait restarts it.
  await app.button('Code oublié').click();
  await page.clock.fastForward(50_000);
  await app.button('Ne plus attendre').click();
  await waits(app, 'Quitter sans le code');
  await expect(app.sections).toBeVisible();
  await app.expectCount(1);
  await app.close();
  const file = await content(await app.exported());
  expect(JSON.parse(file).version).toBe(2);
  await app.link('Procès-verbal à imprimer').click();
  await expect(page.getByText(SAID)).toBeVisible();

  const context = await browser.newContext({ baseURL });
  const other = new Consultations(await context.newPage());
  await other.list();
  await other.importAndJoin({ name: 'close.json', text: file });
  await other.page.getByRole('link', { name: /Priorités/ }).first().click();
  await other.link('Procès-verbal à imprimer').click();
  await expect(other.page.getByText(SAID)).toBeVisible();
  await context.close();
});

test('a vote is closed without the code after a minute; one closed with it says nothing of it', async ({
  page,
}) => {
  await page.clock.install();
  const app = await showRoom(page, PLAN);
  await app.button('Clore le vote').click();
  await waits(app, 'Clore sans le code');
  await expect(app.region('Le résultat')).toBeVisible();
  await app.link('Procès-verbal à imprimer').click();
  await expect(page.getByText(SAID)).toBeVisible();
  await app.reload();
  await expect(page.getByText(SAID)).toBeVisible();

  await showRoom(page, { ...PLAN, title: 'Une autre' });
  await app.close();
  await app.link('Procès-verbal à imprimer').click();
  await app.expectTitle('Une autre');
  await expect(page.getByText(SAID)).toHaveCount(0);
});
