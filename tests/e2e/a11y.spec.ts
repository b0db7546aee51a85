// Accessibility checks for every screen: axe, target sizes, contrast, live regions.
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { Exchange, carnetOf, handed, noteRecord, ownNote } from './carnet';
import { expect, test } from './fixtures';
import { isExposed, misset, motions, overflow, smallTargets, textFaults } from './inspect';
import { App, Notes } from './pages';
import { poll, screens } from './screens';
import { recorded, seedStores, showDraft, showResult } from './state';
import { exactly } from './words';

const RULES = [
  'wcag2a',
  'wcag2aa',
  'wcag21a',
  'wcag21aa',
  'wcag22a',
  'wcag22aa',
  'best-practice',
];

/** The rules whose results depend on the colour scheme. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const isFirst = colorScheme === 'light';
    // The second time, axe is in the page already.
    const axe = new AxeBuilder({ page, axeSource: isFirst ? undefined : 'void axe' });
    const options: Parameters<AxeBuilder['options']>[0] = {
      runOnly: isFirst ? RULES : COLOUR_RULES,
      // Passing rules are listed without details.
      resultTypes: ['violations'],
    };
    // Without legacy mode, axe opens a second page to combine the results of frames from other
    // origins.
    const { violations, passes } = await axe.setLegacyMode().options(options).analyze();
    const found = violations.map(({ id, nodes }) => [
      id,
      ...nodes.slice(0, 3).map(({ html, failureSummary }) => `${html} ${failureSummary}`),
    ]);
    expect.soft(found, `axe, ${colorScheme}`).toEqual([]);
    // An axe that checks nothing finds nothing.
    expect(passes.map(({ id }) => id)).toContain('color-contrast');
  }
}

/** The size of the text, of the navigation's words, and of the navigation. */
function sizes(page: Page): Promise<{ text: number; words: number; bar: number }> {
  return page.evaluate(() => {
    const size = (element: Element | null) => (element ? parseFloat(getComputedStyle(element).fontSize) : NaN);
    const bar = document.querySelector('nav[aria-label=Rubriques]');
    return {
      text: size(document.body),
      words: size(bar?.querySelector('a') ?? null),
      bar: bar?.getBoundingClientRect().height ?? 0,
    };
  });
}

/**
 * Enlarges the text by the root's size, as readers' style sheets do, and by the browser's setting.
 * In a narrow window it grows as far as the longest words allow.
 */
async function expectLargeTextFits(page: Page): Promise<void> {
  const enlarged = async (width: number, height: number, least: number, enlarge: () => Promise<void>) => {
    await page.setViewportSize({ width, height });
    const usual = await sizes(page);
    await enlarge();
    const on = `large text at ${width} px`;
    const { text, words, bar } = await sizes(page);
    expect(text / usual.text, on).toBeGreaterThan(least);
    expect.soft(await textFaults(page), on).toEqual([]);
    // The urn has no navigation.
    if (bar === 0) return;
    expect.soft(words / usual.words, on).toBeGreaterThan(least);
    expect.soft(bar, on).toBeLessThan(height / 5);
    expect.soft(await smallTargets(page), on).toEqual([]);
  };
  const root = (size: string) => () =>
    page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
    }, size);
  await enlarged(320, 640, 1.25, root('200%'));
  await root('')();
  for (const width of [768, 1440]) {
    await enlarged(width, 900, 1.8, root('200%'));
    await root('')();
  }
  const browser = await page.context().newCDPSession(page);
  await enlarged(390, 844, 1.4, async () => {
    await browser.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  });
}

for (const { name, show } of screens) {
  test(`${name}: axe is quiet by day and by night; it fits a small phone, large text and a thumb`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await show(new App(page));
    await expectAccessible(page);
    expect.soft(await overflow(page), 'at 320 px').toEqual([]);
    expect.soft(await smallTargets(page), 'targets').toEqual([]);
    expect.soft(await misset(page), 'typography').toEqual([]);
    await expectLargeTextFits(page);
  });
}

