// Drafts: another tab that writes about the same item, or deletes the edited note, overwrites no
// draft, and every draft can be found again.
import { expect, test } from './fixtures';
import { Notes } from './notes';
import { App } from './pages';
import { noted, seedStores } from './state';
import { draftTexts, stored, indexedDbEntries } from './stored';
import { containing, exactly } from './words';

const ITEM = '#/objectif/1.2.1';

class Writer extends App {
  readonly notes = new Notes(this);

  /** Types a new note into the form, replacing a draft that it found. */
  async types(text: string): Promise<void> {
    if (!(await this.notes.text.isVisible())) await this.notes.begin();
    await this.notes.text.fill(text);
  }

  /** The drafts that are offered again. */
  get begun() {
    return this.region('Textes commencés');
  }

  /**
   * Waits until this text, typed in another tab, is in IndexedDB: every tab has been notified then.
   * Before that, two tabs that type at once do not know whose draft to move aside.
   */
  async expectStored(text: string): Promise<void> {
    await expect.poll(async () => Object.values(draftTexts(await indexedDbEntries(this.page)))).toContain(text);
  }

  /** The drafts in localStorage. */
  async drafts(): Promise<string[]> {
    return Object.values(draftTexts(await stored(this.page)));
  }
}

test('two tabs write on one item, and the draft of one survives the save of the other', async ({
  page,
  context,
}) => {
  const one = new Writer(page);
  const two = new Writer(await context.newPage());
  await one.open(ITEM);
  await two.open(ITEM);
  await one.types('Le banc est cassé');
  await two.expectStored('Le banc est cassé');
  await two.types('Une boîte à livres');
  // Both drafts are stored, each under a key of its own.
  for (const text of ['Le banc est cassé', 'Une boîte à livres']) {
    await expect.poll(() => one.drafts()).toContain(text);
  }
  await two.notes.save();
  await expect(two.notes.card('Une boîte à livres')).toBeVisible();
  await expect(one.notes.card('Une boîte à livres')).toBeVisible();
  await expect(one.notes.text).toHaveValue('Le banc est cassé');
  await one.toFront();
  const kept = async () => draftTexts(await stored(one.page));
  await expect.poll(kept).toMatchObject({ 'new/1.2.1': 'Le banc est cassé' });
  await one.reload();
  await expect(one.notes.text).toHaveValue('Le banc est cassé');
  await one.notes.save();
  await expect(one.notes.cards).toHaveCount(2);
  await one.reload();
  await expect(one.notes.text).toBeHidden();
  await expect(one.begun).toBeHidden();
});

test('a draft that was put aside and whose tab was closed is found on its item and in the carnet', async ({
  page,
  context,
}) => {
  const gone = new Writer(await context.newPage());
  const here = new Writer(page);
  await gone.open(ITEM);
  await here.open(ITEM);
  await gone.types('Le banc est cassé');
  await here.expectStored('Le banc est cassé');
  await here.types('Une boîte à livres');
  for (const text of ['Le banc est cassé', 'Une boîte à livres']) {
    await expect.poll(() => here.drafts()).toContain(text);
  }
  await gone.page.close();
  await here.reload();
  await expect(here.notes.text).toHaveValue('Une boîte à livres');
  await expect(here.begun.getByRole('textbox', { name: exactly('Votre note') })).toHaveValue('Le banc est cassé');
  await here.open('#/carnet');
  await expect(here.begun).toContainText('Le banc est cassé');
  await expect(here.begun).toContainText('Une boîte à livres');
  // Discarded by mistake, and restored.
  const row = here.begun.getByRole('listitem').filter({ hasText: 'Le banc est cassé' });
  await row.getByRole('button', { name: exactly('Effacer ce brouillon') }).click();
  await expect.poll(() => here.drafts()).not.toContain('Le banc est cassé');
  await row.getByRole('button', { name: exactly('Annuler') }).click();
  await expect.poll(() => here.drafts()).toContain('Le banc est cassé');
  await row.getByRole('link', { name: /^1\.2\.1/ }).click();
  await here.begun.getByRole('button', { name: exactly('Enregistrer') }).click();
  await expect(here.notes.card('Le banc est cassé')).toBeVisible();
  await expect(here.begun).toBeHidden();
});

test('a note that another tab deletes while it is edited leaves its draft', async ({
  page,
  context,
}) => {
  const here = new Writer(page);
  await seedStores(page, noted('1.2.1', 'Le banc est cassé'));
  await here.open(ITEM);
  const there = new Writer(await context.newPage());
  await there.open(ITEM);
  await here.toFront();
  await here.notes.edit('Le banc est cassé');
  await here.notes.text.fill('Le banc est cassé depuis mai');
  await there.toFront();
  await there.notes.delete('Le banc est cassé');
  await here.toFront();
  await expect(here.notes.cards).toHaveCount(0);
  await expect(here.begun).toContainText(containing('a été supprimée ailleurs'));
  const text = here.begun.getByRole('textbox', { name: exactly('Votre note') });
  await expect(text).toHaveValue('Le banc est cassé depuis mai');
  await here.reload();
  await expect(text).toHaveValue('Le banc est cassé depuis mai');
  await text.fill('Le banc est cassé depuis juin');
  await here.begun.getByRole('button', { name: exactly('Enregistrer') }).click();
  await expect(here.notes.card('Le banc est cassé depuis juin')).toBeVisible();
  await expect(here.begun).toBeHidden();
  await here.reload();
  await expect(here.notes.cards).toHaveCount(1);
});
