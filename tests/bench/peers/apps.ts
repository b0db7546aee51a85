// What is measured, and how each of them is used: by the same few verbs, which act in the page.
//
// A deed counts as done once the page shows it: what tells it is read off the page, not out of a
// model behind it. The sheet is the exception, because it paints cells on a canvas; it does so
// before `tick` returns. Rows are found by collections that browsers keep, so that finding them in a
// long list is nothing that is measured.

/** What a page can be asked to do, once its own scripts let it. */
export interface Driver {
  /** Whether there is anything to tap yet. */
  isThere(): boolean;
  /** Ticks a marker, or takes its tick back. */
  tick(marker: number): void;
  /** What the page shows of a marker: another text after each tick. */
  state(marker: number): string;
  /** Shows the markers of one global objective only, or, without one, all of them. */
  filter(objective: string): void;
  /** What the page shows of how many markers are left. */
  left(): string;
}

declare global {
  interface Window {
    driver: Driver;
  }
}

/** Something to measure. */
export interface App {
  /** Its name in the table, and the beginning of its folders' names. */
  name: string;
  /** The screen that is opened first, and on which the first tick is tried. */
  first: string;
  /** The screen with all markers, their ticks and the filter. */
  list: string;
  /** Makes `window.driver`; runs in the page before its own scripts. */
  drive: () => void;
}

/** This app: ticks on its home are heard in the page as it was written by the build. */
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

/** Its pages are written anew some time after a change, hence the count and not the box alone. */
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

/** All of them, ours first. */
export const APPS: App[] = [
  { name: 'jalons', first: '', list: '#/suivre', drive: jalons },
  { name: 'tiddlywiki', first: '', list: '', drive: tiddlywiki },
  { name: 'sheet', first: '', list: '', drive: sheet },
  { name: 'twin', first: '', list: '', drive: twin },
];
