// Tracking: ticking in the list of all markers, and filtering it.
import { markers, wording } from './convention';
import { expect, test } from './fixtures';
import { ItemPage, Notes, TrackingPage } from './pages';
import { exactly } from './words';

const [BUS, PATHS] = ['3.3.3-m1', '3.3.3-m2'];

test('one tap ticks and undo takes it back', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre');
  await tracking.expectUnticked(BUS);
  await tracking.tick(BUS).click();
  await tracking.expectTicked(BUS);
  await tracking.expectNotice('Coché : atteint. Enregistré.');
  await expect(tracking.row(BUS)).toContainText(/Atteint, aujourd’hui/);

  await tracking.undo();
  await tracking.expectUnticked(BUS);
  await tracking.expectNotice("C'est annulé. Enregistré.");
  await expect(tracking.row(BUS)).not.toContainText('Atteint');
  await tracking.reload();
  await tracking.expectUnticked(BUS);
});

test('a second tap takes the tick away', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre');
  await tracking.tick(BUS).click();
  await tracking.expectTicked(BUS);
  await tracking.tick(BUS).click();
  await tracking.expectUnticked(BUS);
  await tracking.expectNotice('Coche retirée. Enregistré.');
  await tracking.undo();
  await tracking.expectTicked(BUS);
});

test('several deeds are taken back one after the other', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre?objectif=3.3.3');
  await tracking.tick(BUS).click();
  await tracking.tick(PATHS).click();
  await tracking.undo();
  await tracking.expectUnticked(PATHS);
  await tracking.expectTicked(BUS);
  await tracking.undo();
  await tracking.expectUnticked(BUS);
  await expect(tracking.button('Annuler')).toBeHidden();
});

test('the notice goes when it is closed', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre?objectif=3.3.3');
  await tracking.tick(BUS).click();
  await tracking.expectNotice('Coché : atteint.');
  await tracking.button('Fermer').click();
  await expect(tracking.notice('Coché : atteint.')).toBeHidden();
  await expect(tracking.button('Annuler')).toBeHidden();
});

test('all markers are there, by objective', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre');
  await tracking.expectCount('105 marqueurs');
  await expect(tracking.ticks).toHaveCount(markers.length);
  await expect(page.getByRole('main').getByRole('heading', { level: 2 })).toHaveCount(15);
});

test('an objective of any level can be chosen, and the address keeps it', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre');
  for (const [code, count] of [
    ['2', 32],
    ['2.1', 24],
    ['2.1.2', 13],
  ] as const) {
    await tracking.unfold();
    await tracking.objective.selectOption(code);
    await tracking.expectCount(`${count} marqueurs sur 105`);
    await expect(tracking.ticks).toHaveCount(count);
    await expect(page).toHaveURL(new RegExp(`#/suivre\\?objectif=${code}$`));
  }
  await tracking.reload();
  await tracking.unfold();
  await expect(tracking.objective).toHaveValue('2.1.2');
  await expect(tracking.ticks).toHaveCount(13);
});

test('each state can be chosen', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre?objectif=3.3.3');
  await tracking.tick(BUS).click();
  await tracking.unfold();
  for (const [state, word, count] of [
    ['Observés', 'observes', '1 marqueur sur 105'],
    ['Non observés', 'non-observes', '4 marqueurs sur 105'],
    ['Atteint', 'atteint', '1 marqueur sur 105'],
    ['En cours', 'en-cours', '0 marqueur sur 105'],
    ['Pas encore', 'pas-encore', '0 marqueur sur 105'],
    ['Non observable', 'non-observable', '0 marqueur sur 105'],
  ] as const) {
    await tracking.state.selectOption({ label: state });
    await expect(page).toHaveURL(new RegExp(`\\?objectif=3\\.3\\.3&etat=${word}$`));
    await tracking.expectCount(count);
  }
  await expect(page.getByText(exactly('Aucun marqueur ne correspond à ces choix.'))).toBeVisible();
  await tracking.state.selectOption({ label: 'Tous les états' });
  await tracking.expectCount('5 marqueurs sur 105');
});

