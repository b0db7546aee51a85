// Observing a marker: level, day, confidence, evidence, and the history.
import { wording } from './convention';
import { expect, test } from './fixtures';
import { MarkerPage } from './pages';
import { containing, exactly } from './words';

const BUS = '#/marqueur/3.3.3-m1';

// The tests need a fixed date.
test.beforeEach(async ({ page }) => {
  await page.clock.setFixedTime('2021-03-12T10:00:00+01:00');
});

test('each level can be recorded', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await expect(marker.header).toContainText('Non observé');
  for (const [level, words] of [
    ['En cours', 'en cours'],
    ['Non observable', 'non observable'],
    ['Pas encore', 'pas encore'],
    ['Atteint', 'atteint'],
  ] as const) {
    await marker.observe(level);
    await marker.expectNotice(`Observation notée : ${words}. Enregistré.`);
    await expect(marker.header).toContainText(containing(`${level}, aujourd'hui`));
  }
  await marker.reload();
  await expect(marker.header).toContainText(containing("Atteint, aujourd'hui"));
  await expect(marker.level('Atteint')).toHaveAttribute('aria-pressed', 'true');
  await expect(marker.level('Pas encore')).toHaveAttribute('aria-pressed', 'false');
  // The same level again is no second observation.
  await marker.observe('Atteint');
  await expect(marker.notice('Observation notée')).toBeHidden();
  await expect(marker.history).toHaveCount(1);
});

test('what is typed before a level is chosen waits for it', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await expect(
    page.getByText(exactly("Personne n'a encore observé ce marqueur sur cet appareil.")),
  ).toBeVisible();
  await marker.unfoldDetails();
  const waits = marker.notice("Ce sera enregistré dès que vous aurez dit où l'on en est.");
  await expect(waits).toBeHidden();
  await marker.evidence.fill('Vu à l’arrêt');
  await expect(waits).toBeVisible();
  await marker.reload();
  await expect(marker.evidence).toHaveValue('Vu à l’arrêt');
  await expect(page.getByText(exactly('Brouillon retrouvé'))).toBeVisible();
  await expect(marker.history).toHaveCount(0);
  await marker.observe('En cours');
  await expect(marker.history).toHaveText([/En cours.*Vu à l’arrêt/s]);
  await expect(waits).toBeHidden();
  // Leaving the screen leaves the field.
  await marker.evidence.fill('Vu à deux arrêts');
  await marker.follow('#/objectif/3.3.3');
  await marker.expectTitle(wording('3.3.3'));
  await marker.follow(BUS);
  await expect(marker.history).toHaveText([/En cours.*Vu à deux arrêts/s]);
  await marker.goTo('Carnet');
  await expect(marker.region('Textes commencés')).toBeHidden();
});

test('a past day, a confidence and an evidence are kept', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.observe('En cours');
  await marker.unfoldDetails();
  await expect(marker.day).toHaveValue('2021-03-12');
  await marker.day.fill('2020-09-01');
  await expect(marker.history).toHaveText([/En cours.*1er septembre 2020/s]);
  await marker.confidence('Moyenne').check();
  await marker.prove('Horaires affichés à l’arrêt');

  const entry = [/En cours/, /1er septembre 2020/, /Certitude moyenne/, /Horaires affichés/];
  for (const part of entry) await expect(marker.history).toHaveText([part]);
  await marker.reload();
  for (const part of entry) await expect(marker.history).toHaveText([part]);
  await expect(marker.header).toContainText('En cours, 1er septembre 2020');
});

test('a day that has not come is refused', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.unfoldDetails();
  await marker.day.fill('2021-03-13');
  const said = "Le 13 mars 2021 n'est pas encore venu. Choisissez aujourd'hui ou un jour passé.";
  await expect(marker.refusal).toHaveText(exactly(said));
  await marker.level('Atteint').click();
  await expect(marker.day).toBeFocused();
  await expect(marker.refusal).toHaveText(exactly(said));
  await expect(marker.notice(said)).toBeHidden();
  await expect(marker.history).toHaveCount(0);

  await marker.day.fill('');
  await expect(marker.refusal).toHaveText(
    exactly("Ce jour n'existe pas. Choisissez-le dans le calendrier, entre 1900 et 2999."),
  );
  // The level was chosen: what is missing is the day alone.
  await marker.day.fill('2021-03-12');
  await expect(marker.refusal).toBeHidden();
  await expect(marker.history).toHaveText([/Atteint/]);

  await marker.prove('a'.repeat(501));
  await expect(marker.refusal).toHaveText(exactly('Le texte est trop long de 1 caractère.'));
  await marker.evidence.fill('a'.repeat(500));
  await expect(marker.refusal).toBeHidden();
});

