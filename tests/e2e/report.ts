// Page object of the report, and its printed pages, read with Poppler.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { Saved } from './carnet';
import { expect } from './fixtures';
import { App } from './pages';
import { containing, exactly } from './words';

export class Report extends App {
  get sheet(): Locator {
    return this.page.getByRole('article', { name: exactly('Le rapport') });
  }

  get settings(): Locator {
    return this.region('Ce que le rapport contient');
  }

  async openReport(): Promise<void> {
    await this.open('#/bilan/rapport');
    await expect(this.sheet.getByRole('heading', { name: exactly('Comment lire ce bilan') })).toBeVisible();
  }

  /** The notes on an objective. */
  group(title: string): Locator {
    return this.settings.getByRole('group').getByRole('group').filter({ hasText: title });
  }

  /** Unfolds the list of notes, objective by objective. */
  async unfold(): Promise<void> {
    await this.settings.getByText(containing('Choisir les notes une à une')).click();
  }

  /** Presses a download button, and reads the file. */
  async taken(button: 'Markdown' | 'Page HTML'): Promise<Saved> {
    const waiting = this.page.waitForEvent('download');
    await this.button(button).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
  }

  async printed(): Promise<Printed> {
    return new Printed(await this.page.pdf({ preferCSSPageSize: true, printBackground: true }));
  }

  /** Every text of the sheet, in the document's order. */
  async texts(): Promise<string[]> {
    const cells = 'h2, h3, h4, p, dt, dd, li, caption, th, td';
    const texts = await this.sheet.locator(cells).allTextContents();
    return texts.map(tight);
  }

  /** The first and the last cell of each row of a table. */
  async rows(table: Locator): Promise<[string, string][]> {
    const rows = await table.locator('tr').evaluateAll((rows) =>
      rows.map((row) => [row.firstElementChild?.textContent ?? '', row.lastElementChild?.textContent ?? '']),
    );
    return rows.map(([first, last]) => [tight(first), tight(last)]);
  }
}

/** A text without spaces, which printing may change anywhere. */
export function tight(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** A line of a printed page. */
interface Line {
  text: string;
  /** Where it begins and ends, in points from the left. */
  left: number;
  right: number;
  /** Its middle, in points from the top. */
  at: number;
}

/** The lines of a printed page, from top to bottom. */
interface Page {
  width: number;
  height: number;
  lines: Line[];
}

/** The printed pages. */
export class Printed {
  readonly pages: Page[];

  constructor(readonly bytes: Buffer) {
    const folder = mkdtempSync(join(tmpdir(), 'jalons-report-'));
    try {
      const file = join(folder, 'report.pdf');
      writeFileSync(file, bytes);
      const options = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;
      this.pages = pages(execFileSync('pdftotext', ['-bbox', file, '-'], options));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  /** A page's text without spaces. */
  text(page: Page): string {
    return page.lines.map((line) => line.text).join('');
  }

  /** The lines that are less than 5 mm from the edge of their sheet, or beyond it. */
  outside(): string[] {
    const all = this.pages.flatMap(({ width, lines }) => lines.map((line) => ({ width, ...line })));
    return all.filter(({ width, left, right }) => left < 14 || right > width - 14).map(({ text }) => text);
  }

  /** The pages with a line that equals this text. */
  with(line: string): Page[] {
    const wanted = tight(line);
    return this.pages.filter((page) => page.lines.some((line) => line.text === wanted));
  }
}

function pages(xml: string): Page[] {
  const attribute = (tag: string, name: string) =>
    Number(new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1] ?? NaN);
  return xml.split('<page ').slice(1).map((page) => {
    const words = [...page.matchAll(/<word ([^>]*)>(.*?)<\/word>/g)].map(([, tag, text]) => ({
      left: attribute(tag, 'xMin'),
      right: attribute(tag, 'xMax'),
      at: (attribute(tag, 'yMin') + attribute(tag, 'yMax')) / 2,
      text: tight(decoded(text)),
    }));
    words.sort((one, other) => one.at - other.at);
    const lines: { at: number; words: typeof words }[] = [];
    for (const word of words) {
      const line = lines.at(-1);
      if (line && word.at - line.at < 3) line.words.push(word);
      else lines.push({ at: word.at, words: [word] });
    }
    return {
      width: attribute(page, 'width'),
      height: attribute(page, 'height'),
      lines: lines.map(({ at, words }) => ({
        at,
        left: Math.min(...words.map((word) => word.left)),
        right: Math.max(...words.map((word) => word.right)),
        text: words.sort((one, other) => one.left - other.left).map((word) => word.text).join(''),
      })),
    };
  });
}

const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
};

function decoded(text: string): string {
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
