// Page object of the report.
import { readFileSync } from 'node:fs';
import type { Locator } from '@playwright/test';
import type { Saved } from './carnet';
import { expect } from './fixtures';
import { App } from './pages';
import { Printed, tight } from './printed';
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
