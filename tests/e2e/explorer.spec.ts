// Reading: the tree, the objectives, and an address for every item.
import { globals, items, markers, operationals, shortName, strategics, wording } from './convention';
import { expect, test } from './fixtures';
import { Home, ItemPage } from './pages';
import { containing, exactly, startingWith } from './words';

test('home shows every objective under its own', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await home.unfold();
  await expect(home.cards.getByRole('heading', { level: 3 })).toHaveCount(3);
  await expect(home.cards.getByRole('heading', { level: 4 })).toHaveCount(7);
  await expect(home.cards.getByRole('link', { name: /^\d\.\d\.\d / })).toHaveCount(15);
  for (const { code } of [...globals, ...strategics, ...operationals]) {
    await expect(home.objective(code), code).toBeVisible();
  }
  const below = home.branch('2').locator('.official').getByRole('link');
  await expect(below).toHaveCount(1 + 2 + 3);
});

test('counts at every level change after a tick', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await expect(home.branch('2')).toContainText('0 observé sur 32');
  await expect(home.branch('2.1')).toContainText('0 observé sur 24');
  await expect(home.branch('2.1.2')).toContainText('0 observé sur 13');

  await home.unfold();
  await home.objective('2.1.2').click();
  const objective = new ItemPage(page);
  await objective.expectTitle(wording('2.1.2'));
  await expect(objective.header).toContainText('0 observé sur 13');
  await objective.tick('2.1.2-m1').click();
  await expect(objective.header).toContainText('1 observé sur 13, dont 1 atteint');
  await objective.tick('2.1.2-m2').click();
  await expect(objective.header).toContainText('2 observés sur 13, dont 2 atteints');

  await objective.goTo('Explorer');
  await expect(home.branch('2')).toContainText('2 observés sur 32, dont 2 atteints');
  await expect(home.branch('2.1')).toContainText('2 observés sur 24, dont 2 atteints');
  await expect(home.branch('2.1.2')).toContainText('2 observés sur 13');
  await expect(home.branch('2.2')).toContainText('0 observé sur 8');
  await expect(home.branch('1')).toContainText('0 observé sur 23');
});

test('four ways in lead where they say', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  for (const [who, where] of [
    ["J'habite ici", 'Suivre les marqueurs'],
    ['Je viens à un atelier', 'Consultations'],
    ["J'anime un atelier", 'Consultations'],
    ['Je suis agent ou association', 'Mon carnet'],
  ] as const) {
    await home.expectTitle('Ce qui a été promis, où en est-on ?');
    await home
      .region('Par où commencer ?')
      .getByRole('link', { name: startingWith(who) })
      .click();
    await home.expectTitle(where);
    if (who === 'Je viens à un atelier') {
      await expect(home.region('Scanner ou ouvrir mon bulletin')).toBeInViewport();
    }
    await page.goBack();
  }
});

test('an objective shows its code, title, results, markers and progress', async ({ page }) => {
  const objective = new ItemPage(page);
  const source = operationals.find(({ code }) => code === '2.1.2');
  await objective.open('#/objectif/2.1.2');
  await objective.expectTitle(wording('2.1.2'));
  await expect(objective.header).toContainText('Objectif opérationnel 2.1.2');
  await expect(objective.header).toContainText('0 observé sur 13');
  await expect(objective.results.getByRole('link')).toHaveText(
    source?.expected_results.map(({ text }) => exactly(text)) ?? [],
  );
  await expect(objective.markers.getByRole('link')).toHaveText(
    source?.progress_markers.map(({ text }) => exactly(text)) ?? [],
  );
  await expect(objective.ticks).toHaveCount(13);
});

test('the breadcrumb leads up to each level', async ({ page }) => {
  const marker = new ItemPage(page);
  for (const [name, title] of [
    [`${shortName('2.1.2')} 2.1.2`, wording('2.1.2')],
    [`${shortName('2.1')} 2.1`, wording('2.1')],
    [`${shortName('2')} 2`, wording('2')],
    ['Accueil', 'Ce qui a été promis, où en est-on ?'],
  ] as const) {
    await marker.open('#/marqueur/2.1.2-m3');
    await marker.expectTitle(wording('2.1.2-m3'));
    await marker.breadcrumb.getByRole('link', { name: exactly(name) }).click();
    await marker.expectTitle(title);
  }
});

