// The list "à regarder", planned days, and disagreements between devices.
import { Exchange, carnetOf, handed, seenRecord } from './carnet';
import { markers } from './convention';
import { expect, test } from './fixtures';
import { AttentionPage, FollowedMarker, SAMIA, TOWN, ViewsPage, storeMerged, followRecord } from './follow';
import { TrackingPage } from './pages';
import { containing, exactly } from './words';

const BUS = '3.3.3-m1';
const STOP = '3.3.3-m2';
const SHOPS = '3.1.4-m1';

// Planned days and stale observations need a fixed date.
test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime('2026-11-23T10:00:00+01:00');
});

test('a planned day is kept, recalled in the list, put off and taken back', async ({ page }) => {
  const marker = new FollowedMarker(page);
  await marker.openMarker(BUS);
  await marker.due.fill('2026-12-01');
  await marker.expectNotice('Échéance notée. Enregistré.');
  await marker.reload();
  await expect(marker.due).toHaveValue('2026-12-01');

  const list = new AttentionPage(page);
  await list.openList();
  const soon = list.under('Échéance proche');
  await expect(soon).toHaveCount(1);
  await expect(soon).toContainText(containing('Échéance le 1er décembre 2026 · Jamais observé'));
  await list.act("Repousser d'un mois", BUS).click();
  await list.expectNotice('Échéance notée. Enregistré.');
  // The row stays in place, and shows its new reason.
  await expect(soon).toContainText('Jamais observé');
  await expect(soon).not.toContainText('décembre');
  await list.undo();
  await expect(soon).toContainText(containing('Échéance le 1er décembre 2026'));

  await marker.openMarker(BUS);
  await expect(marker.due).toHaveValue('2026-12-01');
  await marker.button("Retirer l'échéance").click();
  await marker.expectNotice('Échéance retirée. Enregistré.');
  await expect(marker.due).toHaveValue('');
  await expect(marker.due).toBeFocused();
  await marker.undo();
  await expect(marker.due).toHaveValue('2026-12-01');

  // A day that is being typed when its screen is left was entered.
  await marker.due.focus();
  await page.keyboard.type('12122026');
  await page.evaluate(() => history.back());
  await expect(marker.due).toHaveCount(0);
  await marker.follow(`#/marqueur/${BUS}`);
  await expect(marker.due).toHaveValue('2026-12-12');
});

test('a day that has passed comes first, and is over once the marker is reached', async ({ page }) => {
  const list = new AttentionPage(page);
  await storeMerged(list, [followRecord(BUS, { due: '2026-11-01' }), followRecord(STOP, { due: '2026-11-23' })]);
  await list.openList();
  const due = list.under('Échéance passée');
  await expect(due).toContainText([
    containing('Échéance passée le 1er novembre 2026'),
    containing("Échéance aujourd'hui"),
  ]);
  await list.tick(BUS).click();
  await list.expectTicked(BUS);
  await expect(due.first()).toContainText(containing("C'est noté : plus rien à regarder ici."));
  await list.reload();
  await expect(due).toHaveCount(1);
});

test('a day set on another device counts until this device sets one', async ({ page }) => {
  const marker = new FollowedMarker(page);
  await storeMerged(marker, [followRecord(BUS, { due: '2026-12-10' })]);
  await marker.openMarker(BUS);
  await expect(marker.due).toHaveValue('');
  await expect(marker.region('La suite')).toContainText(
    containing('Échéance du 10 décembre 2026 fixée par : Service de la ville'),
  );
  await marker.due.fill('2028-01-31');
  const list = new AttentionPage(page);
  await list.openList();
  await expect(list.region('Échéance proche')).toHaveCount(0);
});

