// The main journey from end to end, and two tabs of one device.
import { shortName } from './convention';
import { expect, test } from './fixtures';
import { App, Home, ItemPage, Notes, SearchPage } from './pages';
import { records, stored } from './stored';
import { exactly } from './words';

const COMMERCE = '3.3.1-m8';
const NURSERY = '3.3.1-m6';

test('read, search, tick, note, reload: it is all still there', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await home.expectTitle('Ce qui a été promis, où en est-on ?');
  await page.getByRole('link', { name: 'Chercher' }).first().click();

  const search = new SearchPage(page);
  await search.field.fill('commerces proximite');
  await search.hit('Résultat 3.3.1-r4').click();
  const result = new ItemPage(page);
  await result.expectTitle("Des commerces de proximité attractifs à l'échelle de la ville");
  await result.breadcrumb.getByRole('link', { name: exactly(`${shortName('3.3.1')} 3.3.1`) }).click();

  const objective = new ItemPage(page);
  await objective.tick(COMMERCE).click();
  await objective.expectNotice('Coché : atteint. Enregistré.');
  await objective.expectTicked(COMMERCE);
  const notes = new Notes(objective);
  await notes.write('La boulangerie a rouvert.');
  await objective.expectNotice('Note écrite. Enregistré.');

  await objective.reload();
  await objective.expectTicked(COMMERCE);
  await expect(notes.card('La boulangerie a rouvert.')).toBeVisible();
  await objective.goTo('Explorer');
  await expect(home.branch('3.3.1')).toContainText('1 observé sur 8');
});

test('a second tab follows by itself', async ({ page, context }) => {
  const here = new ItemPage(page);
  await here.open('#/objectif/3.3.1');
  const there = new ItemPage(await context.newPage());
  await there.open('#/objectif/3.3.1');
  await there.expectUnticked(COMMERCE);

  await here.tick(COMMERCE).click();
  await there.expectTicked(COMMERCE);
  await expect(there.header).toContainText('1 observé sur 8, dont 1 atteint');

  await new Notes(here).write('Vu ensemble');
  await expect(new Notes(there).card('Vu ensemble')).toBeVisible({ timeout: 1000 });

  await here.tick(COMMERCE).click();
  await there.expectUnticked(COMMERCE);

  await new Notes(there).delete('Vu ensemble');
  await expect(new Notes(here).card('Vu ensemble')).toBeHidden({ timeout: 1000 });
});

test('edits from both tabs survive', async ({ page, context }) => {
  const here = new ItemPage(page);
  await here.open('#/objectif/3.3.1');
  const there = new ItemPage(await context.newPage());
  await there.open('#/objectif/3.3.1');

  await here.tick(COMMERCE).click();
  await there.tick(NURSERY).click();
  await new Notes(here).write('Écrit ici');
  await new Notes(there).write('Écrit là-bas');

  for (const tab of [here, there]) {
    await tab.reload();
    await tab.expectTicked(COMMERCE);
    await tab.expectTicked(NURSERY);
    await expect(new Notes(tab).cards).toHaveText([/Écrit ici/, /Écrit là-bas/]);
  }
});

test('undoing does not overrule a later action of another tab', async ({ page, context }) => {
  const here = new ItemPage(page);
  await here.open('#/objectif/3.3.1');
  const there = new ItemPage(await context.newPage());
  await there.open('#/objectif/3.3.1');

  await here.tick(COMMERCE).click();
  await there.expectTicked(COMMERCE);
  await there.tick(COMMERCE).click();
  await here.expectUnticked(COMMERCE);
  await there.tick(COMMERCE).click();
  // From here on, this tab has been notified.
  await here.expectTicked(COMMERCE);
  const versions = async () =>
    Object.values(records(await stored(here.page))).map((text) => JSON.parse(text).stamp.edit);
  await expect.poll(versions).toEqual([3]);

  await here.undo();
  await here.expectNotice(
    "Impossible d'annuler : cela a changé depuis, peut-être dans un autre onglet.",
  );
  await here.expectTicked(COMMERCE);
});

test('a draft stays while another tab adds notes', async ({ page, context }) => {
  const here = new App(page);
  await here.open('#/objectif/1.1');
  const notes = new Notes(here);
  await notes.begin();
  await notes.text.fill('Une phrase à moitié');

  const there = new App(await context.newPage());
  await there.open('#/objectif/1.2');
  await new Notes(there).write('Autre sujet');
  await there.open('#/objectif/1.1');
  // The draft is stored under the objective, so the second tab finds it too.
  await expect(new Notes(there).text).toHaveValue('Une phrase à moitié');

  await page.bringToFront();
  await notes.text.pressSequentially(' finie');
  await notes.save();
  await expect(notes.card('Une phrase à moitié finie')).toBeVisible();
});
