// A raw copy restores everything: votes, ballots, papers, drafts, notes.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { Exchange, handed } from './carnet';
import { Consultations, ITEMS, content } from './consult';
import { expect, test } from './fixtures';
import { App, Notes } from './pages';
import { BLANK, type VoteEvents, begun, closed, idOf, noted, opened, seedStores } from './state';
import { type Entries, noteTexts, indexedDbEntries } from './stored';
import { containing, exactly } from './words';

const POLL = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS };
const OF_VERSION_2 = readFileSync(
  resolve('tests/fixtures/hostile/7-copie-brute-avec-consultation.json'),
  'utf8',
);

/** Saves a copy by the button on the screen. */
async function copied(app: App): Promise<string> {
  const download = app.page.waitForEvent('download');
  await app.button('Sauver mes données').first().click();
  return content(await download);
}

/** The entries of IndexedDB without removals and settings about the stores themselves. */
async function cachedBuilds(page: Page): Promise<Entries> {
  const stays = /^jalons\/v1\/(removed|local\/(merge|crowded|exported))/;
  const entries = Object.entries(await indexedDbEntries(page)).filter(
    // Discarded drafts are not restored.
    ([key, text]) => !stays.test(key) && !(key.includes('/draft/') && !('text' in JSON.parse(text))),
  );
  return Object.fromEntries(entries.sort());
}

async function erase(app: Exchange): Promise<void> {
  await app.button('Tout effacer…').click();
  await app.button('Oui, tout effacer').click();
  await app.expectNotice('Tout est effacé.');
}

/** Two votes at the urn and a keyed paper. */
const VOTED: VoteEvents = { votes: ['2.1.1', '1.1.1'], printed: 2, keyed: [BLANK] };

/** The words of a closed vote, and the number of its ballots. */
async function fingerprint(page: Page): Promise<string> {
  return page.getByRole('region', { name: exactly('Vérifier ensemble') }).innerText();
}

test('a closed vote that was erased comes back from the copy with the same words', async ({ page }) => {
  const app = new Consultations(page);
  const carnet = new Exchange(page);
  await seedStores(page, { ...noted('1.2.1', 'Un banc'), ...begun('1.2.1', 'À moitié écr'), ...closed(POLL, VOTED) });
  const vote = `#/consultations/${idOf(POLL)}`;
  await app.open(vote);
  const words = await fingerprint(page);
  await carnet.openCarnet();
  const before = await cachedBuilds(page);

  await carnet.button('Tout effacer…').click();
  const goes = carnet.region('Tout effacer').getByRole('status');
  await expect(goes).toHaveText(
    /^1 note, 1 consultation, 2 bulletins, 1 papier en saisie et 1 brouillon disparaîtront/,
  );
  const download = page.waitForEvent('download');
  await carnet.region('Tout effacer').getByRole('button', { name: exactly('Sauver mes données') }).click();
  const copy = await content(await download);
  await carnet.expectNotice('Elle contient 1 note, 1 consultation, 2 bulletins');
  await carnet.button('Oui, tout effacer').click();
  await carnet.expectNotice('Tout est effacé.');
  await app.list();
  await expect(page.getByText(exactly("Aucune consultation sur cet appareil pour l'instant."))).toBeVisible();

  await carnet.openCarnet();
  await carnet.importFiles(handed('copie.json', copy));
  for (const line of [
    '1 note : 1 nouvelle',
    '1 consultation : 1 nouvelle',
    '2 bulletins : 2 nouveaux',
    '1 papier en saisie : 1 nouveau',
    '1 brouillon : 1 nouveau',
  ]) {
    await expect(carnet.plan).toContainText(containing(line));
  }
  await carnet.merge();
  await carnet.expectNotice('Enregistré.');
  expect(await cachedBuilds(page)).toEqual(before);

  await app.open(vote);
  expect(await fingerprint(page)).toBe(words);
  await app.reload();
  expect(await fingerprint(page)).toBe(words);
  await app.open('#/objectif/1.2.1');
  await expect(new Notes(app).card('Un banc')).toBeVisible();
  await expect(new Notes(app).text).toHaveValue('À moitié écr');
});

test('restoring a copy can be undone, and the same file can be restored again', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  for (const _ of ['once', 'and again']) {
    await app.importFiles(handed('copie.json', OF_VERSION_2));
    await app.merge();
    await app.expectNotice('Enregistré.');
    expect(Object.keys(await cachedBuilds(page)).filter((key) => key.includes('07070707'))).toHaveLength(2);
    await app.button('Annuler la mise en commun').click();
    await app.expectNotice('La mise en commun est annulée : votre carnet est comme avant.');
    expect(Object.keys(await cachedBuilds(page)).filter((key) => /record|0707/.test(key))).toEqual([]);
  }
  await app.reload();
  await new Consultations(page).list();
  await expect(page.getByText(exactly("Aucune consultation sur cet appareil pour l'instant."))).toBeVisible();
});

