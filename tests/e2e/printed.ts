// Printed pages: their words and boxes, read with Poppler.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A text without spaces, which printing may change anywhere. */
export function tight(text: string): string {
  return text.normalize('NFKC').replace(/\s+/g, '');
}

/** A printed word with its box, in points from the top left. */
export interface Word {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** A line of a printed page. */
interface Line {
  text: string;
  /** Its middle, in points from the top. */
  at: number;
}

/** A printed page with its words, and its lines from top to bottom. */
export interface Page {
  width: number;
  height: number;
  words: Word[];
  lines: Line[];
}

/** The printed pages. */
export class Printed {
  readonly pages: Page[];

  constructor(readonly bytes: Buffer) {
    const folder = mkdtempSync(join(tmpdir(), 'jalons-print-'));
    try {
      const file = join(folder, 'printed.pdf');
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

  /** The words that are less than 5 mm from the edge of their sheet, or beyond it. */
  outside(): string[] {
    const off = ({ width, words }: Page) => words.filter(({ left, right }) => left < 14 || right > width - 14);
    return this.pages.flatMap(off).map(({ text }) => text);
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
      top: attribute(tag, 'yMin'),
      bottom: attribute(tag, 'yMax'),
      text: tight(decoded(text)),
    }));
    const middle = ({ top, bottom }: Word) => (top + bottom) / 2;
    words.sort((one, other) => middle(one) - middle(other));
    const lines: { at: number; words: Word[] }[] = [];
    for (const word of words) {
      const line = lines.at(-1);
      if (line && middle(word) - line.at < 3) line.words.push(word);
      else lines.push({ at: middle(word), words: [word] });
    }
    return {
      width: attribute(page, 'width'),
      height: attribute(page, 'height'),
      words,
      lines: lines.map(({ at, words }) => ({
        at,
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
