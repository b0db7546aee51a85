// Keyboard use of everything, with a visible focus at each step.
import type { Locator, Page } from '@playwright/test';
import { Exchange, carnetOf, noteRecord, ownNote, ownSeen } from './carnet';
import { wording } from './convention';
import { expect, test } from './fixtures';
import { focusIsLost, hiddenFocus } from './inspect';
import { App, Home, ItemPage, MarkerPage, Notes, TrackingPage } from './pages';
import { recorded, seedStores } from './state';
import { startingWith } from './words';

// On a phone, the bottom bar and the notice could cover the focused element.
test.use({ viewport: { width: 360, height: 640 } });

/** More stops than any screen needs. */
const STOPS = 160;

/** Presses Tab until `wanted` has the focus; each stop on the way must be visible. */
async function tabTo(wanted: Locator, page: Page, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(wanted).toBeVisible();
  // Located once: looking a name up in a long page at each stop would take most of the time.
  const element = await wanted.elementHandle();
  for (let stop = 0; stop < STOPS; stop += 1) {
    await page.keyboard.press(key);
    const hasFocus = element?.evaluate((element) => element === document.activeElement);
    expect.soft(await hiddenFocus(page)).toBe('');
    if (await hasFocus) return;
  }
  throw new Error(`Tab never came to ${wanted}`);
}

test('the skip link comes first, is seen, and leads past the navigation', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await page.keyboard.press('Tab');
  const skip = home.link('Aller au contenu');
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport({ ratio: 1 });
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  expect(page.url()).not.toContain('contenu');
  await page.keyboard.press('Tab');
  const inMain = await page
    .getByRole('main')
    .evaluate((main) => main.contains(document.activeElement));
  expect(inMain).toBe(true);
  await home.expectTitle('Ce qui a été promis, où en est-on ?');
});

test('open an objective, tick, take it back, tick again, write a note', async ({ page }) => {
  const home = new Home(page);
  await home.open();
  await tabTo(home.link('Aller au contenu'), page);
  await page.keyboard.press('Enter');
  for (const name of ['Un quartier attirant et ouvert', 'Bus, vélo et piétons']) {
    await tabTo(home.cards.locator('summary').filter({ hasText: startingWith(name) }), page);
    await page.keyboard.press('Enter');
  }
  await tabTo(home.objective('3.3.3'), page);
  await page.keyboard.press('Enter');
  const objective = new ItemPage(page);
  await objective.expectTitle(wording('3.3.3'));
  await expect(objective.title).toBeFocused();

  await tabTo(objective.tick('3.3.3-m1'), page);
  await page.keyboard.press('Space');
  await objective.expectTicked('3.3.3-m1');
  await expect(objective.tick('3.3.3-m1')).toBeFocused();
  await tabTo(objective.button('Annuler'), page);
  await page.keyboard.press('Enter');
  await objective.expectUnticked('3.3.3-m1');
  await tabTo(objective.tick('3.3.3-m5'), page, 'Shift+Tab');
  await page.keyboard.press('Enter');
  await objective.expectTicked('3.3.3-m5');

  const notes = new Notes(objective);
  await tabTo(objective.button('Écrire une note'), page);
  await page.keyboard.press('Enter');
  await expect(notes.text).toBeFocused();
  await page.keyboard.type('Sans souris');
  await tabTo(notes.kind('Constat'), page);
  await page.keyboard.press('ArrowRight');
  await expect(notes.kind('Idée')).toBeChecked();
  await tabTo(notes.private, page);
  await page.keyboard.press('Space');
  await expect(notes.private).toBeChecked();
  await tabTo(objective.button('Enregistrer'), page);
  await page.keyboard.press('Enter');
  await expect(notes.cards).toHaveText([/Idée.*Gardée pour moi.*Sans souris/s]);
});

test('go to a section and choose markers', async ({ page }) => {
  const tracking = new TrackingPage(page);
  await tracking.open();
  await tabTo(tracking.sections.getByRole('link', { name: 'Suivre' }), page);
  await page.keyboard.press('Enter');
  await tracking.expectTitle('Suivre les marqueurs');
  await tabTo(tracking.filter, page);
  await page.keyboard.press('Enter');
  await tabTo(tracking.objective, page);
  await page.keyboard.press('ArrowDown');
  await tracking.expectCount('23 marqueurs sur 105');
  await tabTo(tracking.withNotes, page);
  await page.keyboard.press('Space');
  await tracking.expectCount('0 marqueur sur 105');
  await tabTo(tracking.button('Tout montrer'), page);
  await page.keyboard.press('Enter');
  await tracking.expectCount('105 marqueurs');
});

test('observe a marker in full', async ({ page }) => {
  const marker = new MarkerPage(page);
  await marker.open('#/marqueur/3.3.3-m1');
  await tabTo(marker.level('En cours'), page);
  await page.keyboard.press('Enter');
  await expect(marker.level('En cours')).toHaveAttribute('aria-pressed', 'true');
  await tabTo(page.locator('summary').filter({ hasText: startingWith('Plus') }), page);
  await page.keyboard.press('Enter');
  await expect(marker.day).toBeVisible();
  await tabTo(marker.confidence('Sans avis'), page);
  await page.keyboard.press('ArrowRight');
  await expect(marker.confidence('Faible')).toBeChecked();
  await tabTo(marker.evidence, page);
  await page.keyboard.type('Vu');
  await page.keyboard.press('Tab');
  await expect(marker.history).toHaveText([/En cours.*Certitude faible.*Vu/s]);
});