test('the screen of consultations takes the copy to the same plan', async ({ page }) => {
  const app = new Consultations(page);
  await app.list();
  await app.hand({ name: 'copie.json', text: OF_VERSION_2 });
  const carnet = new Exchange(page);
  await expect(carnet.plan).toContainText(containing('1 consultation : 1 nouvelle'));
  await expect(carnet.plan).toContainText(containing('1 bulletin : 1 nouveau'));
  await carnet.merge();
  await carnet.expectNotice('Enregistré.');
  await app.list();
  await expect(page.getByRole('link', { name: 'Dans la copie brute' })).toContainText('1 bulletin');
});

test.describe('after a panic, with localStorage full and behind', () => {
  test.use({ expectedTrouble: /unreachable|RuntimeError|fire drill/ });

  test('the copy of the rescue page restores the latest versions', async ({ page, browser }) => {
    const app = new Consultations(page);
    const stale = { ...noted('1.2.1', 'Avant'), ...noted('1.2.1', 'À jeter') };
    await seedStores(page, { ...stale, ...opened(POLL, VOTED) });
    await app.open('#/objectif/1.2.1');
    const notes = new Notes(app);
    await notes.delete('À jeter');
    await app.expectNotice('Enregistré.');
    await notes.edit('Avant');
    await notes.text.fill('Après, et bien plus long');
    await notes.save();
    await app.expectNotice('Enregistré.');
    const vote = `#/consultations/${idOf(POLL)}`;
    await app.follow(vote);
    await app.expectCount(2);
    const words = await app.words();
    const before = await cachedBuilds(page);
    // The stores as left by a killed browser without free space.
    await page.evaluate((stale) => {
      localStorage.clear();
      for (const [key, value] of Object.entries(stale)) localStorage.setItem(key, value);
      for (let size = 1 << 20; size > 0; size >>= 1) {
        try {
          for (;;) localStorage.setItem(`filler/${Math.random()}`, 'x'.repeat(size));
        } catch {}
      }
    }, stale);
    await page.evaluate(() => dispatchEvent(new Event('jalons:test-panic')));
    await app.expectTitle("Jalons s'est arrêté");
    const copy = await copied(app);

    await elsewhere(browser, page, async (other) => {
      const carnet = new Exchange(other);
      await carnet.openCarnet();
      await carnet.importFiles(handed('copie.json', copy));
      await carnet.merge();
      await carnet.expectNotice('Enregistré.');
      expect(await cachedBuilds(other)).toEqual(before);
      await expect(new Notes(carnet).card('Après, et bien plus long')).toBeVisible();
      await expect(new Notes(carnet).card('À jeter')).toHaveCount(0);
      const room = new Consultations(other);
      await room.open(vote);
      await expect(other.getByRole('status', { name: 'Empreinte' })).toHaveText(words);
    });
  });
});

/** Runs an action in a browser with empty storage. */
async function elsewhere(browser: Browser, page: Page, act: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({ baseURL: new URL('/', page.url()).href, locale: 'fr-FR' });
  await act(await context.newPage());
  await context.close();
}

test('the notice of a copy names a store that could not be read', async ({ page }) => {
  const app = new Exchange(page);
  await seedStores(page, noted('1.2.1', 'Un banc'));
  await app.openCarnet();
  await page.evaluate(() => {
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('gone', 'InvalidStateError');
    };
  });
  expect(noteTexts(JSON.parse(await copied(app)).entries)).toContain('Un banc');
  await app.expectNotice("la mémoire principale du navigateur n'a pas pu être lue");
});

test('a note edited on this device is newer than that of a copy, and the device keeps its id', async ({ page }) => {
  const app = new Exchange(page);
  await seedStores(page, noted('1.2.1', 'Un banc'));
  await app.openCarnet();
  const copy = JSON.parse(await copied(app));
  const { 'jalons/v1/device': device } = await indexedDbEntries(page);
  copy.entries['jalons/v1/device'] = '0000000000000001';
  await app.open('#/objectif/1.2.1');
  await new Notes(app).edit('Un banc');
  await new Notes(app).text.fill('Deux bancs');
  await new Notes(app).save();
  await app.expectNotice('Enregistré.');
  await app.openCarnet();
  await app.importFiles(handed('copie.json', JSON.stringify(copy)));
  await expect(app.plan).toContainText(containing('1 note : 1 plus ancienne, ignorée'));
  expect((await indexedDbEntries(page))['jalons/v1/device']).toBe(device);
  await expect(new Notes(app).card('Deux bancs')).toBeVisible();
  await erase(app);
});