// Between a phone and a desktop the header and the navigation compete for one line, and in its
// current colour the link to this screen has the least contrast.
test('a window of any width has room for the navigation beside the header or below it', async ({ page }) => {
  await new App(page).open('#/a-propos');
  // Wider than any system's font.
  await page.evaluate(() => {
    document.documentElement.style.letterSpacing = '0.06em';
  });
  for (const width of [832, 840, 920, 1000, 1100, 1280]) {
    await page.setViewportSize({ width, height: 700 });
    expect.soft(await textFaults(page), `${width} px`).toEqual([]);
  }
  await expectAccessible(page);
});

test('with forced colours one tab is current, notices have an edge, and choices and legends their marks', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ forcedColors: 'active' });
  const app = await showResult(page, { ...poll('Jugement majoritaire'), own: [] }, { votes: ['1.1.1'] });
  const style = (element: Locator, ...names: string[]) =>
    element.evaluateAll(
      (elements, names) =>
        elements.map((element) => {
          const style = getComputedStyle(element, names.includes('content') ? '::before' : null);
          return names.map((name) => style.getPropertyValue(name));
        }),
      names,
    );
  const [canvas, ink] = await page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement);
    return [backgroundColor, color];
  });
  const tabs = await style(app.sections.getByRole('link'), 'border-top-width');
  expect(tabs.flat().filter((width) => width !== '0px')).toHaveLength(1);

  // As in the chart: the best mention is filled, the others have the patterns of
  // `charts/palette.rs` in one colour on the other.
  const legend = page.locator('li').filter({ hasText: /^(Excellent|Très bien|Bien|Assez bien|Passable|Insuffisant|À rejeter)$/ });
  const samples = await style(legend, 'content', 'background-color', 'background-image');
  expect(samples.map(([, fill]) => fill)).toEqual([ink, ...Array(6).fill(canvas)]);
  const patterns = samples.map(([, , image]) => [...(image ?? '').matchAll(/gradient\((-?\d+deg)?/g)].map(([, angle]) => angle ?? 'level'));
  expect(patterns).toEqual([[], ['-45deg'], ['90deg'], [], ['level'], ['45deg'], ['45deg', '-45deg']]);
  expect(samples.map(([, , image]) => image).join().match(/rgb\([^)]*\)/g)?.every((colour) => colour === ink)).toBe(true);

  const ballot = await showDraft(page, { ...poll('Jugement majoritaire'), title: 'Brouillon' });
  await ballot.link('Voir comme un votant').click();
  await ballot.choose('Jugement majoritaire');
  const mentions = page.getByRole('group').first().locator('label').filter({ hasText: /^(Très bien|Bien)$/ });
  const [chosen, other] = await style(mentions, 'background-color');
  expect(chosen).not.toEqual(other);

  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  await app.expectNotice('Coché : atteint. Enregistré.');
  const [edge] = await style(app.notice('Coché : atteint.').locator('..'), 'border-top-width', 'border-top-style', 'border-top-color');
  expect(edge).toEqual(['1px', 'solid', ink]);
});

// While a text or what is behind it changes colour or fades, its contrast is lower than at rest.
test('what moves is no text and nothing behind one', async ({ page }) => {
  const app = new App(page);
  for (const address of ['#/', '#/objectif/3.1.4']) {
    await app.open(address);
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionProperty, transitionDuration } = getComputedStyle(element);
        return parseFloat(transitionDuration) > 0 ? transitionProperty.split(', ') : [];
      }),
    );
    expect(moving.length, address).toBeGreaterThan(0);
    expect(new Set(moving), address).toEqual(new Set(['border-color']));
  }
  const steps = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        addEventListener('animationstart', () => {
          const effects = document.getAnimations().map(({ effect }) => effect as KeyframeEffect);
          resolve(effects.flatMap((effect) => effect.getKeyframes().flatMap(Object.keys)));
        });
      }),
  );
  await app.tick('3.1.4-m1').click();
  const properties = (await steps).filter((name) => !/^(offset|computedOffset|easing|composite)$/.test(name));
  expect(new Set(properties)).toEqual(new Set(['transform']));
});

