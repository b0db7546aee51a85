// Searching with words as people remember and type them.
import { ownNote } from './carnet';
import { wording } from './convention';
import { expect, test } from './fixtures';
import { Notes, SearchPage } from './pages';
import { recorded, seedStores } from './state';
import { containing, exactly } from './words';

test('spelling habits do not matter', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('#/recherche');
  for (const [words, id] of [
    ['ecole', '1.1.2-m2'],
    ['coeur', '3.1.3-r1'],
    ['cœur', '3.1.3-r1'],
    ['CŒUR', '3.1.3-r1'],
    ['oeuvrer', '2.1.1-r3'],
    ['Œuvrer', '2.1.1-r3'],
    ['emancipation', '1.2'],
    ['ÉMANCIPATION', '1.2'],
    ['securite', '3.1.2-r1'],
  ] as const) {
    await search.field.fill(words);
    await search.expectHit(id);
  }
});

test('the shape of an apostrophe does not matter', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query("l'emploi");
  await search.expectHit('2.1.2');
  const found = await search.hits.allTextContents();
  for (const words of ['l’emploi', 'lʼemploi', 'l`emploi', 'l emploi']) {
    await search.field.fill(words);
    await expect(search.hits, words).toHaveText(found.map(exactly));
  }
});

test('words are found in any order, and all of them must be there', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query('outils numérique');
  await search.expectHit('1.2.1-r2');
  const found = await search.hits.allTextContents();
  await search.field.fill('numérique outils');
  await expect(search.hits).toHaveText(found.map(exactly));
  await search.field.fill('numérique outils piscine');
  await search.expectNotice('Rien avec tous ces mots. Voici le plus proche.');
});

test('singular and plural, verb and noun find each other', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('#/recherche');
  for (const [words, id] of [
    ['logement', '3.1.1'],
    ['logements', '3.1.1-m2'],
    ['développement', '1.1.1-m2'],
    ['developper', '2.2.1-m1'],
    ['association', '2.2.1-r2'],
    ['locataire', '3.1.1-r1'],
    ['sportive', '1.2.2'],
  ] as const) {
    await search.field.fill(words);
    await search.expectHit(id);
  }
});

test('a code finds its item first', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('#/recherche');
  for (const [words, name] of [
    ['3.2.1', `Objectif 3.2.1 ${wording('3.2.1')}`],
    ['1.2', `Objectif 1.2 ${wording('1.2')}`],
    ['2.1.2-m3', `Marqueur 2.1.2-m3 ${wording('2.1.2-m3')}`],
    ['1.1.2-r4', `Résultat 1.1.2-r4 ${wording('1.1.2-r4')}`],
  ] as const) {
    await search.field.fill(words);
    await expect(search.hits.first()).toHaveText(exactly(name));
  }
});

test('titles come first, then results, markers and notes', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('#/objectif/3.1.1');
  await new Notes(search).write('Des logements bien isolés');
  await search.query('logement');
  const kinds = (await search.hits.allTextContents()).map((hit) => hit.trim().split(/\s/)[0]);
  const order = ['Objectif', 'Résultat', 'Marqueur', 'Ma'];
  expect([...new Set(kinds)]).toEqual(order);
  expect(kinds).toEqual([...kinds].sort((a, b) => order.indexOf(a ?? '') - order.indexOf(b ?? '')));
});

test('own notes are found, those kept for oneself too', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('#/resultat/3.1.3-r1');
  const notes = new Notes(search);
  await notes.write('Le saule pleureur est malade');
  await notes.begin();
  await notes.text.fill('Le saule me rappelle mon enfance');
  await notes.private.check();
  await notes.save();
  await expect(notes.cards).toHaveCount(2);

  await search.query('saules');
  await expect(search.hits).toHaveCount(2);
  await expect(search.hit('Ma note · Résultat 3.1.3-r1 Le saule pleureur est malade')).toBeVisible();
  await expect(search.hit('Ma note · Résultat 3.1.3-r1 Le saule me rappelle')).toBeVisible();
  await search.hits.first().click();
  await search.expectTitle(wording('3.1.3-r1'));
  await expect(notes.card('Le saule pleureur est malade')).toBeVisible();
});

test('matches are marked, and no other text', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query('nature coeur');
  const hit = search.hit('Résultat 3.1.3-r1');
  await expect(hit.locator('mark')).toHaveText(['nature', 'cœur']);
  await expect(hit).toHaveText(exactly(`Résultat 3.1.3-r1 ${wording('3.1.3-r1')}`));
});

