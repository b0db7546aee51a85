// Page object of notes, which look the same on all items' screens and in the carnet.
import { expect, type Locator } from '@playwright/test';
import type { App } from './pages';
import { exactly, startingWith } from './words';

/** The notes on one item. */
export class Notes {
  readonly region: Locator;
  readonly others: Locator;

  constructor(readonly app: App) {
    this.region = app.region('Mes notes');
    this.others = app.region("Notes d'autres appareils");
  }

  get text(): Locator {
    return this.region.getByRole('textbox', { name: exactly('Votre note') });
  }

  /** The notes of this device and of others. */
  get cards(): Locator {
    return this.region.or(this.others).getByRole('article');
  }

  get mine(): Locator {
    return this.region.getByRole('article');
  }

  get refusal(): Locator {
    return this.region.getByRole('alert').filter({ hasText: /\S/ });
  }

  get counter(): Locator {
    return this.region.getByRole('status');
  }

  get private(): Locator {
    return this.region.getByRole('checkbox', { name: startingWith('Garder pour moi') });
  }

  card(text: string): Locator {
    return this.cards.filter({ hasText: text });
  }

  kind(name: 'Constat' | 'Idée' | 'Question' | 'Alerte'): Locator {
    return this.region.getByRole('radio', { name });
  }

  async begin(): Promise<void> {
    await this.region.getByRole('button', { name: exactly('Écrire une note') }).click();
  }

  async save(): Promise<void> {
    await this.region.getByRole('button', { name: exactly('Enregistrer') }).click();
  }

  async close(): Promise<void> {
    await this.region.getByRole('button', { name: exactly('Fermer') }).click();
  }

  async write(text: string): Promise<void> {
    await this.begin();
    await this.text.fill(text);
    await this.save();
    await expect(this.text).toBeHidden();
  }

  async edit(text: string): Promise<void> {
    await this.region.getByRole('button', { name: exactly(`Modifier la note : ${text}`) }).click();
  }

  async delete(text: string): Promise<void> {
    await this.cards.getByRole('button', { name: exactly(`Supprimer la note : ${text}`) }).click();
  }
}
