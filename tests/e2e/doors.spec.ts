// The doors: what a phone shows first, what one tap does, and what somebody who comes back finds.
import { expect, test } from './fixtures';
import { shifted } from './inspect';
import { Home, ItemPage, Notes, SearchPage, TrackingPage } from './pages';
import { opened, seedStores } from './state';
import { containing, exactly, startingWith } from './words';

const PLAN = { title: 'Priorités du quartier', question: 'Par quoi commencer ?', items: ['1.1.1', '3.3.3'] };

/** What people type, and an item that must be among the hits. */
const EVERYDAY = [
  ['déchets', '2.2.1-m1'],
  ['poubelles', '2.2.1-m8'],
  ['crèche', '3.3.1-m6'],
  ['médecin', '1.2.1-m7'],
  ['bruit', '3.1.2-m8'],
  ['tramway', '3.3.3-m4'],
  ['personnes âgées', '2.1.1-m9'],
  ['boulot', '2.1.2'],
  ['trou dans la route', '3.1.2-m3'],
  ['bus plus souvent', '3.3.3-m1'],
  ['punaize', '3.1.1-m6'],
] as const;

for (const viewport of [
  { width: 320, height: 640 },
  { width: 390, height: 844 },
]) {
  test.describe(`on a phone of ${viewport.width} by ${viewport.height}`, () => {
    test.use({ viewport, hasTouch: true, isMobile: true });

    test('the first screen says what it is, one thing to do, and begins the first card; a tick is two taps away', async ({
      page,
    }) => {
      const home = new Home(page);
      await home.open();
      const { y: bar } = (await home.sections.boundingBox()) ?? { y: 0 };
      const isSeen = async (what: ReturnType<Home['link']>, least: number) => {
        const { y, height } = (await what.boundingBox()) ?? { y: bar, height: 0 };
        return Math.min(y + height, bar) - y >= Math.min(least, height);
      };
      await expect(page.getByText(startingWith('3 grands objectifs'))).toBeInViewport({ ratio: 1 });
      const way = home.link('Cocher ce que je vois');
      expect(await isSeen(way, 44)).toBe(true);
      const cards = home.cards.locator('.card');
      await expect(cards).toHaveCount(3);
      expect(await isSeen(cards.first(), 20)).toBe(true);
      // Everything is closed, and the whole page is a few screens long.
      await expect(home.cards.locator('[open]')).toHaveCount(0);
      expect(await page.evaluate(() => document.documentElement.scrollHeight / innerHeight)).toBeLessThan(4.5);

      await way.tap();
      const tracking = new TrackingPage(page);
      await tracking.expectTitle('Suivre les marqueurs');
      await expect(page.getByText(startingWith('Touchez le rond quand'))).toBeInViewport({ ratio: 1 });
      const first = tracking.ticks.first();
      expect(await isSeen(first, 40)).toBe(true);
      await first.tap();
      await tracking.expectNotice('Coché : atteint. Enregistré.');
    });

    test('who comes back finds where they were and a vote in progress, and nothing moves', async ({ page }) => {
      await seedStores(page, opened(PLAN));
      const home = new Home(page);
      await home.open();
      const open = page.getByText(containing('Vote en cours')).getByRole('link', { name: PLAN.title });
      await expect(open).toBeVisible();
      expect(await shifted(page)).toBe(0);
      await expect(page.getByText(containing('Reprendre à'))).toHaveCount(0);

      const item = new ItemPage(page);
      await item.follow('#/objectif/1.1.1');
      await item.tick('1.1.1-m1').tap();
      await item.tick('1.1.1-m2').tap();
      await item.follow('#/objectif/3.3.3');
      await new Notes(item).write('Le bus passe le soir');
      await item.goTo('Explorer');
      const line = page.getByText(startingWith('2 coches, 1 note · Reprendre à'));
      await line.getByRole('link', { name: exactly('Reprendre à Bus, vélo et piétons') }).tap();
      await expect(page).toHaveURL(/#\/objectif\/3\.3\.3$/);

      await home.goTo('Explorer');
      await open.tap();
      await home.expectTitle(PLAN.title);
    });

    test('everyday words lead to something at sight', async ({ page }) => {
      const search = new SearchPage(page);
      await search.open();
      await page.getByRole('link', { name: startingWith('Chercher') }).first().tap();
      await expect(search.field).toBeFocused();
      for (const [words, id] of EVERYDAY) {
        await search.field.fill(words);
        await search.expectHit(id);
        await expect(search.hits.first(), words).toBeInViewport({ ratio: 0.5 });
      }
      await search.hits.first().tap();
      await expect(search.title).not.toHaveText('Chercher');
    });
  });
}

test('a card opens by hand and stays open when one comes back from what it leads to', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  const [card, objective] = ['3', '3.3.3'].map((code) => home.branch(code).locator('> summary'));
  await expect(home.objective('3.3.3')).toBeHidden();
  await card?.click();
  await objective?.click();
  await home.tick('3.3.3-m1').click();
  await expect(objective ?? card ?? page.locator('main')).toContainText('1 observé sur 5');
  await home.objective('3.3.3').click();
  await page.goBack();
  await home.expectTicked('3.3.3-m1');
});

test('the markers can stand in another order, which a tick does not change under the finger', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre?objectif=3.3.3');
  const shown = () => tracking.ticks.evaluateAll((ticks) => ticks.map((tick) => tick.getAttribute('aria-label') ?? ''));
  const text = await shown();
  await tracking.tick('3.3.3-m4').click();
  await tracking.tick('3.3.3-m2').click();
  expect(await shown()).toEqual(text);
  const at = (...places: number[]) => places.map((place) => text[place]);
  await expect(tracking.filter).toContainText('Bus, vélo et piétons');
  await tracking.unfold();
  await tracking.order.selectOption({ label: 'Les derniers notés d’abord' });
  await expect.poll(shown).toEqual(at(1, 3, 0, 2, 4));
  await expect(page).toHaveURL(/\?objectif=3\.3\.3&ordre=recents$/);
  await tracking.tick('3.3.3-m5').click();
  expect(await shown()).toEqual(at(1, 3, 0, 2, 4));
  await tracking.order.selectOption({ label: 'Les jamais vus d’abord' });
  await expect.poll(shown).toEqual(at(0, 2, 1, 3, 4));
  await expect(page).toHaveURL(/&ordre=jamais-vus$/);
  await tracking.reload();
  await expect(tracking.filter).toContainText('Bus, vélo et piétons · Les jamais vus d’abord');
  await expect.poll(shown).toEqual(at(0, 2, 1, 3, 4));
  await tracking.unfold();
  await tracking.order.selectOption({ label: 'Ordre du texte' });
  await expect.poll(shown).toEqual(text);
});
