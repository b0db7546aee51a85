// A page that others change: browsers translate it, before the app starts or while it is used, and
// extensions mark its words and add elements of their own.
import type { Page } from '@playwright/test';
import { Bilan } from './bilan';
import { seenRecord } from './carnet';
import { decoded } from './codes';
import { Consultations, ITEMS, type Method, type Plan } from './consult';
import { expect, test } from './fixtures';
import { followRecord, SAMIA, storeMerged, TOWN, ViewsPage } from './follow';
import { Notes, SearchPage, TrackingPage } from './pages';
import { BLANK, showRoom, showUrn } from './state';
import { extend, translate, translateOnArrival } from './translator';
import { containing, exactly } from './words';

const BUS = '3.3.3-m1';

const BALLOTS: [Method, string][] = [
  ['Gommettes', '1 gommette sur 3 à placer'],
  ['Approbation', '2 « Oui » sur 4 choix'],
  ['Jugement majoritaire', '2 choix sur 4 sans mention'],
  ['Classement', '2 choix sur 4 à classer'],
];

/** Makes two choices on a ballot, and expects it to show them. */
async function expectToFollow(app: Consultations, method: Method, left: string): Promise<void> {
  await app.choose(method, 0);
  await app.choose(method, method === 'Classement' ? 0 : 1);
  await expect(app.page.getByText(exactly(left))).toBeVisible();
  if (method === 'Gommettes') await expect(app.page.getByText('1', { exact: true })).toHaveCount(2);
  if (method === 'Classement') await expect(app.page.getByText(/^(1er|2e)$/)).toHaveText(['1er', '2e']);
}

for (const [method, left] of BALLOTS) {
  const plan: Plan = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, method, each: 3 };

  test(`a ballot (${method}) that is translated follows the choices`, async ({ page }) => {
    const app = await showUrn(page, plan);
    await app.button('Je vote').click();
    await expect(app.button('Relire mon vote')).toBeVisible();
    await translate(page);
    await expectToFollow(app, method, left);
  });

  test(`a ballot (${method}) of a phone that translates is taken, and counts`, async ({ page, context }) => {
    const room = await showRoom(page, plan);
    const phone = new Consultations(await context.newPage());
    await translateOnArrival(phone.page);
    await phone.open(await room.invitation());
    await expectToFollow(phone, method, left);
    if (method === 'Gommettes') await phone.choose(method, 2);
    await phone.button('Relire mon vote').click();
    await phone.button('Préparer mon bulletin').click();
    await phone.expectTitle('Votre bulletin est prêt');
    const ballot = await decoded(phone.code('Code de votre bulletin'));
    await room.toFront();
    await room.paste(ballot);
    await room.expectAnswer('Bulletin compté. 1 bulletin');
  });
}

/** Ticks, filters, writes a note, searches and looks at the charts, and expects the screens to follow. */
async function expectToWork(page: Page): Promise<void> {
  const tracking = new TrackingPage(page);
  await tracking.tick(BUS).click();
  await tracking.expectNotice('Coché : atteint. Enregistré.');
  await tracking.unfold();
  await tracking.state.selectOption({ label: 'Atteint' });
  await tracking.expectCount('1 marqueur sur 105');
  await expect(tracking.ticks).toHaveCount(1);
  await tracking.state.selectOption({ label: 'Tous les états' });
  await expect(tracking.ticks).toHaveCount(105);

  await tracking.follow(`#/marqueur/${BUS}`);
  const notes = new Notes(tracking);
  await notes.write('Le bus passe');
  await notes.write('Le bus ne passe plus');
  await expect(notes.cards).toHaveCount(2);
  await notes.card('Le bus passe').getByRole('button', { name: /^Supprimer/ }).click();
  await expect(notes.cards).toHaveText([/Le bus ne passe plus/]);

  const search = new SearchPage(page);
  await search.follow('#/recherche');
  await search.field.fill('bus ne passe plus');
  await expect(search.page.getByRole('status').filter({ hasText: exactly('1 résultat') })).toBeVisible();
  await search.field.fill(BUS);
  await expect(search.hits).toHaveCount(2);

  const bilan = new Bilan(page);
  await bilan.follow('#/bilan');
  const standing = bilan.figure('Où en sont les marqueurs');
  await standing.showNumbers();
  expect((await standing.rows())[2]).toEqual([expect.stringContaining('3'), '1', '0', '0', '0', '49', '50']);
  await expect.poll(async () => (await standing.shown()).colours).toBeGreaterThan(2);
}

test('counts, search, notes and charts of a translated page follow what is done', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open('#/suivre');
  await tracking.expectCount('105 marqueurs');
  await translate(page);
  await expectToWork(page);
});

test('a page that is translated before the app starts is not taken for the convention', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await translateOnArrival(page);
  await tracking.open('#/suivre');
  await expectToWork(page);
  // The record is about the convention's wording, and a page that nobody translates says so.
  await page.unrouteAll();
  await tracking.open(`#/marqueur/${BUS}`);
  await tracking.reload();
  await expect(page.getByRole('button', { name: /^Retirer/ })).toBeVisible();
  await expect(page.getByText('Le texte a changé depuis.')).toHaveCount(0);
});

test('extensions that mark words and add elements do no harm', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await extend(page);
  await tracking.open('#/suivre');
  await expectToWork(page);
});

test('names of devices, codes and the words of the fingerprint are not translated', async ({ page, context }) => {
  const views = new ViewsPage(page);
  await storeMerged(views, [
    followRecord(BUS, { due: '2026-12-31' }),
    seenRecord(BUS, '2021-05-03', 'reached', { device: SAMIA }),
    seenRecord(BUS, '2021-05-04', 'not-yet', { device: TOWN }),
  ]);
  await translateOnArrival(page);
  const expectAsTheyAre = async (names: string[]) => {
    for (const name of names) {
      const shown = page.getByText(exactly(name));
      await expect(shown).not.toHaveCount(0);
      for (const one of await shown.all()) expect(await one.evaluate(({ localName }) => localName)).not.toBe('font');
    }
  };
  await views.open(`#/marqueur/${BUS}`);
  await page.locator('main details', { hasText: 'Échéance' }).locator('summary').click();
  await expect(page.getByText(containing('Échéance du 31 décembre 2026 fixée par'))).toBeVisible();
  await expectAsTheyAre(['Téléphone de Samia', 'Service de la ville', BUS]);
  await views.follow('#/carnet');
  await expectAsTheyAre(['Téléphone de Samia', 'Service de la ville']);

  const plan: Plan = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, each: 3 };
  const room = await showRoom(await context.newPage(), plan, { votes: [BLANK] });
  const spoken = await room.words();
  await room.close();
  await expect(room.link('Procès-verbal à imprimer')).toBeVisible();
  await translate(room.page);
  for (const address of [`#/consultations/${room.id}`, `#/consultations/${room.id}/proces-verbal`]) {
    await room.follow(address);
    const words = room.page.locator('[translate="no"]').filter({ hasText: exactly(spoken) });
    await expect(words).not.toHaveCount(0);
    await expect(words.locator('font')).toHaveCount(0);
  }
});
