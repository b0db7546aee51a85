// A page that the browser translates while it is used: Chrome and Safari replace its text nodes by
// nested font elements, and whatever is written into a replaced node shows nothing.
import type { Page } from '@playwright/test';
import { ITEMS, type Method, type Plan } from './consult';
import { expect, test } from './fixtures';
import { SearchPage, TrackingPage } from './pages';
import { showUrn } from './state';
import { exactly } from './words';

const BUS = '3.3.3-m1';

/** Replaces every text of the page as translators do, by the same words in nested font elements. */
async function translate(page: Page): Promise<void> {
  const replaced = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: Text[] = [];
    while (walker.nextNode()) texts.push(walker.currentNode as Text);
    for (const text of texts.filter(({ data }) => data.trim())) {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.append(text.data);
      outer.append(inner);
      text.replaceWith(outer);
    }
    return texts.length;
  });
  expect(replaced).toBeGreaterThan(20);
}

const BALLOTS: [Method, string][] = [
  ['Gommettes', '1 gommette sur 3 à placer'],
  ['Approbation', '2 « Oui » sur 4 choix'],
  ['Jugement majoritaire', '2 choix sur 4 sans mention'],
  ['Classement', '2 choix sur 4 à classer'],
];

for (const [method, left] of BALLOTS) {
  test(`a translated ballot (${method}) follows the choices`, async ({ page }) => {
    const plan: Plan = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, method, each: 3 };
    const app = await showUrn(page, plan);
    await app.button('Je vote').click();
    await expect(app.button('Relire mon vote')).toBeVisible();
    await translate(page);
    await app.choose(method, 0);
    await app.choose(method, method === 'Classement' ? 0 : 1);
    await expect(page.getByText(exactly(left))).toBeVisible();
    if (method === 'Gommettes') await expect(page.getByText('1', { exact: true })).toHaveCount(2);
    if (method === 'Classement') await expect(page.getByText(/^(1er|2e)$/)).toHaveText(['1er', '2e']);
  });
}

test('counts, search and notes of a translated page follow what is done', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre');
  await tracking.expectCount('105 marqueurs');
  await translate(page);
  await tracking.tick(BUS).click();
  await tracking.expectNotice('Coché : atteint. Enregistré.');
  await tracking.state.selectOption({ label: 'Atteint' });
  await tracking.expectCount('1 marqueur sur 105');

  const search = new SearchPage(page);
  await search.open('#/recherche');
  await translate(page);
  await search.field.fill('3.3.3-m1');
  await expect(page.getByRole('status').filter({ hasText: exactly('1 résultat') })).toBeVisible();
});