test('results come while typing and the address follows without new entries', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open();
  await page.getByRole('link', { name: 'Chercher', exact: true }).click();
  await search.expectTitle('Chercher');
  const entries = await page.evaluate(() => history.length);

  await search.field.pressSequentially('log');
  await expect(page).toHaveURL(/#\/recherche\?mots=log$/);
  await expect(search.hits.first()).toBeVisible();
  const some = await search.hits.count();
  await search.field.pressSequentially('ement agréable');
  await expect(page).toHaveURL(/#\/recherche\?mots=logement%20agr%C3%A9able$/);
  await expect(page).toHaveTitle(exactly('Chercher · logement agréable · Jalons'));
  expect(await search.hits.count()).toBeLessThan(some);
  expect(await page.evaluate(() => history.length)).toBe(entries);

  await search.reload();
  await expect(search.field).toHaveValue('logement agréable');
  await search.expectHit('3.1.1');
  await page.goBack();
  await search.expectTitle('Ce qui a été promis, où en est-on ?');
});

test('going back from a hit finds the words and the hits again', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query('velos');
  await search.hit('Marqueur 3.1.1-m4').click();
  await search.expectTitle(wording('3.1.1-m4'));
  await page.goBack();
  await expect(search.field).toHaveValue('velos');
  await search.expectHit('3.1.1-m4');
});

test('the keyboard goes from the field to the hits and back', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query('logement');
  await expect(search.field).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(search.hits.nth(0)).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(search.hits.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(search.field).toBeFocused();
  await expect(search.field).toHaveValue('logement');

  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const second = await search.hits.nth(1).textContent();
  const id = second?.match(/\d[\d.]*(-[mr]\d+)?/)?.[0] ?? '';
  await page.keyboard.press('Enter');
  await search.expectTitle(wording(id));
});

test('a plain sentence says that nothing was found', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query('xylophone');
  await search.expectNotice('Rien ne correspond à « xylophone ».');
  await expect(page.getByText(exactly('Essayez un seul mot, ou un mot plus court.'))).toBeVisible();
  await expect(search.hits).toHaveCount(0);
  await search.field.fill('');
  await search.expectNotice('Les accents et les pluriels ne comptent pas.');
  await expect(page.getByText(containing('Rien ne correspond'))).toBeHidden();
});

test('everyday words and near results say why they are shown', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query('fêtes');
  await expect(search.hits.filter({ hasText: '3.3.2-m4' })).toContainText(
    containing("En clair : Une place centrale permet d'organiser des fêtes."),
  );
  await search.field.fill('punaize');
  await search.expectHit('3.1.1-m6');
  await search.field.fill('bus licorne');
  await search.expectNotice('Rien avec tous ces mots. Voici le plus proche.');
  await search.expectHit('3.3.3-m1');
});

test('before anything is typed the field has the focus, and themes lead to what is about them', async ({ page }) => {
  const search = new SearchPage(page);
  await search.open('#/recherche');
  await expect(search.field).toBeFocused();
  const themes = search.region('Choisir un thème');
  await themes.getByRole('link', { name: exactly('Bus et vélo') }).click();
  await expect(search.field).toHaveValue('transports');
  await search.expectHit('3.3.3-m1');
  await expect(themes).toHaveCount(0);
  await page.goBack();
  await expect(themes.getByRole('link')).toHaveCount(10);
});

test('the number of hits is announced', async ({ page }) => {
  const search = new SearchPage(page);
  await search.query('oeuvrer');
  await expect(page.getByRole('status').filter({ hasText: exactly('1 résultat') })).toBeVisible();
  await search.field.fill('logement');
  const count = await search.hits.count();
  await search.expectNotice(`${count} résultats`);
});

test('markup in a note or in a query stays text', async ({ page }) => {
  const search = new SearchPage(page);
  const markup = '<img src=x onerror=alert(1)> & <b>gras</b>';
  await search.open('#/objectif/1');
  await new Notes(search).write(markup);
  await search.query('onerror gras');
  await expect(search.hits).toHaveText([exactly(`Ma note · Objectif 1 ${markup}`)]);
  await search.field.fill('<b>xylophone</b>');
  await search.expectNotice('Rien ne correspond à « <b>xylophone</b> ».');
  await expect(page.getByRole('main').getByRole('img')).toHaveCount(0);
});

test('a word is found in every script and in each form that Unicode has for it', async ({ page }) => {
  const texts = {
    nguyen: 'Rappeler Nguye\u0302\u0303n',
    'ŁUKASZ': 'Rappeler Lukasz',
    'чайк': 'ЧАЙКА у реки',
    'σίσυφοσ': 'Ο ΣΙΣΥΦΟΣ',
    efficace: 'Un éclairage eﬃcace',
    'séance': 'La se\u00adance de mai',
    'احمد': 'اسأل أَحْمَد',
  };
  await seedStores(page, recorded(...Object.values(texts).map((text) => ownNote('3.3.3', text))));
  const search = new SearchPage(page);
  await search.open('#/recherche');
  for (const [query, text] of Object.entries(texts)) {
    await search.field.fill(query);
    await expect(search.hits.filter({ hasText: 'Ma note' }), query).toHaveText([containing(text)]);
  }
});
