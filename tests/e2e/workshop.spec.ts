// A workshop on one's own phone, by touch: from the way in on the home screen to a ballot that is
// counted, and the result taken home. Whoever is there has one thing to do at a time.
import type { Browser, Locator, Page } from '@playwright/test';
import { decoded } from './codes';
import { Consultations, type Method, type Plan } from './consult';
import { expect, test } from './fixtures';
import { showRoom } from './state';
import { containing, exactly, startingWith } from './words';

const ITEMS = ['1.1.1', '1.1.2', '1.2.1', '2.1.1', '3.1.2', '3.3.3'];

async function phone(browser: Browser, baseURL: string | undefined, width: number, height: number): Promise<Page> {
  const touch = { hasTouch: true, isMobile: true, viewport: { width, height } };
  const context = await browser.newContext({ baseURL, serviceWorkers: 'block', ...touch });
  return context.newPage();
}

async function box(part: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await part.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  return box;
}

/** The options that can be seen whole, above the bar. */
async function inSight(app: Consultations): Promise<number> {
  const { y: bar } = await box(app.bar);
  let count = 0;
  for (const option of await app.page.getByRole('listitem').filter({ has: app.page.getByRole('group') }).all()) {
    const { y, height } = await box(option);
    if (y >= 0 && y + height <= bar + 1) count += 1;
  }
  return count;
}

/** The bar is at the very bottom, with the counter and the button to the review. */
async function expectBarAtBottom(app: Consultations, counter: string): Promise<void> {
  const { y, height } = await box(app.bar);
  expect(Math.abs(y + height - (app.page.viewportSize()?.height ?? 0))).toBeLessThanOrEqual(1);
  await expect(app.bar.getByText(containing(counter))).toBeInViewport({ ratio: 1 });
  await expect(app.button('Relire mon vote')).toBeInViewport({ ratio: 1 });
}

async function expectStep(page: Page, current: string): Promise<void> {
  const steps = page.getByRole('list', { name: 'Étapes du vote' }).getByRole('listitem');
  await expect(steps).toHaveText(['1 Choisir', '2 Relire', '3 Faire scanner'].map(exactly));
  await expect(page.locator('[aria-current="step"]')).toHaveText(exactly(current));
}

