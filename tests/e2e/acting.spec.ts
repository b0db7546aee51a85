// Acting on a phone, by touch: levels at the row, others' notes, notices, and choices at 320 pixels.
import type { Locator, Page } from '@playwright/test';
import { noteRecord, ownNote, seenRecord } from './carnet';
import { wording } from './convention';
import { expect, test } from './fixtures';
import { NEIGHBOURS, SAMIA } from './follow';
import { App, ItemPage, MarkerPage, Notes } from './pages';
import { recorded, seedStores } from './state';
import { containing, exactly, startingWith } from './words';

const OBJECTIVE = '#/objectif/3.3.3';
const MARKER = '#/marqueur/3.3.3-m1';

/** The place of an element in the window. */
async function place(element: Locator): Promise<{ top: number; bottom: number; left: number; right: number }> {
  return element.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return { top, bottom, left, right };
  });
}

/** The notice, with its buttons. */
const toast = (page: Page) => page.getByRole('button', { name: exactly('Fermer') }).locator('xpath=../..');

for (const [width, height] of [[390, 844], [320, 640]] as const) {
  test.describe(`${width} pixels wide`, () => {
    test.use({ hasTouch: true, viewport: { width, height } });

    test('a row that was ticked offers the other levels', async ({ page }) => {
      const app = new ItemPage(page);
      await app.open(OBJECTIVE);
      const offer = (marker: string) => app.row(marker).getByRole('group', { name: exactly('Ou plutôt') });
      const level = (marker: string, name: string) => offer(marker).getByRole('button', { name: exactly(name) });
      await expect(app.tick('3.3.3-m1').locator('svg')).toBeHidden();
      await app.tick('3.3.3-m1').tap();
      await app.expectTicked('3.3.3-m1');
      await expect(app.tick('3.3.3-m1').locator('svg')).toBeVisible();
      await expect(app.tick('3.3.3-m1')).toHaveAttribute('aria-expanded', 'true');
      for (const name of ['En cours', 'Pas encore', 'Non observable']) {
        await expect(level('3.3.3-m1', name)).toHaveAttribute('aria-pressed', 'false');
      }
      // The notice covers neither the offer nor the navigation.
      await app.expectNotice('Coché : atteint. Enregistré.');
      const [offered, notice, bar] = [await place(offer('3.3.3-m1')), await place(toast(page)), await place(app.sections)];
      expect(offered.bottom).toBeLessThanOrEqual(notice.top);
      expect(notice.bottom).toBeLessThanOrEqual(bar.top);

      await level('3.3.3-m1', 'Pas encore').tap();
      await expect(app.row('3.3.3-m1')).toContainText(containing("Pas encore, aujourd'hui"));
      await app.expectUnticked('3.3.3-m1');
      await expect(app.tick('3.3.3-m1').locator('svg')).toBeHidden();
      await expect(level('3.3.3-m1', 'Pas encore')).toHaveAttribute('aria-pressed', 'true');
      await app.expectNotice('Observation notée : pas encore. Enregistré.');
      await app.button('Annuler').tap();
      await app.expectTicked('3.3.3-m1');
      await expect(level('3.3.3-m1', 'Pas encore')).toHaveAttribute('aria-pressed', 'false');

      // One row at a time, and the tapped one stays where it is.
      await app.tick('3.3.3-m2').evaluate((tick) => scrollBy(0, tick.getBoundingClientRect().top - 100));
      const before = await place(app.tick('3.3.3-m2'));
      await app.tick('3.3.3-m2').tap();
      await expect(offer('3.3.3-m1')).toBeHidden();
      await expect(offer('3.3.3-m2')).toBeVisible();
      await expect(app.tick('3.3.3-m1')).not.toHaveAttribute('aria-expanded');
      const after = await place(app.tick('3.3.3-m2'));
      expect(Math.abs(after.top - before.top)).toBeLessThanOrEqual(1);

      await app.tick('3.3.3-m2').tap();
      await app.expectUnticked('3.3.3-m2');
      await expect(offer('3.3.3-m2')).toBeHidden();
      await expect(app.tick('3.3.3-m2').locator('svg')).toBeHidden();

      // By keyboard, from the tick on.
      await app.tick('3.3.3-m3').focus();
      await page.keyboard.press('Enter');
      await expect(offer('3.3.3-m3')).toBeVisible();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await expect(level('3.3.3-m3', 'En cours')).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(app.row('3.3.3-m3')).toContainText(containing("En cours, aujourd'hui"));
      await expect(level('3.3.3-m3', 'En cours')).toBeFocused();
      await page.keyboard.press('Control+z');
      await page.keyboard.press('Control+z');
      // What was offered is gone, and the focus is where it began.
      await expect(app.tick('3.3.3-m3')).toBeFocused();

      await app.tick('3.3.3-m2').tap();
      await offer('3.3.3-m2').getByRole('link', { name: exactly('Préciser') }).tap();
      await app.expectTitle(wording('3.3.3-m2'));
      await expect(new MarkerPage(page).level('Atteint')).toHaveAttribute('aria-pressed', 'true');
    });

    test("others' notes stay theirs, and long ones fold", async ({ page }) => {
      const theirs = 'Le banc de la place est cassé.';
      const long = 'Une phrase parmi beaucoup d’autres, pour une note qui n’en finit pas. '.repeat(12);
      await seedStores(
        page,
        recorded(
          ...NEIGHBOURS,
          ownNote('3.3.3-m1', long),
          noteRecord('3.3.3-m1', '00000000000000a1', theirs, { device: SAMIA }),
          seenRecord('3.3.3-m1', '2021-03-12', 'reached', { device: SAMIA }),
        ),
      );
      const marker = new MarkerPage(page);
      const notes = new Notes(marker);
      await marker.open(MARKER);
      const { others } = notes;
      await expect(notes.mine).toHaveCount(1);
      await expect(others.getByRole('article')).toHaveText([/Téléphone de Samia.*au nom d’habitants.*Le banc/s]);
      await expect(marker.history).toHaveText([/Téléphone de Samia/]);

      await others.getByRole('button', { name: startingWith('Reprendre à mon compte la note') }).tap();
      await expect(others).toContainText(
        containing('Ce sera une note à vous. Celle de « Téléphone de Samia » reste telle quelle.'),
      );
      const text = others.getByRole('textbox', { name: exactly('Votre note') });
      await expect(text).toHaveValue(theirs);
      await text.fill('Le banc est réparé.');
      await others.getByRole('button', { name: exactly('Enregistrer') }).tap();
      await expect(notes.mine).toContainText(['Une phrase', 'Le banc est réparé.']);
      await expect(others.getByRole('article')).toHaveText([/Le banc de la place est cassé/]);

      const words = notes.mine.first().getByText('Une phrase');
      const hidden = () => words.evaluate((text) => text.scrollHeight - text.clientHeight);
      expect(await hidden()).toBeGreaterThan(0);
      await page.emulateMedia({ media: 'print' });
      expect(await hidden()).toBe(0);
      await page.emulateMedia({ media: 'screen' });
      const more = notes.mine.first().getByRole('button', { name: exactly('Lire la suite') });
      await more.tap();
      expect(await hidden()).toBe(0);
      await notes.mine.first().getByRole('button', { name: exactly('Replier') }).tap();
      expect(await hidden()).toBeGreaterThan(0);
      // The same names and the same split in the carnet.
      await marker.goTo('Carnet');
      await expect(notes.mine).toHaveCount(2);
      await expect(others.getByRole('article')).toHaveText([/Téléphone de Samia/]);
    });

    test('boxes stand beside their words', async ({ page }) => {
      const app = new MarkerPage(page);
      await app.open(MARKER);
      await new Notes(app).begin();
      await app.unfoldDetails();
      const wrong = () =>
        page.getByRole('main').evaluate((main) => {
          const boxes = [...main.querySelectorAll('label:has(input[type=checkbox], input[type=radio])')];
          const isBeside = (label: Element) => {
            const [box, ...words] = [...label.children].map((child) => child.getBoundingClientRect());
            const [first] = words;
            const follows = words.every((word) => box && word.left >= box.right);
            return follows && box && first && box.bottom > first.top && box.top < first.bottom;
          };
          return boxes.length > 8 ? boxes.filter((label) => !isBeside(label)).map((label) => label.textContent) : ['none'];
        });
      expect(await wrong()).toEqual([]);
      await app.open('#/carnet');
      await expect(app.region('Emporter')).toBeVisible();
      await expect(page.getByRole('checkbox').or(page.getByRole('radio')).first()).toBeVisible();
      const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sideways).toBeLessThanOrEqual(0);
    });
  });
}

