// Page objects of the screens: verbs and visible names, without implementation details.
import { type Dialog, expect, type Locator, type Page } from '@playwright/test';
import { wording } from './convention';
import { containing, exactly, startingWith } from './words';

export { Notes } from './notes';

/** Elements of every screen. */
export class App {
  constructor(readonly page: Page) {}

  get title(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  get sections(): Locator {
    return this.page.getByRole('navigation', { name: 'Rubriques' });
  }

  /** Opens an address from outside, like a link in a message. */
  async open(address = '#/'): Promise<void> {
    await this.page.goto(`/${address}`);
    await this.started();
  }

  /** Waits until the app has started: the page can be read before, but does not react. */
  async started(): Promise<void> {
    await this.page.waitForFunction(
      () => !document.getElementById('starting') || !document.getElementById('rescue')?.hidden,
    );
    await expect(this.title).toBeVisible();
  }

  /**
   * Brings the tab to the front: browsers paint a background tab once a second, and every click
   * waits for two paints.
   */
  async toFront(): Promise<void> {
    await this.page.bringToFront();
  }

  /** Navigates to another address without reloading the page. */
  async follow(address: string): Promise<void> {
    await this.page.evaluate((fragment) => {
      location.hash = fragment;
    }, address);
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.started();
  }

  async goTo(section: 'Explorer' | 'Suivre' | 'Bilan' | 'Carnet'): Promise<void> {
    await this.sections.getByRole('link', { name: section }).click();
  }

  async expectTitle(title: string): Promise<void> {
    await expect(this.title).toHaveText(exactly(title));
  }

  /** The notice about the last action. */
  notice(words: string): Locator {
    return this.page.getByRole('status').filter({ hasText: containing(words) });
  }

  async expectNotice(words: string): Promise<void> {
    await expect(this.notice(words)).toBeVisible();
  }

  async undo(): Promise<void> {
    await this.button('Annuler').click();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name: exactly(name) });
  }

  link(name: string): Locator {
    return this.page.getByRole('link', { name: exactly(name) });
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name: exactly(name) });
  }

  /** The question that the browser asks when the tab is closed with unsaved data. */
  async askedBeforeClosing(): Promise<Dialog> {
    const asked = this.page.waitForEvent('dialog');
    await this.page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    return question;
  }

  /** Opens the cards of the home screen. */
  async unfold(): Promise<void> {
    await this.page.locator('main .text details').evaluateAll((cards) => {
      for (const card of cards) card.setAttribute('open', '');
    });
  }

  /** The tick button of a marker. */
  tick(marker: string): Locator {
    return this.button(`Atteint : ${wording(marker)}`);
  }

  async expectTicked(marker: string): Promise<void> {
    await expect(this.tick(marker)).toHaveAttribute('aria-pressed', 'true');
  }

  async expectUnticked(marker: string): Promise<void> {
    await expect(this.tick(marker)).toHaveAttribute('aria-pressed', 'false');
  }

  /** A marker's row: its tick, wording and state. */
  row(marker: string): Locator {
    return this.page.getByRole('listitem').filter({ has: this.tick(marker) });
  }

  /** Every tick button on the screen. */
  get ticks(): Locator {
    return this.page.getByRole('button', { name: startingWith('Atteint :') });
  }

  /** Clicks a link and returns the scroll position at that moment. */
  async leaveBy(link: Locator): Promise<number> {
    await this.page.evaluate(() => {
      const remember = () => Object.assign(window, { leftAt: scrollY });
      addEventListener('click', remember, { capture: true, once: true });
    });
    await link.click();
    return this.page.evaluate(() => (window as unknown as { leftAt: number }).leftAt);
  }

  /** The scroll position. */
  scrolled(): Promise<number> {
    return this.page.evaluate(() => scrollY);
  }

  /** Goes to a section, and returns the title at the browser's next paint. */
  async titleAtNextPicture(section: string): Promise<string | undefined> {
    const link = this.sections.getByRole('link', { name: section });
    return link.evaluate(async (link: HTMLElement) => {
      const moved = new Promise((done) => addEventListener('hashchange', done, { once: true }));
      link.click();
      await moved;
      await new Promise(requestAnimationFrame);
      return document.querySelector('h1')?.textContent ?? undefined;
    });
  }
}