/** Every place to touch is at least 44 px high and wide, and no sentence has a straight apostrophe. */
async function expectFitForFingers(app: Consultations): Promise<void> {
  const targets = app.screen.locator('button, a, summary, label');
  for (const target of await targets.filter({ visible: true }).all()) {
    const { width, height } = await box(target);
    expect(Math.min(width, height), await target.innerText()).toBeGreaterThanOrEqual(43.5);
  }
  expect(await app.screen.innerText()).not.toMatch(/\p{L}'\p{L}/u);
}

for (const [width, height, method] of [
  [320, 640, 'Gommettes'],
  [390, 844, 'Approbation'],
] as [number, number, Method][]) {
  test(`at ${width} px by touch: from the way in to a counted ballot, and the result taken home (${method})`, async ({
    page,
    browser,
    baseURL,
  }) => {
    const plan: Plan = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, method, each: 3 };
    const room = await showRoom(page, plan);
    const invitation = await room.invitation();

    // In: the way for participants leads to the place where an invitation is scanned or opened.
    const app = new Consultations(await phone(browser, baseURL, width, height));
    await app.open();
    await app.page.getByRole('link', { name: startingWith('Je viens à un atelier') }).tap();
    await app.expectTitle('Consultations');
    await expect(app.region('Scanner ou ouvrir mon bulletin')).toBeInViewport();
    await app.paste(invitation);

    // 1 Choisir: nothing but the vote.
    await app.expectTitle('Priorités');
    await expectStep(app.page, '1 Choisir');
    await expect(app.sections).toBeHidden();
    await expect(app.page.getByRole('banner')).toBeHidden();
    await expect(app.link('Quitter le vote')).toBeInViewport();
    const counter = method === 'Gommettes' ? '3 gommettes à placer' : 'Aucun « Oui » pour l’instant';
    await expectBarAtBottom(app, counter);
    await expectFitForFingers(app);
    const options = app.page.getByRole('listitem').filter({ has: app.page.getByRole('group') });
    await expect(options).toHaveCount(ITEMS.length);
    await options.first().evaluate((option) => option.scrollIntoView({ block: 'start' }));
    expect(await inSight(app)).toBeGreaterThanOrEqual(4);
    await expect(app.option('1.2.1')).toHaveAccessibleName('Apprendre et se former 1.2.1');
    await expect(app.option('1.2.1').getByText('1.2.1')).toHaveAttribute('translate', 'no');

    // One line holds minus, the dots and plus.
    if (method === 'Gommettes') {
      const row = app.option('1.2.1');
      const [less, more] = [await box(row.getByRole('button').first()), await box(row.getByRole('button').last())];
      expect(Math.abs(less.y - more.y)).toBeLessThan(1);
      await row.getByRole('button', { name: startingWith('Ajouter une gommette à Apprendre') }).tap();
    } else {
      await app.option('1.2.1').getByRole('checkbox', { name: 'Oui' }).tap();
    }
    const one = method === 'Gommettes' ? '2 gommettes sur 3 à placer' : '1 « Oui » sur 6 choix';
    await expectBarAtBottom(app, one);
    await app.page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
    await expectBarAtBottom(app, one);
    // Focused by keyboard, nothing is under the bar.
    await app.button('Relire mon vote').focus();
    await app.page.keyboard.press('Shift+Tab');
    const focused = await box(app.page.locator(':focus'));
    expect(focused.y + focused.height).toBeLessThanOrEqual((await box(app.bar)).y + 1);

    // Out and back: nothing is lost.
    await app.link('Quitter le vote').tap();
    await app.expectTitle('Consultations');
    await expect(app.sections).toBeVisible();
    await app.region("Votre vote n'est pas fini").getByRole('link', { name: 'Priorités' }).tap();
    await expectBarAtBottom(app, one);

    // 2 Relire
    await app.button('Relire mon vote').tap();
    await app.expectTitle('Votre vote');
    await expectStep(app.page, '2 Relire');
    await expect(app.sections).toBeHidden();
    await expect(app.screen.getByRole('listitem').filter({ hasText: 'Apprendre et se former' })).toBeVisible();
    await expectFitForFingers(app);
    await app.button('Préparer mon bulletin').tap();

    // 3 Faire scanner
    await app.expectTitle('Votre bulletin est prêt');
    await expectStep(app.page, '3 Faire scanner');
    await room.toFront();
    await room.paste(await decoded(app.code('Code de votre bulletin')));
    await room.expectAnswer('Bulletin compté. 1 bulletin');
    await app.toFront();
    await app.button("J'ai remis mon bulletin").tap();
    await app.expectTitle("Merci, c'est fait.");
    await app.list();
    await expect(app.region("Votre vote n'est pas fini")).toHaveCount(0);

    // Closed and concluded: the result's screen offers it to take home.
    await room.toFront();
    await room.close();
    const own = room.region('Ce que nous en concluons');
    await own.getByRole('textbox').first().fill('On commence par apprendre.');
    await own.getByRole('button', { name: exactly('Enregistrer') }).click();
    await expect(own.getByRole('textbox')).toHaveCount(0);
    const link = await decoded(room.code('Code du résultat à emporter'));
    expect(link).toContain('#/consultations/resultat/');
    const words = (await room.region('Vérifier ensemble').getByRole('paragraph').first().innerText()).trim();

    // Opened on a phone that has nothing of the consultation.
    const home = new Consultations(await phone(browser, baseURL, width, height));
    await home.open(link.slice(link.indexOf('#')));
    await home.expectTitle('Priorités');
    await expect(home.region('Le résultat').getByRole('listitem').first()).toContainText('Apprendre et se former');
    await expect(home.region('Le résultat').getByText('1.2.1')).toHaveAttribute('translate', 'no');
    await expect(home.region('La participation')).toContainText(containing('1 bulletin : 1 compté'));
    await expect(home.region('Ce que nous en concluons')).toContainText('On commence par apprendre.');
    await expect(home.region('Vérifier ensemble')).toContainText(words);
    await expect(home.page.getByText(containing('Ce résultat est celui que la personne qui anime a partagé'))).toBeVisible();
    await expect(home.screen.getByRole('textbox')).toHaveCount(0);
    expect(await home.screen.innerText()).not.toMatch(/\p{L}'\p{L}/u);
    const side = await home.page.evaluate(() => document.documentElement.scrollWidth);
    expect(side).toBeLessThanOrEqual(width);
    // Nothing of it stays on the phone.
    await home.list();
    await expect(home.link('Priorités')).toHaveCount(0);
    await home.paste(link);
    await home.expectTitle('Priorités');
    // Cut, it says so.
    await home.open(link.slice(link.indexOf('#'), -8));
    await home.expectTitle('Un résultat');
    await expect(home.page.getByText(containing('Ce lien est incomplet ou abîmé'))).toBeVisible();
    await app.page.context().close();
    await home.page.context().close();
  });
}
