// Removals are permanent. Each kind of stored entry is removed by one tap, and the page is reloaded
// at once, when only one store has the removal; then the browser is killed, which restores an older
// state of `localStorage`.
import type { Locator, Page } from '@playwright/test';
import { Exchange, carnetOf, handed, noteRecord } from './carnet';
import { CODE, Consultations, ITEMS } from './consult';
import { expect, test } from './fixtures';
import { KillableBrowser, newProfile, PAGE_WITHOUT_APP, wasDropped } from './killed';
import { Notes } from './pages';
import { BLANK, type VoteEvents, idOf, opened, recorded, showRoom, showUrn, seedStores } from './state';
import { type Entries, storeInBoth, stored, indexedDbEntries } from './stored';
import { exactly } from './words';

const SPOILT = 'jalons/v1/aside/note/1.2/00c0ffee00c0ffee/0000000000000001';
const POLL = {
  title: 'Priorités',
  question: 'Par quoi commencer ?',
  items: ITEMS,
};

/** Taps a button, and reloads the page before the browser does anything else. */
async function tapAndReload(button: Locator): Promise<void> {
  const loaded = button.page().waitForEvent('load');
  await button.evaluate((button: HTMLElement) => {
    button.click();
    location.reload();
  });
  await loaded;
}

/** The entries left in either store, without removals. */
async function left(page: Page, start: string): Promise<string[]> {
  const keys = (entries: Entries) => Object.keys(entries);
  const all = new Set([...keys(await stored(page)), ...keys(await indexedDbEntries(page))]);
  return [...all].filter((key) => key.startsWith(`jalons/v1/${start}`));
}

/** A note of this device, and another device's version of it. */
const MINE = noteRecord('1.2.1', '0000000000000001', 'Le banc est cassé', { at: 2, device: '00000000000000aa' });
const OLDER = noteRecord('1.2.1', '0000000000000001', 'Le banc est bleu', { at: 1, device: '00000000000000bb' });

/**
 * Opens the carnet with a note, and imports a file with another version of it and a further note.
 */
async function importConflict(app: Exchange, otherEntries: Entries = {}): Promise<void> {
  await seedStores(app.page, { ...recorded(MINE), ...otherEntries });
  await app.openCarnet();
  const file = carnetOf([OLDER, noteRecord('2', '0000000000000002', 'Une boîte à livres')]);
  await app.importFiles(handed('voisine.json', file));
  await app.merge();
  await expect(app.conflictLosers).toContainText('Le banc est bleu');
}

/** A ballot, and a keyed paper. */
const VOTED: VoteEvents = { votes: ['2.1.1'], printed: 2, keyed: [BLANK] };

/** The button that deletes the consultation on the screen. */
async function toDelete(app: Consultations): Promise<Locator> {
  await app.button('Supprimer de cet appareil').click();
  return app.button('Oui, supprimer');
}