/** The lazy chunks of the app, as the browser requests them. */
export class Chunks {
  /** The names of the requested chunks, in order. */
  readonly loaded: string[] = [];

  constructor(readonly page: Page) {
    page.on('request', (sent) => {
      const [, name] = /\/([\w]+)-[0-9a-f]{8}\.wasm$/.exec(new URL(sent.url()).pathname) ?? [];
      if (name && name !== 'jalons') this.loaded.push(name);
    });
  }

  /** Holds a chunk back until the returned function is called. */
  async hold(chunk: string): Promise<() => void> {
    let arrive = () => {};
    const held = new Promise<void>((done) => {
      arrive = done;
    });
    await this.page.route(this.files(chunk), async (route) => {
      await held;
      await route.continue();
    });
    return arrive;
  }

  async refuse(chunk: string): Promise<void> {
    await this.page.route(this.files(chunk), (route) => route.abort());
  }

  async allow(chunk: string): Promise<void> {
    await this.page.unroute(this.files(chunk));
  }

  private files(chunk: string): string {
    return `**/${chunk}-*.wasm`;
  }
}

/** A bar of the home screen, in CSS pixels. */
interface Bar {
  title: string;
  width: number;
  ends: number;
  segments: {
    level: string;
    count: number;
    width: number;
    /** How much wider the segment is than its count with the spacing. */
    room: number;
    /** Whether the count is completely within the segment. */
    isRead: boolean;
    /** Whether the count is completely outside the segment. */
    isCut: boolean;
    ends: number;
  }[];
}

/** The objectives, as cards that open. */
export class Home extends App {
  /** The cards, which the page has before the app starts. */
  get cards(): Locator {
    return this.region('Les objectifs');
  }

  /** A card, or the part of one with an objective and everything below it. */
  branch(code: string): Locator {
    const kind = ['.card', '.strategic', '.objective'][code.split('.').length - 1] ?? '';
    return this.cards.locator(kind, { has: this.page.locator(`a[href="#/objectif/${code}"]`) });
  }

  get chart(): Locator {
    return this.page.getByRole('img', {
      name: exactly('Nombre de marqueurs à chaque état, par objectif'),
    });
  }

  get table(): Locator {
    return this.page.getByRole('table', {
      name: exactly('Nombre de marqueurs à chaque état, par objectif'),
    });
  }

  /** The bars of the chart as painted. */
  bars(): Promise<Bar[]> {
    return this.chart.evaluate((chart) =>
      [...chart.querySelectorAll('p')].map((title) => {
        const bar = title.nextElementSibling;
        const segments = [...(bar?.children ?? [])].map((segment) => {
          const words = segment.firstElementChild ?? segment;
          const [frame, label] = [segment, words].map((element) => element.getBoundingClientRect());
          const { marginLeft, marginRight } = getComputedStyle(words);
          return {
            level: segment.getAttribute('data-level') ?? '',
            count: Number(segment.textContent),
            width: frame.width,
            room: frame.width - label.width - parseFloat(marginLeft) - parseFloat(marginRight),
            // A count wider than its segment wraps below it, where it is cut off.
            isRead: label.bottom <= frame.bottom,
            isCut: label.top >= frame.bottom,
            ends: frame.right,
          };
        });
        const { right, width } = (bar ?? title).getBoundingClientRect();
        return { title: title.textContent ?? '', width, ends: right, segments };
      }),
    );
  }

  objective(code: string): Locator {
    return this.cards.getByRole('link', { name: exactly(`${code} ${wording(code)}`) });
  }

  async showNumbers(): Promise<void> {
    await this.page.getByText('Voir les chiffres').click();
  }
}

/** An objective, a result or a marker. */
export class ItemPage extends App {
  get breadcrumb(): Locator {
    return this.page.getByRole('navigation', { name: exactly('Vous êtes ici') });
  }

  get neighbours(): Locator {
    return this.page.getByRole('navigation', { name: exactly('Objectifs voisins') });
  }

  get results(): Locator {
    return this.region('Les résultats attendus');
  }

  get markers(): Locator {
    return this.region('Les marqueurs de progrès');
  }