test.describe('after a panic', () => {
  test.use({ expectedTrouble: /unreachable|RuntimeError|fire drill/ });

  test('the rescue page is as accessible as the rest', async ({ page }) => {
    const app = new App(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await app.open();
    await page.evaluate(() => dispatchEvent(new Event('jalons:test-panic')));
    await app.expectTitle("Jalons s'est arrêté");
    await page.getByText('Détail technique').click();
    await expectAccessible(page);
    expect.soft(await overflow(page)).toEqual([]);
    expect.soft(await smallTargets(page)).toEqual([]);
    expect.soft(await misset(page)).toEqual([]);
    await expectLargeTextFits(page);
  });
});

test.describe('when the module does not arrive', () => {
  test.use({ expectedTrouble: /Failed to load resource|ERR_FAILED|net::/ });

  test('the sentence that says so is set as the rest', async ({ page }) => {
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto('/');
    await expect(page.getByText('le réseau a peut-être coupé')).toBeVisible();
    expect(await misset(page)).toEqual([]);
  });
});

test('a person who wishes no motion sees none', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const lively = /^home|^a notice|^the note form/;
  for (const { name, show } of screens.filter(({ name }) => lively.test(name))) {
    await show(new App(page));
    expect(await motions(page), name).toEqual([]);
  }
});

// Some screen readers ignore a live region that is added together with its text: it must be exposed
// to assistive technology before its text changes.
test('the region that announces ticks and saves is there before it speaks', async ({ page }) => {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  const region = page
    .getByRole('status')
    .filter({ hasText: exactly('Coché : atteint. Enregistré.') });
  await expect(region).toBeVisible();
  const silent = await region.elementHandle();
  await app.button('Fermer').click();
  await expect(app.button('Fermer')).toBeHidden();
  expect(await silent?.evaluate(isExposed)).toBe(true);
});

test('the region that counts the characters of a note is there before it speaks', async ({
  page,
}) => {
  const app = new App(page);
  const notes = new Notes(app);
  await app.open('#/objectif/3.3.3');
  await notes.begin();
  const silent = notes.region.getByRole('status', { includeHidden: true });
  expect(await silent.evaluate(isExposed)).toBe(true);
  await notes.text.fill('a'.repeat(3990));
  await expect(notes.counter).toHaveText(exactly('Encore 10 caractères'));
});

test('paper has the content and nothing to press', async ({ page }) => {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(app.title).toBeVisible();
  await expect(app.region('Les résultats attendus')).toBeVisible();
  await expect(app.link('Renforcer les fréquences des passages de bus')).toBeVisible();
  await expect(page.getByText('1 observé sur 5, dont 1 atteint')).toBeVisible();
  await expect(app.sections).toBeHidden();
  for (const name of ['Partager', 'Imprimer', 'Écrire une note', 'Annuler', 'Fermer']) {
    await expect(app.button(name)).toBeHidden();
  }
  await expect(page.getByRole('link', { name: 'Chercher' })).toBeHidden();
  const colours = await app.title.evaluate((element) => [
    getComputedStyle(element).color,
    getComputedStyle(document.documentElement).backgroundColor,
  ]);
  expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(255, 255, 255)']);
});

test('the last control can be reached while a notice is shown, on a small phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const app = new Exchange(page);
  await app.openCarnet();
  await app.importFiles(handed('voisine.json', carnetOf([noteRecord('1', '0000000000000001', 'Un')])));
  await app.merge();
  await app.expectNotice('Carnets réunis : 1 élément ajouté ou mis à jour. Enregistré.');
  await app.button('Tout effacer…').click();
  await expect(app.button('Oui, tout effacer')).toBeVisible();
});

test('the printed carnet has its contents and nothing about its storage', async ({ page }) => {
  const app = new Exchange(page);
  await seedStores(page, recorded(ownNote('3.3.3', 'Un arrêt de plus')));
  await app.openCarnet();
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByText('Un arrêt de plus')).toBeVisible();
  await expect(app.holds).toBeVisible();
  for (const name of ['Emporter', 'Réunir des carnets', 'Garder une copie', 'Où sont mes données ?', 'Tout effacer']) {
    await expect(page.getByRole('heading', { name: exactly(name) }), name).toBeHidden();
  }
});

test('the print button opens the browser’s own dialogue', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => Object.assign(window, { printed: true });
  });
  const app = new App(page);
  await app.open('#/texte');
  await app.button('Imprimer').click();
  await expect.poll(() => page.evaluate(() => 'printed' in window)).toBe(true);
});