test.describe('the page is loaded again at once:', () => {
  test('a version that was given up', async ({ page }) => {
    const app = new Exchange(page);
    await importConflict(app);
    await app.expectNotice('Enregistré');
    await tapAndReload(app.conflictLosers.getByRole('button', { name: exactly('Ne pas la garder') }));
    await app.started();
    await expect(new Notes(app).card('Le banc est cassé')).toBeVisible();
    await expect.poll(() => left(page, 'lost/')).toEqual([]);
    await expect(app.conflictLosers).toHaveCount(0);
    await app.reload();
    await expect(app.conflictLosers).toHaveCount(0);
  });

  test('a version that was brought back', async ({ page }) => {
    const app = new Exchange(page);
    await importConflict(app);
    await tapAndReload(app.conflictLosers.getByRole('button', { name: exactly('Rétablir') }));
    await app.started();
    await expect(new Notes(app).card('Le banc est bleu')).toBeVisible();
    await expect.poll(() => left(page, 'lost/')).toEqual([]);
    await expect(app.conflictLosers).toHaveCount(0);
  });

  test('one that is set aside once more after it was given up waits again', async ({ page }) => {
    const app = new Exchange(page);
    await importConflict(app);
    for (const _ of ['the same file', 'and again']) {
      const [lost] = await left(page, 'lost/');
      await tapAndReload(app.conflictLosers.getByRole('button', { name: exactly('Ne pas la garder') }));
      await app.started();
      await expect.poll(() => left(page, 'lost/')).toEqual([]);
      await app.importFiles(handed('voisine.json', carnetOf([OLDER])));
      await app.plan.getByRole('button', { name: /^Mettre de côté|^Réunir/ }).click();
      await expect(app.conflictLosers).toContainText('Le banc est bleu');
      await app.reload();
      await expect(app.conflictLosers).toContainText('Le banc est bleu');
      expect(await left(page, 'lost/')).toEqual([lost]);
    }
  });

  test('a merge that was taken back is so, or can still be', async ({ page }) => {
    const app = new Exchange(page);
    await importConflict(app);
    await tapAndReload(app.button('Annuler la mise en commun'));
    await app.started();
    const again = app.button('Annuler la mise en commun');
    const notes = new Notes(app).cards;
    await expect(async () => {
      expect(await notes.count()).toBe((await again.count()) === 1 ? 2 : 1);
    }).toPass();
    if ((await again.count()) === 1) {
      await again.click();
      await app.expectNotice('La mise en commun est annulée');
      await app.reload();
    }
    await expect.poll(() => notes.allInnerTexts()).toEqual([expect.stringContaining('Le banc est cassé')]);
  });

  test('the draft of a note that was written', async ({ page }) => {
    const app = new Exchange(page);
    await app.open('#/objectif/1.2.1');
    const notes = new Notes(app);
    await notes.begin();
    await notes.text.fill('Un banc');
    await expect.poll(async () => Object.values(await indexedDbEntries(page)).join()).toContain('Un banc');
    await tapAndReload(notes.region.getByRole('button', { name: exactly('Enregistrer') }));
    await app.started();
    await expect(notes.card('Un banc')).toBeVisible();
    await expect(notes.text).toBeHidden();
  });

  test('a consultation with its ballots and its papers', async ({ page }) => {
    const app = await showRoom(page, POLL, VOTED);
    await app.expectCount(1);
    for (const kind of ['consultation/', 'ballot/', 'paper/']) {
      await expect.poll(() => left(page, kind)).toHaveLength(1);
    }
    await tapAndReload(await toDelete(app));
    await app.list();
    await expect(page.getByText('Aucune consultation')).toBeVisible();
    for (const kind of ['consultation/', 'ballot/', 'paper/']) {
      await expect.poll(() => left(page, kind)).toEqual([]);
    }
    await app.reload();
    await expect(page.getByText('Aucune consultation')).toBeVisible();
  });

  test('that the device is the urn', async ({ page }) => {
    const app = await showUrn(page, POLL);
    await app.button("Quitter l'urne").click();
    await app.field("Code de l'animateur").fill(CODE);
    await tapAndReload(app.button('Quitter'));
    await app.started();
    await expect(app.button("Faire de cet appareil l'urne")).toBeVisible();
    await expect.poll(() => left(page, 'local/urn')).toEqual([]);
  });

  test('everything, with the unreadable bytes', async ({ page }) => {
    const app = new Exchange(page);
    await importConflict(app);
    await app.expectNotice('Enregistré');
    await storeInBoth(page, { [SPOILT]: '{half a rec' });
    await app.button('Tout effacer…').click();
    const sure = app.button('Oui, tout effacer');
    // Erasing waits for pending writes, so it is not finished within the tap.
    await sure.click();
    await page.waitForFunction(() => !localStorage.getItem('jalons/v1/device'), undefined, { polling: 1 });
    await page.reload();
    await app.started();
    await expect(app.holds).toContainText('Votre carnet est vide');
    await expect.poll(() => left(page, '')).toEqual(['jalons/v1/removed/all']);
    await app.reload();
    await expect(app.holds).toContainText('Votre carnet est vide');
  });
});

test('an open tab drops the entries that another one removes, and so does the urn', async ({
  page,
  context,
}) => {
  const there = new Exchange(await context.newPage());
  const here = new Exchange(page);
  await importConflict(here, opened(POLL));
  await there.openCarnet();
  await expect(there.conflictLosers).toContainText('Le banc est bleu');
  await here.toFront();
  await here.conflictLosers.getByRole('button', { name: exactly('Ne pas la garder') }).click();
  await expect(there.conflictLosers).toHaveCount(0);
  const room = new Consultations(page);
  await room.follow(`#/consultations/${idOf(POLL)}`);
  await room.startUrn();
  await there.expectTitle('À vous de voter');
  await room.leaveUrn();
  await expect(there.conflictLosers).toHaveCount(0);
  await expect(there.leaving).toBeVisible();
});

/** A ballot id for each number. */
const ballotId = (number: number) => {
  const digits = number.toString(16).padStart(8, '0');
  return `${digits}-24d4-4913-8f5f-db948c1a1e17`;
};