test('markers with notes can be chosen, combined with the rest, and survive a reload', async ({
  page,
}) => {
  const tracking = new TrackingPage(page);
  const marker = new ItemPage(page);
  await marker.open(`#/marqueur/${BUS}`);
  await new Notes(marker).write('Toutes les dix minutes');
  await marker.open(`#/marqueur/${PATHS}`);
  await new Notes(marker).write('Le passage est dangereux');
  await marker.open('#/suivre');
  await tracking.tick(PATHS).click();

  await tracking.unfold();
  await tracking.withNotes.check();
  await tracking.expectCount('2 marqueurs sur 105');
  await expect(tracking.row(BUS)).toContainText('1 note');
  await tracking.objective.selectOption('3.3');
  await tracking.state.selectOption({ label: 'Non observés' });
  await tracking.expectCount('1 marqueur sur 105');
  await expect(page).toHaveURL(/#\/suivre\?objectif=3\.3&etat=non-observes&notes=avec$/);

  await tracking.reload();
  await expect(tracking.ticks).toHaveCount(1);
  await expect(tracking.tick(BUS)).toBeVisible();
  await expect(tracking.filter).toContainText('Un quartier ouvert · Non observés · Avec une note');
  await tracking.unfold();
  await expect(tracking.withNotes).toBeChecked();

  await tracking.button('Tout montrer').click();
  await tracking.expectCount('105 marqueurs');
  await expect(page).toHaveURL(/#\/suivre$/);
  await expect(tracking.withNotes).not.toBeChecked();
  await expect(tracking.objective).toHaveValue('');
});

test('a row just ticked stays under the finger until the choice changes', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre?objectif=3.3.3&etat=non-observes');
  await expect(tracking.ticks).toHaveCount(5);
  await tracking.tick(BUS).click();
  await tracking.expectTicked(BUS);
  await expect(tracking.ticks).toHaveCount(5);
  await expect(tracking.tick(BUS)).toBeFocused();

  await tracking.unfold();
  await tracking.objective.selectOption('3.3');
  await expect(tracking.tick(BUS)).toBeHidden();
  await tracking.objective.selectOption('3.3.3');
  await expect(tracking.ticks).toHaveCount(4);
});

test('in another order the focus stays while another tab changes what is shown', async ({
  page,
  context,
}) => {
  const elsewhere = new ItemPage(page);
  await elsewhere.open('#/objectif/3.3.3');
  await elsewhere.tick(BUS).click();
  await elsewhere.expectTicked(BUS);
  const tracking = new TrackingPage(await context.newPage());
  await tracking.open('#/suivre?objectif=3.3.3&etat=non-observes');
  await tracking.unfold();
  await tracking.order.selectOption({ label: 'Les jamais vus d’abord' });
  await expect(tracking.tick(BUS)).toBeHidden();
  await tracking.tick(PATHS).focus();
  await elsewhere.tick(BUS).click();
  await expect(tracking.tick(BUS)).toBeVisible();
  await expect(tracking.tick(PATHS)).toBeFocused();
});

test('choosing adds no entry to the history', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open();
  await tracking.goTo('Suivre');
  await tracking.expectTitle('Suivre les marqueurs');
  await tracking.unfold();
  await tracking.objective.selectOption('1.1');
  await tracking.state.selectOption({ label: 'Non observés' });
  await tracking.expectCount('7 marqueurs sur 105');
  await page.goBack();
  await tracking.expectTitle('Ce qui a été promis, où en est-on ?');
});

test('offscreen rows are laid out later, and no row moves', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre');
  await tracking.unfold();
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const skipped = (marker = '') =>
    tracking.tick(marker).evaluate((tick) => !tick.checkVisibility({ contentVisibilityAuto: true }));
  const ids = markers.map(({ id }) => id);
  await expect.poll(() => skipped(ids.at(-1))).toBe(true);
  const whole = await page.evaluate(() => {
    const late = [...document.querySelectorAll('[data-deferred]')];
    if (late.length < 10) throw new Error(`only ${late.length} groups are laid out late`);
    for (const group of late) group.removeAttribute('data-deferred');
    const height = document.documentElement.scrollHeight;
    for (const group of late) group.setAttribute('data-deferred', '');
    return height;
  });
  expect(await height()).toBe(whole);

  // Hidden rows come back with the same height.
  await tracking.objective.selectOption('3');
  await tracking.expectCount('50 marqueurs sur 105');
  await tracking.objective.selectOption('');
  await tracking.expectCount('105 marqueurs');
  expect(await height()).toBe(whole);

  // Returning to the middle of the list restores it.
  const link = tracking.link(wording(ids[60] ?? ''));
  await link.scrollIntoViewIfNeeded();
  const top = async () => (await link.boundingBox())?.y ?? Number.NaN;
  const before = await top();
  await link.click();
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/Suivre/);
  await page.goBack();
  await tracking.expectTitle('Suivre les marqueurs');
  await expect.poll(() => skipped(ids[0])).toBe(true);
  await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(2);
});

test('a person who sets a filter and leaves at once keeps the next address', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre');
  await tracking.unfold();
  await tracking.objective.evaluate((field: HTMLSelectElement) => {
    field.value = '1.1';
    field.dispatchEvent(new Event('change', { bubbles: true }));
    document.querySelector<HTMLElement>('a[href="#/carnet"]')?.click();
  });
  await tracking.expectTitle('Mon carnet');
  await expect(page).toHaveURL(/#\/carnet$/);
  await page.goBack();
  await tracking.expectCount('7 marqueurs sur 105');
  await tracking.objective.evaluate((field: HTMLSelectElement) => {
    field.value = '';
    field.dispatchEvent(new Event('change', { bubbles: true }));
    location.hash = '#/a-propos';
  });
  await tracking.expectTitle('À propos de Jalons');
  await expect(page).toHaveURL(/#\/a-propos$/);
});