test.describe('a notice', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('leaves by itself or by Escape, but not from under the focus', async ({ page }) => {
    await page.clock.install();
    const app = new App(page);
    await app.open(OBJECTIVE);
    await app.tick('3.3.3-m1').tap();
    await app.expectNotice('Coché : atteint. Enregistré.');
    await page.keyboard.press('Escape');
    await expect(app.notice('Coché')).toBeHidden();
    await app.expectTicked('3.3.3-m1');

    await app.tick('3.3.3-m2').tap();
    await app.expectNotice('Coché : atteint. Enregistré.');
    await page.clock.fastForward(14_000);
    await app.expectNotice('Coché : atteint. Enregistré.');
    await app.button('Annuler').focus();
    await page.clock.fastForward(16_000);
    await app.expectNotice('Coché : atteint. Enregistré.');
    await app.tick('3.3.3-m2').focus();
    await page.clock.fastForward(16_000);
    await expect(app.notice('Coché')).toBeHidden();
    await expect(app.button('Annuler')).toBeHidden();
  });

  test('covers no field that is being typed in', async ({ page }) => {
    const marker = new MarkerPage(page);
    await marker.open(MARKER);
    await marker.unfoldDetails();
    await marker.observe('En cours');
    await marker.expectNotice('Observation notée : en cours. Enregistré.');
    await marker.button('Fermer').tap();
    // The field stands where the notice will be.
    await marker.evidence.focus();
    await marker.evidence.evaluate((field) => scrollBy(0, field.getBoundingClientRect().bottom - innerHeight + 90));
    expect((await place(marker.evidence)).bottom).toBeGreaterThan(700);
    await page.evaluate(() => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', ctrlKey: true })));
    await marker.expectNotice("C'est annulé. Enregistré.");
    await expect(marker.evidence).toBeFocused();
    const clear = async () => (await place(toast(page))).top - (await place(marker.evidence)).bottom;
    await expect.poll(clear).toBeGreaterThanOrEqual(0);
  });
});