  get header(): Locator {
    // Found by its title: just after a link, the former screen with its own headers may still be
    // shown.
    return this.page.locator('main header').filter({ has: this.title });
  }

  neighbour(which: 'Précédent' | 'Suivant'): Locator {
    return this.neighbours.getByRole('link', { name: startingWith(which) });
  }
}

/** A marker with its form and its history. */
export class MarkerPage extends ItemPage {
  get history(): Locator {
    return this.region('Ce qui a été observé').getByRole('listitem');
  }

  get day(): Locator {
    return this.page.getByLabel(exactly('Vu le'));
  }

  get evidence(): Locator {
    return this.page.getByRole('textbox', { name: exactly('À quoi le voit-on ?') });
  }

  get refusal(): Locator {
    return this.page.getByRole('alert').filter({ hasText: /\S/ });
  }

  level(name: 'Pas encore' | 'En cours' | 'Atteint' | 'Non observable'): Locator {
    return this.page.getByRole('button', { name: startingWith(`${name} `) });
  }

  confidence(name: 'Sans avis' | 'Faible' | 'Moyenne' | 'Forte'): Locator {
    return this.page.getByRole('group', { name: 'Certitude' }).getByRole('radio', { name });
  }

  /** Unfolds the fields for the day, the confidence, the evidence and the follow-up. */
  async unfoldDetails(): Promise<void> {
    const details = this.page.getByRole('main').locator('details', { hasText: startingWith('Plus') });
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
    await expect(this.day).toBeVisible();
  }

  /** Taps a level, which saves the observation. */
  async observe(name: Parameters<MarkerPage['level']>[0]): Promise<void> {
    await this.level(name).click();
    await expect(this.level(name)).toHaveAttribute('aria-pressed', 'true');
  }

  /** Types an evidence and leaves its field. */
  async prove(text: string): Promise<void> {
    await this.evidence.fill(text);
    await this.evidence.blur();
  }

  /** Observes another day than the one shown. */
  async observeOn(day: string, name: Parameters<MarkerPage['level']>[0]): Promise<void> {
    const another = this.button('Noter un autre jour');
    if (await another.isVisible()) await another.click();
    await this.day.fill(day);
    await this.observe(name);
  }

  async withdraw(day: string): Promise<void> {
    await this.button(`Retirer l'observation du ${day}`).click();
  }
}

/** The search screen. */
export class SearchPage extends App {
  get field(): Locator {
    return this.page.getByRole('searchbox', {
      name: exactly('Chercher dans la convention et dans vos notes'),
    });
  }

  get hits(): Locator {
    return this.page.getByRole('list', { name: exactly('Résultats de la recherche') }).getByRole('link');
  }

  hit(name: string): Locator {
    return this.hits.filter({ hasText: startingWith(name) });
  }

  /** Opens the screen with this query. */
  async query(words: string): Promise<void> {
    await this.open('#/recherche');
    await this.field.fill(words);
  }

  async expectHit(id: string): Promise<void> {
    await expect(this.hits.filter({ hasText: containing(`${id} ${wording(id)}`) })).toHaveCount(1);
  }
}

/** The tracking screen: all markers and the filters. */
export class TrackingPage extends App {
  get filter(): Locator {
    return this.page.locator('.filters > summary');
  }

  /** Opens the row of filters. */
  override async unfold(): Promise<void> {
    if (await this.objective.isHidden()) await this.filter.click();
  }

  get order(): Locator {
    return this.page.getByRole('combobox', { name: exactly('Ordre') });
  }

  get objective(): Locator {
    return this.page.getByRole('combobox', { name: 'Objectif' });
  }

  get state(): Locator {
    return this.page.getByRole('combobox', { name: 'État' });
  }

  get withNotes(): Locator {
    return this.page.getByRole('checkbox', { name: exactly('Avec une note') });
  }

  async expectCount(words: string): Promise<void> {
    await expect(this.page.getByRole('status').filter({ hasText: exactly(words) })).toBeVisible();
  }
}

/** The carnet screen. */
export class CarnetPage extends App {
  get holds(): Locator {
    return this.region("Ce qu'il contient");
  }
}