test('the history is kept, the latest first', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.unfoldDetails();
  for (const [day, level] of [
    ['2021-01-05', 'En cours'],
    ['2021-02-10', 'Atteint'],
    ['2020-06-30', 'Pas encore'],
  ] as const) {
    await marker.observeOn(day, level);
    await marker.expectNotice('Observation notée');
  }
  const history = [/Atteint\s*10 février 2021/, /En cours\s*5 janvier 2021/, /Pas encore\s*30 juin 2020/];
  await expect(marker.history).toHaveText(history);
  await expect(marker.header).toContainText('Atteint, 10 février 2021');
  await marker.reload();
  await expect(marker.history).toHaveText(history);
});

test('a second observation on the same day replaces the first', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.observe('Atteint');
  await expect(marker.history).toHaveText([/Atteint/]);
  await marker.observe('Pas encore');
  await expect(marker.history).toHaveText([/Pas encore/]);
});

test('a tick keeps the evidence given on the same day', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.observe('En cours');
  await marker.unfoldDetails();
  await marker.prove('Vu à l’arrêt');
  await marker.follow('#/objectif/3.3.3');
  await marker.expectTitle(wording('3.3.3'));
  await marker.tick('3.3.3-m1').click();
  await marker.follow(BUS);
  await expect(marker.history).toHaveText([/Atteint.*Vu à l’arrêt/s]);
});

test('an observation is withdrawn, and undo brings it back', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.unfoldDetails();
  for (const [day, level] of [
    ['2021-01-05', 'En cours'],
    ['2021-02-10', 'Atteint'],
  ] as const) {
    await marker.observeOn(day, level);
  }
  await marker.withdraw('10 février 2021');
  await marker.expectNotice('Observation retirée. Enregistré.');
  await expect(marker.history).toHaveText([/En cours/]);
  await expect(marker.header).toContainText('En cours, 5 janvier 2021');
  await marker.undo();
  await expect(marker.history).toHaveText([/Atteint/, /En cours/]);
  await marker.reload();
  await expect(marker.history).toHaveText([/Atteint/, /En cours/]);
});

test('Ctrl+Z takes back the last action, but not while typing', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.observe('Atteint');
  await expect(marker.history).toHaveCount(1);

  await marker.unfoldDetails();
  await marker.evidence.pressSequentially('Vu');
  await page.keyboard.press('Control+z');
  await expect(marker.history).toHaveCount(1);

  await marker.level('Atteint').focus();
  await page.keyboard.press('Control+z');
  await marker.expectNotice("C'est annulé. Enregistré.");
  await expect(marker.history).toHaveCount(0);
  await expect(marker.header).toContainText('Non observé');

  // By the letter that the layout types, and where it types none of ours, by the place of the key.
  const strikes = (key: string, code: string) =>
    page.evaluate(
      (key) => document.body.dispatchEvent(new KeyboardEvent('keydown', { ...key, ctrlKey: true, bubbles: true })),
      { key, code },
    );
  for (const [key, code] of [['Z', 'KeyZ'], ['z', 'KeyW'], ['я', 'KeyZ']] as const) {
    await marker.observe('Atteint');
    await expect(marker.history).toHaveCount(1);
    await strikes('w', 'KeyZ');
    await strikes(';', 'KeyZ');
    await page.evaluate(() => {
      const filled = new Event('keydown', { bubbles: true });
      document.body.dispatchEvent(Object.assign(filled, { ctrlKey: true }));
    });
    await expect(marker.history).toHaveCount(1);
    await strikes(key, code);
    await expect(marker.history).toHaveCount(0);
  }
});

test('unticking restores the former observation', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.unfoldDetails();
  await marker.observeOn('2021-01-05', 'En cours');
  await marker.follow('#/objectif/3.3.3');
  await marker.tick('3.3.3-m1').click();
  await expect(marker.row('3.3.3-m1')).toContainText(/Atteint, aujourd’hui/);
  await marker.tick('3.3.3-m1').click();
  await expect(marker.row('3.3.3-m1')).toContainText('En cours, 5 janvier 2021');
  await marker.expectUnticked('3.3.3-m1');
});

test('a page left open over midnight knows the new day', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open(BUS);
  await marker.observe('Atteint');
  await expect(marker.header).toContainText(containing("Atteint, aujourd'hui"));
  await page.clock.setFixedTime('2021-03-13T07:00:00+01:00');
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(marker.header).toContainText('Atteint, 12 mars 2021');
  await marker.follow('#/objectif/3.3.3');
  await marker.tick('3.3.3-m2').click();
  await expect(marker.row('3.3.3-m2')).toContainText(/Atteint, aujourd’hui/);
});