// Buttons that disappear when pressed must not send the focus to the top of the page.
const GOING: [string, (app: App) => Promise<Locator>][] = [
  [
    'undoing',
    async (app) => {
      await app.open('#/objectif/3.3.3');
      await app.tick('3.3.3-m1').click();
      return app.button('Annuler');
    },
  ],
  [
    'closing the notice',
    async (app) => {
      await app.open('#/objectif/3.3.3');
      await app.tick('3.3.3-m1').click();
      return app.button('Fermer');
    },
  ],
  [
    'saving a note',
    async (app) => {
      await app.open('#/objectif/3.3.3');
      await new Notes(app).begin();
      await new Notes(app).text.fill('Un banc');
      return app.button('Enregistrer');
    },
  ],
  [
    'closing a note',
    async (app) => {
      await app.open('#/objectif/3.3.3');
      await new Notes(app).begin();
      return app.button('Fermer');
    },
  ],
  [
    'opening a note again to edit it',
    async (app) => {
      await seedStores(app.page, recorded(ownNote('3.3.3', 'Un banc')));
      await app.open('#/objectif/3.3.3');
      return app.button('Modifier la note : Un banc');
    },
  ],
  [
    'saving an edited note',
    async (app) => {
      await seedStores(app.page, recorded(ownNote('3.3.3', 'Un banc')));
      await app.open('#/objectif/3.3.3');
      await new Notes(app).edit('Un banc');
      await new Notes(app).text.fill('Deux bancs');
      return app.button('Enregistrer');
    },
  ],
  [
    'deleting a note',
    async (app) => {
      await seedStores(app.page, recorded(ownNote('3.3.3', 'Un banc')));
      await app.open('#/objectif/3.3.3');
      return app.button('Supprimer la note : Un banc');
    },
  ],
  [
    'withdrawing an observation',
    async (app) => {
      await seedStores(app.page, recorded(ownSeen('3.3.3-m1')));
      await app.open('#/marqueur/3.3.3-m1');
      return app.page.getByRole('button', { name: /^Retirer/ });
    },
  ],
];

for (const [action, prepare] of GOING) {
  test(`${action} leaves the focus somewhere`, async ({ page }) => {
    const button = await prepare(new App(page));
    await button.focus();
    await page.keyboard.press('Enter');
    // The button may disappear a moment after the action.
    await expect(button.and(page.locator(':focus'))).toHaveCount(0);
    await expect.poll(() => focusIsLost(page)).toBe(false);
  });
}

test('showing all markers again keeps the focus on the button that did it', async ({ page }) => {
  const app = new TrackingPage(page);
  await app.open('#/suivre?objectif=1.1');
  await app.unfold();
  const button = app.button('Tout montrer');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/suivre$/);
  await expect(button).toBeFocused();
});

test('name the device, review texts that may identify a person, and save the file', async ({ page }) => {
  const app = new Exchange(page);
  await seedStores(page, recorded(ownNote('3.3.3', 'Appeler le 03 88 00 00 00')));
  await app.openCarnet();
  await tabTo(app.leaving.getByRole('radio', { name: 'Fichier Jalons' }), page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await tabTo(page.getByRole('textbox', { name: "Nom de l'appareil" }).or(
    page.getByRole('textbox', { name: 'Nom de l’appareil' }),
  ), page);
  await page.keyboard.type('École');
  await page.keyboard.press('Enter');
  await expect(app.review).toBeVisible();
  await tabTo(app.review.getByRole('checkbox'), page);
  await page.keyboard.press('Space');
  const saved = await app.file(async () => {
    await tabTo(app.review.getByRole('button', { name: 'Créer le fichier' }), page);
    await page.keyboard.press('Enter');
  });
  expect(saved.text).toContain('École');
  expect(saved.text).not.toContain('03 88');
  expect(await focusIsLost(page)).toBe(false);
});

test('hand text in, look at the plan, merge, and take it back', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  await tabTo(app.joining.getByText('Coller le texte d’un carnet'), page);
  await page.keyboard.press('Enter');
  await tabTo(app.joining.getByRole('textbox'), page);
  await page.keyboard.insertText(carnetOf([noteRecord('1', '0000000000000001', 'Collée')]));
  await tabTo(app.joining.getByRole('button', { name: 'Lire ce texte' }), page);
  await page.keyboard.press('Enter');
  await tabTo(app.plan.getByRole('button', { name: /^Réunir/ }), page);
  await page.keyboard.press('Enter');
  await expect(new Notes(app).card('Collée')).toBeVisible();
  await tabTo(app.button('Annuler la mise en commun'), page);
  await page.keyboard.press('Enter');
  await expect(new Notes(app).cards).toHaveCount(0);
  await expect.poll(() => focusIsLost(page)).toBe(false);
});