test('a look that is half a year old is confirmed by one tap', async ({ page }) => {
  const list = new AttentionPage(page);
  await storeMerged(list, [
    seenRecord(BUS, '2026-05-22', 'in-progress', { device: SAMIA }),
    seenRecord(STOP, '2026-05-23', 'in-progress', { device: SAMIA }),
    seenRecord(SHOPS, '2020-01-01', 'reached', { device: SAMIA }),
  ]);
  await list.openList();
  const stale = list.under('Plus regardé depuis six mois');
  await expect(stale).toHaveCount(1);
  await expect(stale).toContainText(containing('En cours, 22 mai 2026'));
  await list.act('Toujours « en cours »', BUS).click();
  await list.expectNotice('Observation notée : en cours. Enregistré.');
  await expect(stale).toContainText(containing("En cours, aujourd'hui"));
  await expect(list.act('Toujours « en cours »', BUS)).toHaveCount(0);
  await list.undo();
  await expect(stale).toContainText(containing('En cours, 22 mai 2026'));
  await list.act('Toujours « en cours »', BUS).click();
  await list.reload();
  await expect(list.region('Jamais observé')).toBeVisible();
  await expect(stale).toHaveCount(0);
});

test('a watched marker is in the list until it is no longer watched', async ({ page }) => {
  const marker = new FollowedMarker(page);
  await storeMerged(marker, [seenRecord(BUS, '2026-11-01', 'in-progress'), followRecord(STOP, { watched: true })]);
  await marker.openMarker(BUS);
  await marker.watched.check();
  await marker.expectNotice('Vous suivez ce marqueur de près. Enregistré.');
  await marker.link('Voir ce qui est à regarder').click();
  const list = new AttentionPage(page);
  await expect(list.under('Suivi de près')).toHaveCount(1);
  await list.act('Ne plus suivre de près', BUS).click();
  await list.expectNotice('Vous ne suivez plus ce marqueur de près. Enregistré.');
  await expect(list.tick(BUS)).toBeVisible();
  await marker.openMarker(BUS);
  await expect(marker.watched).not.toBeChecked();
});

test('of many markers the first five are shown, and the others on demand', async ({ page }) => {
  const list = new AttentionPage(page);
  const old = markers.slice(0, 7).map(({ id }) => seenRecord(id, '2026-01-01', 'not-yet'));
  await storeMerged(list, old);
  await list.openList();
  const stale = list.under('Plus regardé depuis six mois');
  await expect(stale).toHaveCount(5);
  await list.button('Voir les 2 autres').click();
  await expect(stale).toHaveCount(7);
  await expect(list.button('En voir moins')).toBeFocused();
  await list.link(`Voir les ${markers.length - 7} marqueurs jamais observés`).click();
  await new TrackingPage(page).expectCount(`${markers.length - 7} marqueurs sur ${markers.length}`);
});

test('devices that differ stand side by side, with who they are and when they looked', async ({ page }) => {
  const marker = new FollowedMarker(page);
  await storeMerged(marker, [
    seenRecord(BUS, '2026-10-01', 'not-yet', { device: SAMIA }),
    seenRecord(BUS, '2026-10-11', 'in-progress', { device: TOWN }),
    seenRecord(STOP, '2026-10-11', 'reached', { device: TOWN }),
    seenRecord(STOP, '2026-10-11', 'not-yet', { device: SAMIA }),
    seenRecord(SHOPS, '2026-10-11', 'reached', { device: TOWN }),
    seenRecord(SHOPS, '2026-10-12', 'not-observable', { device: SAMIA }),
  ]);
  const views = new ViewsPage(page);
  await views.openList();
  const main = page.getByRole('main');
  await expect(main).toContainText(
    containing('3 marqueurs observés par plusieurs appareils : 2 où les avis diffèrent, 1 sans désaccord.'),
  );
  // The two ends of the scale are farther apart than two neighbours.
  await expect(views.titles).toContainText([STOP, BUS]);
  await expect(views.card(BUS)).toContainText(containing('Habitants : 1 pas encore'));
  await expect(views.card(BUS)).toContainText(containing('Agents : 1 en cours'));
  await expect(views.card(BUS)).toContainText(
    containing("Pour s'accorder, ces 2 appareils devraient bouger de 1 niveau en tout."),
  );
  await expect(views.card(BUS)).toContainText(containing("c'est peut-être un progrès"));
  await expect(views.card(STOP)).toContainText(containing('Les avis qui diffèrent sont du même jour.'));

  await views.card(BUS).getByRole('link').click();
  await expect(marker.views).toHaveCount(2);
  await expect(marker.views).toContainText([
    containing('Service de la ville'),
    containing('Téléphone de Samia'),
  ]);
  await expect(marker.views.first()).toContainText(containing('11 octobre 2026'));
  // This device's own opinion comes first, with its evidence.
  await marker.unfoldDetails();
  await marker.observe('Atteint');
  await marker.prove('Horaires affichés');
  await expect(marker.views).toHaveCount(3);
  await expect(marker.views.first()).toContainText('cet appareil');
  await expect(marker.views.first()).toContainText('Horaires affichés');

  const list = new AttentionPage(page);
  await list.openList();
  await expect(list.under('Avis qui diffèrent')).toHaveCount(2);
  await list.region('Avis qui diffèrent').getByRole('link', { name: /^Voir les avis/ }).first().click();
  await expect(marker.region('Tous les avis')).toBeVisible();
});