test('six thousand ballots go with their consultation', async ({ page }) => {
  test.slow();
  const options = [{ own: 'Un banc' }, { own: 'Un arbre' }];
  const stage = {
    open: {
      title: 'Beaucoup', question: 'Quoi ?', options, method: 'approval', order: 'listed',
      reveal: 'after-closing',
    },
  };
  const consultation = {
    id: '0303030303030303',
    stamp: { edit: 2, at: 1_700_000_000_000, device: '00000000000000aa' },
    stage, code: '0d2c5a7580178def', printed: 0,
  };
  const file = (from: number) => {
    const ballots = Array.from({ length: 3000 }, (_, ballot) => ({
      id: ballotId(from + ballot), way: 'urn', content: { vote: { approval: [true, false] } },
    }));
    const convention = { id: 'illkirch-graffenstaden-2020-2022', wording: 'e24d5d0b0c2b5c30' };
    const whole = { format: 'jalons-consultation', version: 1, convention, consultation, ballots };
    return { name: `urne-${from}.json`, text: JSON.stringify(whole) };
  };
  const app = new Consultations(page);
  await app.list();
  await app.importAndJoin(file(0));
  await app.page.getByRole('link', { name: /Beaucoup/ }).first().click();
  await app.expectCount(3000);
  await app.list();
  await app.importAndJoin(file(3000));
  await app.page.getByRole('link', { name: /Beaucoup/ }).first().click();
  await app.expectCount(6000);
  await (await toDelete(app)).click();
  await app.expectNotice('Consultation supprimée de cet appareil.');
  await app.list();
  await expect(page.getByText('Aucune consultation')).toBeVisible();
  expect(await left(page, 'ballot/')).toEqual([]);
  // The file can be joined again.
  await app.importAndJoin(file(0));
  await app.page.getByRole('link', { name: /Beaucoup/ }).first().click();
  await app.expectCount(3000);
  await app.reload();
  await app.expectCount(3000);
});

test('a browser that is killed right after a removal does not bring the entries back', async ({ baseURL }) => {
  test.setTimeout(180_000);
  const profile = newProfile();
  const begin = async () => {
    const browser = await KillableBrowser.start(profile.folder);
    const blankPage = await browser.page(`${baseURL}${PAGE_WITHOUT_APP}`);
    const dropped = await wasDropped(blankPage);
    if (dropped) await browser.kill();
    // Then only `localStorage` is left, which `killed.spec.ts` tests.
    test.skip(dropped, 'The browser threw its whole database away.');
    const page = await browser.page('about:blank');
    await page.setViewportSize({ width: 1280, height: 720 });
    const base = baseURL ?? '';
    // Tests use paths, and this browser has no base address.
    const open = page.goto.bind(page);
    page.goto = (address: string) => open(new URL(address, base).href);
    const local = await blankPage.evaluate(() => Object.entries(localStorage).join());
    return { browser, page, local };
  };
  try {
    let { browser, page, local } = await begin();
    const urn = { ...POLL, title: "L'urne" };
    const spoilt = { [SPOILT]: '{half a rec' };
    await importConflict(new Exchange(page), { ...opened(POLL, VOTED), ...opened(urn), ...spoilt });
    const poll = new Consultations(page);
    await poll.follow(`#/consultations/${idOf(urn)}`);
    await poll.startUrn();
    await browser.close();

    // All of it is on the disk now. The killed browser's `localStorage` may still have everything
    // that is removed from here on.
    ({ browser, page, local } = await begin());
    const found = ['Le banc est bleu', 'Une boîte à livres', 'ballot/', 'local/urn'];
    for (const text of found) expect(local).toContain(text);
    let app = new Consultations(page);
    await app.open('#/consultations');
    await app.leaveUrn();
    await app.list();
    await page.getByRole('link', { name: /Priorités/ }).click();
    await (await toDelete(app)).click();
    await app.expectNotice('Consultation supprimée de cet appareil.');
    let carnet = new Exchange(page);
    await carnet.openCarnet();
    await carnet.button('Annuler la mise en commun').click();
    await carnet.expectNotice('La mise en commun est annulée');
    await carnet.conflictLosers.getByRole('button', { name: exactly('Ne pas la garder') }).click();
    await expect.poll(() => left(page, 'lost/')).toEqual([]);
    await browser.kill();

    ({ browser, page, local } = await begin());
    const stale = found.filter((text) => local.includes(text));
    expect(stale, 'localStorage alone would have brought some of it back').not.toEqual([]);
    carnet = new Exchange(page);
    await carnet.openCarnet();
    await expect(new Notes(carnet).cards).toHaveText([/Le banc est cassé/]);
    await expect(carnet.conflictLosers).toHaveCount(0);
    await expect(carnet.button('Annuler la mise en commun')).toHaveCount(0);
    app = new Consultations(page);
    await app.list();
    await expect(page.getByRole('link', { name: /L['’]urne/ })).toBeVisible();
    await expect(page.getByRole('link', { name: /Priorités/ })).toHaveCount(0);
    for (const kind of ['lost/', 'ballot/', 'paper/', 'local/urn', 'record/note/2/']) {
      await expect.poll(() => left(page, kind), kind).toEqual([]);
    }
    await carnet.openCarnet();
    await carnet.button('Tout effacer…').click();
    await carnet.button('Oui, tout effacer').click();
    await carnet.expectNotice('Tout est effacé.');
    await browser.kill();

    ({ browser, page, local } = await begin());
    expect(local, 'localStorage alone would have brought it back').toContain('Le banc est cassé');
    carnet = new Exchange(page);
    await carnet.openCarnet();
    await expect(carnet.holds).toContainText('Votre carnet est vide');
    await expect.poll(() => left(page, '')).toEqual(['jalons/v1/removed/all']);
    await browser.kill();
  } finally {
    profile.remove();
  }
});
