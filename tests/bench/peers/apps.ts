// The measured apps, each with a driver: the same few verbs, which run in the page.
//
// An action is done once the page shows it: the driver reads the page, not a model behind it. The
// sheet is the exception, because it paints cells on a canvas, before `tick` returns. Rows are
// found by live collections, so that finding one in a long list is not measured.

/** The actions on a page, once its own scripts have started. */
export interface Driver {
  /** Whether there is a tick to tap yet. */
  isThere(): boolean;
  /** Ticks a marker, or takes its tick back. */
  tick(marker: number): void;
  /** The state of a marker on screen: a different text after each tick. */
  state(marker: number): string;
  /** Shows the markers of one global objective only or, without one, all of them. */
  filter(objective: string): void;
  /** The number of remaining markers on screen. */
  left(): string;
}

declare global {
  interface Window {
    driver: Driver;
  }
}

/** A measured app. */
export interface App {
  /** Its name in the table, and the prefix of its folders. */
  name: string;
  /** The first screen, on which the first tick is tried. */
  first: string;
  /** The screen with all markers, their ticks and the filter. */
  list: string;
  /** Creates `window.driver`; runs in the page before its own scripts. */
  drive: () => void;
}

/** This app: early ticks on its home screen are handled by the page's own script. */
function jalons(): void {
  const ticks = () => document.getElementsByClassName('tick') as HTMLCollectionOf<HTMLElement>;
  window.driver = {
    isThere: () => ticks().length > 0,
    tick: (marker) => ticks()[marker].click(),
    state(marker) {
      const tick = ticks()[marker];
      const said = tick.closest('.marker')?.querySelector('.marker__state')?.textContent;
      return `${tick.getAttribute('aria-pressed')} ${said}`;
    },
    filter(objective) {
      const field = document.querySelector<HTMLSelectElement>('form.filters select');
      if (!field) throw new Error('the screen has no filter');
      field.value = objective;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    left: () => document.querySelector('.tracking__count')?.textContent ?? '',
  };
}

function twin(): void {
  const ticks = () => document.getElementsByClassName('tick') as HTMLCollectionOf<HTMLElement>;
  window.driver = {
    isThere: () => ticks().length > 0,
    tick: (marker) => ticks()[marker].click(),
    state(marker) {
      const tick = ticks()[marker];
      return `${tick.getAttribute('aria-pressed')} ${tick.closest('li')?.querySelector('.state')?.textContent}`;
    },
    filter(objective) {
      const field = document.querySelector<HTMLSelectElement>('#objective');
      if (!field) throw new Error('the twin has no filter');
      field.value = objective;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    },
    left: () => document.querySelector('#shown')?.textContent ?? '',
  };
}

/**
 * TiddlyWiki re-renders its pages some time after a change, so the count is read and not the box
 * alone.
 */
function tiddlywiki(): void {
  const rows = document.getElementsByClassName('marker');
  const box = (marker: number) => rows[marker].getElementsByTagName('input')[0];
  window.driver = {
    isThere: () => rows.length > 0,
    tick: (marker) => box(marker).click(),
    state: (marker) => `${box(marker).checked} ${document.querySelector('.reached')?.textContent}`,
    filter(objective) {
      const field = document.querySelector<HTMLSelectElement>('.tc-tiddler-body select');
      if (!field) throw new Error('the wiki has no filter');
      field.value = objective && `${objective}.`;
      field.dispatchEvent(new Event('change', { bubbles: true }));
    },
    left: () => document.querySelector('.shown')?.textContent ?? '',
  };
}

interface Sheet {
  toggle(marker: number): void;
  text(marker: number): string;
  narrow(objective: string): void;
  rows(): number;
}

function sheet(): void {
  const sheet = () => (window as unknown as { sheet?: Sheet }).sheet as Sheet;
  window.driver = {
    isThere: () => sheet() !== undefined,
    tick: (marker) => sheet().toggle(marker),
    state: (marker) => sheet().text(marker),
    filter: (objective) => sheet().narrow(objective),
    left: () => String(sheet().rows()),
  };
}

/** All apps, this one first. */
export const APPS: App[] = [
  { name: 'jalons', first: '', list: '#/suivre', drive: jalons },
  { name: 'tiddlywiki', first: '', list: '', drive: tiddlywiki },
  { name: 'sheet', first: '', list: '', drive: sheet },
  { name: 'twin', first: '', list: '', drive: twin },
];