test('one device that changes its mind disagrees with nobody', async ({ page }) => {
  const marker = new FollowedMarker(page);
  await storeMerged(marker, [
    seenRecord(BUS, '2026-09-01', 'reached', { device: SAMIA }),
    seenRecord(BUS, '2026-10-01', 'not-yet', { device: SAMIA }),
  ]);
  await marker.openMarker(BUS);
  await expect(marker.history).toHaveCount(2);
  await expect(marker.region('Tous les avis')).toHaveCount(0);
  const views = new ViewsPage(page);
  await views.openList();
  await expect(page.getByRole('main')).toContainText('Un seul appareil a observé');
  await expect(views.link('Réunir des carnets')).toBeVisible();
  await expect(views.titles).toHaveCount(0);
});

test('planned days leave with the carnet and are counted where they arrive', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  const records = [followRecord(BUS, { due: '2026-12-10' }), followRecord(SHOPS, { watched: true })];
  await app.importFiles(handed('voisine.json', carnetOf(records)));
  await expect(app.plan).toContainText(containing('2 échéances et suivis : 2 nouveaux'));
  await app.merge();
  await expect(app.holds).toContainText(containing('2 échéances et suivis'));

  await app.scope.selectOption('3.3.3');
  await app.choose('Fichier Jalons');
  await app.make();
  const { text } = await app.file(() => app.withoutName());
  expect(JSON.parse(text).records).toEqual([records[0]]);
});

test('a day is typed, put off and given up by keyboard alone', async ({ page }) => {
  const marker = new FollowedMarker(page);
  await marker.openMarker(BUS);
  await marker.due.focus();
  // Every key changes the day; only the last value counts.
  await page.keyboard.type('01122026');
  await expect(marker.notice('Échéance notée')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await marker.expectNotice('Échéance notée. Enregistré.');
  await marker.undo();
  await expect(marker.due).toHaveValue('');

  await marker.due.focus();
  await page.keyboard.type('0112');
  await marker.watched.focus();
  await expect(marker.noDay).toHaveText(exactly("Ce jour n'existe pas. Choisissez-le dans le calendrier, entre 1900 et 2999."));
  await page.keyboard.press('Space');
  await expect(marker.watched).toBeChecked();

  const list = new AttentionPage(page);
  await list.openList();
  const stop = list.act('Ne plus suivre de près', BUS);
  await stop.focus();
  await page.keyboard.press('Enter');
  await list.expectNotice('Vous ne suivez plus ce marqueur de près.');
  // The button is gone; the link next to it has the focus.
  await expect(list.region('Suivi de près').getByRole('link', { name: /^Dire où il en est/ })).toBeFocused();
});