test('next and previous go through all fifteen objectives in order', async ({ page }) => {
  const objective = new ItemPage(page);
  await objective.open('#/objectif/1.1.1');
  for (const { code, title } of operationals) {
    await objective.expectTitle(title);
    if (code !== operationals.at(-1)?.code) await objective.neighbour('Suivant').click();
  }
  for (const { title } of [...operationals].reverse().slice(0, 3)) {
    await objective.expectTitle(title);
    await objective.neighbour('Précédent').click();
  }
});

test('objectives and markers are said in plain words too, which are not the official text', async ({ page }) => {
  const screen = new ItemPage(page);
  const ours = page.getByText(containing('le texte officiel fait foi'));
  for (const { address, plain } of [
    { address: '#/objectif/3.3.3', plain: operationals.find(({ code }) => code === '3.3.3')?.plain },
    { address: '#/marqueur/3.3.3-m1', plain: markers.find(({ id }) => id === '3.3.3-m1')?.plain },
  ]) {
    await screen.open(address);
    await expect(page.getByText(exactly(`En clair : ${plain}`))).toBeVisible();
    await expect(ours).toBeVisible();
  }
  await screen.open('#/resultat/3.3.3-r1');
  await screen.expectTitle(wording('3.3.3-r1'));
  await expect(ours).toHaveCount(0);
});

test('every item has an address that shows it and names the window', async ({ page }) => {
  const screen = new ItemPage(page);
  expect(items).toHaveLength(3 + 7 + 15 + 52 + 105);
  await screen.open();
  // Visits all addresses in one evaluation, because one call for each would take a minute. A lazy
  // screen has no title until it has loaded; if it never loads, the test times out.
  const shown = await page.evaluate(async (addresses) => {
    const seen: [string, string][] = [];
    for (const address of addresses) {
      const title = () => document.querySelector('#app h1');
      const former = title();
      location.hash = address;
      while (!title() || title() === former) await new Promise((resolve) => setTimeout(resolve));
      seen.push([title()?.textContent ?? '', document.title]);
    }
    return seen;
  }, items.map(({ address }) => address));
  for (const [index, { id, text }] of items.entries()) {
    const [heading, title] = shown[index] ?? [];
    expect.soft(heading, id).toMatch(exactly(text));
    const name = /[rm]/.test(id) ? text : shortName(id);
    expect.soft(title, id).toMatch(exactly(`${name} · ${id} · Jalons`));
  }
});

test('an address opens from outside and stays after a reload', async ({ page }) => {
  const screen = new ItemPage(page);
  for (const id of ['3', '3.2', '3.2.1', '1.2.1-r2', '2.1.1-m11']) {
    const address = items.find((item) => item.id === id)?.address ?? '';
    await page.goto('about:blank');
    await screen.open(address);
    await screen.expectTitle(wording(id));
    await screen.reload();
    await screen.expectTitle(wording(id));
    expect(page.url()).toContain(address);
  }
});

test('the whole text is on one page', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await home.link('Lire toute la convention sur une page').click();
  await home.expectTitle('Toute la convention');
  await expect(page.getByRole('main').getByRole('link')).toHaveCount(items.length);
});

test('an address that leads nowhere says so and offers search and the objectives', async ({ page }) => {
  const screen = new Home(page);
  for (const address of [
    '#/objectif/9.9.9',
    '#/objectif/1.2.1-m3',
    '#/marqueur/1.2.1-m99',
    '#/nulle/part',
    '#/suivre?etat=presque',
  ]) {
    await screen.open(address);
    await screen.expectTitle("Cette page n'existe pas");
    await expect(page).toHaveTitle(exactly("Cette page n'existe pas · Jalons"));
    await expect(page.getByText('Adresse demandée')).toContainText(address.slice(1));
    await screen.link('Chercher dans la convention').click();
    await screen.expectTitle('Chercher');
  }
  await page.goBack();
  await screen.link('Voir tous les objectifs').click();
  await screen.expectTitle('Ce qui a été promis, où en est-on ?');
});
