// Page object of the bilan: its charts, their tables, and the day they show.
import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect } from './fixtures';
import { App } from './pages';
import { exactly } from './words';

export class Bilan extends App {
  async openCharts(address = '#/bilan'): Promise<void> {
    await this.open(address);
    await this.expectTitle('Bilan');
  }

  /** A chart with its table, legend and buttons. */
  figure(title: string): Figure {
    return new Figure(this, title);
  }

  get slider(): Locator {
    return this.page.getByRole('slider', { name: exactly('Jour') });
  }

  level(name: 'Globaux' | 'Stratégiques' | 'Opérationnels'): Locator {
    return this.page.getByRole('radio', { name: exactly(name) });
  }
}

/** Properties of a canvas's content. */
export interface Shown {
  /** Whether it has one pixel per device pixel. */
  sharp: boolean;
  /** The number of its colours. */
  colours: number;
  picture: string;
}

/** The texts of an SVG drawing, line by line. */
export function written(svg: Buffer): string[] {
  const texts = svg.toString().matchAll(/<text[^>]*>([^<]*)<\/text>/g);
  return [...texts].map(([, text]) => text?.trim() ?? '');
}

export class Figure {
  readonly region: Locator;

  constructor(
    readonly app: App,
    readonly title: string,
  ) {
    this.region = app.region(title);
  }

  /** The chart, which handles the arrow keys. */
  get chart(): Locator {
    return this.region.getByRole('application');
  }

  get canvas(): Locator {
    return this.chart.locator('canvas');
  }

  /** The description of the selected datum. */
  get reading(): Locator {
    return this.region.getByRole('status').last();
  }

  /** The link of the selected datum. */
  get way(): Locator {
    return this.region.getByRole('link', { name: exactly('Voir de plus près') });
  }

  get table(): Locator {
    return this.region.getByRole('table');
  }

  async showNumbers(): Promise<void> {
    await this.region.getByText(exactly('Voir les chiffres')).click();
    await expect(this.table).toBeVisible();
  }

  /** The cells of the table, row by row. */
  rows(): Promise<string[][]> {
    return this.table.locator('tbody tr').evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
    );
  }

  async sortBy(column: string): Promise<void> {
    await this.table.getByRole('button', { name: exactly(column) }).click();
  }

  async shown(): Promise<Shown> {
    await this.chart.scrollIntoViewIfNeeded();
    return this.canvas.evaluate((element) => {
      const canvas = element as HTMLCanvasElement;
      // The colours are read from a copy, because reading changes how the browser stores the
      // canvas.
      const copy = new OffscreenCanvas(Math.max(canvas.width, 1), Math.max(canvas.height, 1));
      const context = copy.getContext('2d', { willReadFrequently: true });
      context?.drawImage(canvas, 0, 0);
      const drawn = context?.getImageData(0, 0, copy.width, copy.height);
      const colours = new Set(new Uint32Array(drawn?.data.buffer ?? new ArrayBuffer(0)));
      return {
        sharp:
          canvas.width === Math.round(canvas.clientWidth * devicePixelRatio) &&
          canvas.height === Math.round(canvas.clientHeight * devicePixelRatio),
        colours: colours.size,
        picture: canvas.toDataURL(),
      };
    });
  }

  /** Exports the chart. */
  async take(what: 'Image PNG' | 'Dessin SVG' | 'Tableau CSV'): Promise<{ name: string; bytes: Buffer }> {
    const waiting = this.app.page.waitForEvent('download');
    const name = exactly(`${what} : ${this.title}`);
    await this.region.getByRole('button', { name }).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  }
}
