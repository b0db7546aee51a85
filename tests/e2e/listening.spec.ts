// Reading aloud, with a browser's voices replaced by stubs that the test lets speak.
import type { Page } from '@playwright/test';
import { operationals, shortName, wording } from './convention';
import { expect, test } from './fixtures';
import { ItemPage } from './pages';
import { containing, exactly } from './words';

interface Voice {
  lang: string;
  localService: boolean;
  default?: boolean;
}

/** What the stub was asked to do, in order. */
type Asked = string[];

declare global {
  interface Window {
    asked: Asked;
    /** Ends what is being said, as a voice does: by the event `end` or `error`. */
    finish: (event: 'end' | 'error') => void;
    setVoices: (voices: Voice[]) => void;
  }
}

const LOCAL: Voice = { lang: 'fr_FR', localService: true };
const ONLINE: Voice = { lang: 'fr-FR', localService: false, default: true };
const ENGLISH: Voice = { lang: 'en-US', localService: true, default: true };

/** Replaces the browser's voices. */
async function withVoices(page: Page, voices: Voice[]): Promise<void> {
  await page.addInitScript((given) => {
    let voices = given;
    let said: (EventTarget & { text: string }) | undefined;
    window.asked = [];
    window.SpeechSynthesisUtterance = class extends EventTarget {
      voice?: Voice;
      constructor(readonly text: string) {
        super();
      }
    } as unknown as typeof SpeechSynthesisUtterance;
    class Synthesis extends EventTarget {
      getVoices() {
        return voices;
      }
      speak(utterance: EventTarget & { text: string; voice?: Voice; lang?: string }) {
        window.asked.push(`${utterance.voice?.lang} ${utterance.lang}: ${utterance.text}`);
        said = utterance;
      }
      cancel() {
        window.asked.push('cancel');
        const cancelled = said;
        said = undefined;
        // Some browsers tell the end of what is cancelled, and later.
        queueMicrotask(() => cancelled?.dispatchEvent(new Event('end')));
      }
    }
    const synthesis = new Synthesis();
    Object.defineProperty(window, 'speechSynthesis', { value: synthesis, configurable: true });
    window.finish = (event) => {
      const finished = said;
      said = undefined;
      finished?.dispatchEvent(new Event(event));
    };
    window.setVoices = (now) => {
      voices = now;
      synthesis.dispatchEvent(new Event('voiceschanged'));
    };
  }, voices);
}

const asked = (page: Page) => page.evaluate(() => window.asked);
const last = async (page: Page) => (await asked(page)).at(-1);
const finish = (page: Page, event: 'end' | 'error' = 'end') => page.evaluate((event) => window.finish(event), event);

/** An objective, a marker or a result, with what reads it aloud. */
class Listening extends ItemPage {
  get controls() {
    return this.page.getByRole('group', { name: exactly('Lecture à voix haute') });
  }

  /** What is marked as being read. */
  get read() {
    return this.page.locator('[data-reading]');
  }
}

const OBJECTIVE = operationals.find(({ code }) => code === '1.1.1');

test('an objective is read sentence by sentence, with the keyboard alone, and what is read is marked', async ({ page }) => {
  await withVoices(page, [ENGLISH, ONLINE, LOCAL]);
  const screen = new Listening(page);
  await screen.open('#/objectif/1.1.1');
  await screen.button('Écouter').press('Enter');
  // The device's own voice reads, although another is the system's choice.
  const { title, plain, expected_results, progress_markers } = OBJECTIVE ?? ({} as never);
  const texts = [title, 'En clair :', plain, 'Les résultats attendus', ...expected_results.map(({ text }) => text)];
  texts.push('Les marqueurs de progrès', ...progress_markers.map(({ text }) => text));
  for (const text of texts) {
    await expect(screen.read).toHaveText(exactly(text));
    await expect(screen.read).toBeInViewport();
    expect((await last(page))?.replace(/’/g, "'").replace(/\s/g, ' ')).toBe(`fr_FR fr_FR: ${text}`);
    await expect(screen.button('Pause')).toBeFocused();
    await expect(screen.controls).toBeInViewport();
    await finish(page);
  }
  await expect(screen.read).toHaveCount(0);
  await expect(screen.button('Écouter')).toBeFocused();
  await expect(screen.button('Arrêter')).toBeHidden();
  expect(await asked(page)).toHaveLength(texts.length);
});

test('a pause keeps its place, and stopping or leaving the screen ends the reading', async ({ page }) => {
  await withVoices(page, [LOCAL]);
  const screen = new Listening(page);
  await screen.open('#/marqueur/3.3.3-m1');
  await screen.button('Écouter').click();
  await finish(page);
  await expect(screen.read).toHaveText(exactly('En clair :'));
  await screen.button('Pause').click();
  // The end of the cancelled sentence, which the stub tells, continues nothing.
  await expect(screen.button('Reprendre')).toBeFocused();
  expect(await last(page)).toBe('cancel');
  await expect(screen.read).toHaveText(exactly('En clair :'));
  await screen.button('Reprendre').click();
  await expect(screen.button('Pause')).toBeVisible();
  expect((await last(page))?.replace(/\s/g, ' ')).toBe('fr_FR fr_FR: En clair :');
  await screen.button('Arrêter').click();
  await expect(screen.read).toHaveCount(0);
  await expect(screen.button('Écouter')).toBeFocused();
  expect(await last(page)).toBe('cancel');

  // A voice that fails is said, once.
  await screen.button('Écouter').click();
  await finish(page, 'error');
  await screen.expectNotice("La voix s'est arrêtée");
  await expect(screen.read).toHaveCount(0);

  await screen.button('Écouter').click();
  await screen.neighbour('Suivant').click();
  await screen.expectTitle(wording('3.3.3-m2'));
  expect(await last(page)).toBe('cancel');
  await expect(screen.button('Écouter')).toBeVisible();
});

test('a voice that needs the network asks first, and is used only after a yes', async ({ page }) => {
  await withVoices(page, [ENGLISH, ONLINE]);
  const screen = new Listening(page);
  await screen.open('#/marqueur/3.3.3-m1');
  const warning = page.getByRole('status').filter({ hasText: containing('Cette voix envoie le texte lu à un service en ligne') });
  await screen.button('Écouter').click();
  await expect(warning).toBeVisible();
  await screen.button('Ne pas écouter').click();
  await expect(warning).toBeHidden();
  expect(await asked(page)).toEqual([]);
  await screen.button('Écouter').click();
  await screen.button('Écouter quand même').click();
  await expect(screen.read).toHaveText(exactly(wording('3.3.3-m1')));
  await expect(warning).toBeHidden();
  expect((await asked(page)).length).toBe(1);
  // The answer holds until the page is loaded again.
  await screen.button('Arrêter').click();
  await screen.button('Écouter').click();
  await expect(screen.button('Pause')).toBeVisible();
});

test('without a voice for French there is nothing to press, and voices may arrive late', async ({ page }) => {
  await withVoices(page, [ENGLISH]);
  const screen = new Listening(page);
  await screen.open('#/objectif/3.3.3');
  await screen.expectTitle(wording('3.3.3'));
  await expect(screen.controls).toHaveCount(0);
  await page.evaluate((voice) => window.setVoices([voice]), LOCAL);
  await expect(screen.button('Écouter')).toBeVisible();
  await page.evaluate(() => window.setVoices([]));
  await expect(screen.controls).toHaveCount(0);
  // Without the API at all.
  await page.addInitScript(() => Object.defineProperty(window, 'speechSynthesis', { value: undefined }));
  await screen.reload();
  await screen.expectTitle(wording('3.3.3'));
  await expect(screen.controls).toHaveCount(0);
});

test('a translated page is heard in its language, or in French where no voice of the device speaks it', async ({ page }) => {
  await withVoices(page, [LOCAL]);
  const screen = new Listening(page);
  await screen.open('#/marqueur/3.3.3-m1');
  // Translators replace text nodes and name the new language.
  await page.evaluate(() => {
    document.documentElement.lang = 'tr';
    const words = document.createElement('font');
    words.textContent = 'Bir otobüs';
    document.querySelector('h1 [data-said]')?.replaceChildren(words);
  });
  await screen.button('Écouter').click();
  await expect(screen.read).toHaveText('Bir otobüs');
  expect((await last(page))?.replace(/’/g, "'")).toBe(`fr_FR fr_FR: ${wording('3.3.3-m1')}`);
  await screen.button('Arrêter').click();
  await page.evaluate((voices) => window.setVoices(voices), [LOCAL, { lang: 'tr-TR', localService: true }]);
  await screen.button('Écouter').click();
  await expect(screen.read).toHaveText('Bir otobüs');
  expect(await last(page)).toBe('tr-TR tr-TR: Bir otobüs');
});

test('acronyms of official texts show their meaning where they stand', async ({ page }) => {
  const screen = new ItemPage(page);
  const meaning = (words: string) => page.getByRole('status').filter({ hasText: exactly(words) });
  const qpv = 'QPV : Quartier prioritaire de la politique de la ville';
  await screen.open('#/marqueur/1.1.1-m1');
  const term = screen.title.getByRole('button', { name: 'QPV', exact: true });
  await expect(screen.title).toHaveText(exactly(wording('1.1.1-m1')));
  await term.press('Enter');
  await expect(term).toHaveAttribute('aria-expanded', 'true');
  await expect(meaning(qpv)).toBeVisible();
  await screen.title.getByRole('button', { name: 'LAEP', exact: true }).click();
  await expect(meaning("LAEP : Lieu d'accueil enfants-parents")).toBeVisible();
  await expect(meaning(qpv)).toHaveCount(0);
  await expect(term).toHaveAttribute('aria-expanded', 'false');

  // Under a text that is a link, each once.
  await screen.open('#/objectif/1.1.1');
  const terms = screen.row('1.1.1-m1').getByRole('list', { name: exactly('Sigles de ce texte') });
  await expect(terms.getByRole('button')).toHaveText(['QPV', 'LAEP', 'SIJ', 'MLPE', 'CIO', 'CCAS']);
  await terms.getByRole('button', { name: 'QPV' }).click();
  await expect(meaning(qpv)).toBeVisible();
  await terms.getByRole('button', { name: 'QPV' }).click();
  await expect(meaning(qpv)).toHaveCount(0);
});

test('names are read before codes around an item', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const screen = new ItemPage(page);
  await screen.open('#/objectif/3.3.3');
  await expect(screen.breadcrumb.getByRole('link')).toHaveCount(1);
  await expect(screen.breadcrumb.getByRole('link')).toHaveText(exactly(`${shortName('3.3')} 3.3`));
  await expect(screen.header).toContainText(new RegExp(`^${shortName('3.3.3')}`));
  for (const [which, code] of [['Précédent', '3.3.2']] as const) {
    await expect(screen.neighbour(which)).toHaveText(exactly(`${which}${shortName(code)} ${code}`));
    const card = screen.neighbour(which);
    expect(await card.evaluate((card) => card.scrollWidth <= card.clientWidth)).toBe(true);
  }
});
