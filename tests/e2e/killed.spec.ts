// The browser is killed at random moments, while one tab writes notes and another discards conflict
// losers. At the next start, every note that was reported as saved must exist, and no discarded
// version; `localStorage` alone would have lost some notes and brought back some versions, which
// shows that the test can fail. Sometimes the browser itself deletes the whole database
// (`wasDropped`): then only `localStorage` is left, and all of its entries must be shown.
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { Exchange, fingerprint, noteRecord } from './carnet';
import { KillableBrowser, newProfile, PAGE_WITHOUT_APP, wasDropped } from './killed';
import { type Entries, noteTexts, storeInBoth, stored, indexedDbEntries } from './stored';

/** Two browsers are killed in parallel, because each mostly waits. */
const BROWSERS = ['one', 'another'];

/** How often each is killed; `cargo xtask e2e --kill-rounds 500` sets more. */
const ROUNDS = Math.ceil(Number(process.env.JALONS_KILL_ROUNDS ?? 20) / BROWSERS.length);

/** How many rounds wait until `localStorage` is on the disk, and then end at once. */
const ROUNDS_ON_DISK = 2;

/** Conflict losers for one round, as stored entries. */
function conflictLosers(round: number): Entries {
  const versions = Array.from({ length: 40 }, (_, number) => {
    const token = (0x1000 * (round + 1) + number).toString(16).padStart(16, '0');
    return JSON.stringify(noteRecord('2', token, `version ${number} de la ronde ${round}`));
  });
  return Object.fromEntries(versions.map((text) => [`jalons/v1/lost/${fingerprint(text)}`, text]));
}

/** The texts of the conflict losers in a store. */
function versionTexts(entries: Entries): string[] {
  const versions = Object.entries(entries).filter(([key]) => key.startsWith('jalons/v1/lost/'));
  return versions.map(([, text]) => JSON.parse(text).body.note.text);
}

/** What a page shows, with an error's details and what is typed in its fields. */
async function whatIsShown(page: Page): Promise<string> {
  const folded = await page.locator('.rescue:not([hidden]) details').allTextContents();
  const typed = await page.locator('textarea').evaluateAll((fields) => fields.map((field) => (field as HTMLTextAreaElement).value));
  return `\n${page.url()} shows ${JSON.stringify({ folded, typed })} and\n${await page.innerText('body')}`;
}

for (const which of BROWSERS) {
  test(`killed ${ROUNDS} times, ${which} browser has all that was acknowledged`, async ({ baseURL }) => {
    test.setTimeout(60_000 + ROUNDS * 20_000);
    const profile = newProfile();
    let running: KillableBrowser | undefined;
    let acknowledged: string[] = [];
    let written = 0;
    let dropped = 0;
    const atOnce: number[] = [];
    let last: string[] = [];
    let missingInLocalStorage = 0;
    let discarded: string[] = [];
    let lastDiscarded: string[] = [];
    let leftInLocalStorage = 0;
    try {
      for (let round = 0; round <= ROUNDS; round += 1) {
        const browser = await KillableBrowser.start(profile.folder);
        running = browser;
        const blankPage = await browser.page(`${baseURL}${PAGE_WITHOUT_APP}`);
        const local = await stored(blankPage);
        const [notes, versions] = [new Set(noteTexts(local)), new Set(versionTexts(local))];
        if (await wasDropped(blankPage)) {
          dropped += 1;
          acknowledged = acknowledged.filter((text) => notes.has(text));
          discarded = discarded.filter((text) => !versions.has(text));
        }
        missingInLocalStorage += last.filter((text) => !notes.has(text)).length;
        leftInLocalStorage += lastDiscarded.filter((text) => versions.has(text)).length;
        await storeInBoth(blankPage, conflictLosers(round));
        // The browser writes `localStorage` to the disk every few seconds, and a fast machine may
        // finish a round before. Only a version that has been written can come back from there.
        const onDisk = round < ROUNDS_ON_DISK;
        if (onDisk) await expect.poll(() => profile.localStorageHas(`de la ronde ${round}`)).toBe(true);

        const heard: string[] = [];
        const listen = (page: Page) => {
          page.on('console', (message) => heard.push(message.text()));
          page.on('pageerror', (error) => heard.push(error.message));
          page.on('framenavigated', (frame) => heard.push(`went to ${frame.url()}`));
        };
        const page = await browser.page(`${baseURL}/#/objectif/1.2.1`);
        listen(page);
        const missing = async () => {
          const notes = await page.getByRole('article').allInnerTexts();
          const lines = new Set(notes.flatMap((note) => note.split('\n')));
          return acknowledged.filter((text) => !lines.has(text));
        };
        await expect.poll(missing).toEqual([]).catch(async (error: Error) => {
          error.message += `\nIndexedDB held:\n${JSON.stringify(await indexedDbEntries(page), null, 1)}`;
          error.message += `\nIn round ${round}${await whatIsShown(page)}`;
          throw error;
        });
        const carnet = await browser.page(`${baseURL}/#/carnet`);
        listen(carnet);
        const losers = () => new Exchange(carnet).conflictLosers.allInnerTexts();
        const returned = async () => {
          const lines = new Set((await losers()).flatMap((version) => version.split('\n')));
          return discarded.filter((text) => lines.has(text));
        };
        await expect.poll(losers).not.toEqual([]);
        await expect.poll(returned).toEqual([]);
        if (round === ROUNDS) {
          // By now the stores have been reconciled, so a version restored by one is in both.
          await carnet.reload();
          await expect.poll(losers).not.toEqual([]);
          expect(await returned()).toEqual([]);
        }
        if (round === ROUNDS) break;

        const before = acknowledged.length;
        await page.exposeFunction('acknowledge', (text: string) => acknowledged.push(text));
        const discardedBefore = discarded.length;
        await carnet.exposeFunction('acknowledge', (text: string) => discarded.push(text));
        // Only a kill ends both.
        const ended = (error: Error) => heard.push(error.message);
        const discarding = carnet.evaluate(discard).catch(ended);
        const writing = page.evaluate(write, round).catch(ended);
        // On a machine with other work, two starting browsers may take a while to their first write.
        const patient = { timeout: 60_000 };
        const said = async (error: Error) => {
          error.message += `\nIn round ${round}, heard ${JSON.stringify(heard)}`;
          error.message += (await whatIsShown(page)) + (await whatIsShown(carnet));
          throw error;
        };
        await expect.poll(() => acknowledged.length, patient).toBeGreaterThan(before).catch(said);
        await expect.poll(() => discarded.length, patient).toBeGreaterThan(discardedBefore).catch(said);
        if (!onDisk) await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_500));
        await browser.kill();
        running = undefined;
        await Promise.all([writing, discarding]);
        last = acknowledged.slice(before);
        written += last.length;
        lastDiscarded = discarded.slice(discardedBefore);
        atOnce.push(last.length);
      }
    } finally {
      // A profile that is in use cannot be removed, and would hide why a round has failed.
      await running?.kill();
      profile.remove();
    }
    console.log(
      `${ROUNDS} kills, ${written} notes acknowledged (${Math.min(...atOnce)} to ` +
        `${Math.max(...atOnce)} a round), 0 lost by the app; localStorage alone lacked ${missingInLocalStorage}. ` +
        `${discarded.length} versions discarded, 0 back; localStorage alone had ${leftInLocalStorage}. ` +
        `The browser threw its database away ${dropped} times.`,
    );
    expect(missingInLocalStorage).toBeGreaterThan(0);
    expect(leftInLocalStorage).toBeGreaterThan(0);
  });
}

test('a database that the browser throws away comes back from localStorage', async ({ baseURL }) => {
  const profile = newProfile();
  const start = async () => {
    const browser = await KillableBrowser.start(profile.folder);
    const blankPage = await browser.page(`${baseURL}${PAGE_WITHOUT_APP}`);
    return { browser, blankPage, dropped: await wasDropped(blankPage) };
  };
  const open = async (browser: KillableBrowser) => {
    const page = await browser.page(`${baseURL}/#/objectif/1.2.1`);
    await expect(page.getByRole('button', { name: 'Écrire une note' })).toBeVisible();
    return page;
  };
  try {
    let { browser, blankPage, dropped } = await start();
    const kept = noteRecord('1.2.1', '00000000000000c1', 'Le banc est bleu');
    await storeInBoth(blankPage, { [`jalons/v1/record/note/1.2.1/00000000000000c1`]: JSON.stringify(kept) });
    await browser.close();
    profile.tearDatabase();

    // The browser notices nothing yet, and appends to the torn log.
    ({ browser, blankPage, dropped } = await start());
    expect(dropped).toBe(false);
    await indexedDbEntries(blankPage, { other: 'something' });
    await browser.kill();

    ({ browser, blankPage, dropped } = await start());
    expect(dropped).toBe(true);
    const page = await open(browser);
    await expect(page.getByText('Le banc est bleu')).toBeVisible();
    await expect.poll(async () => Object.values(await indexedDbEntries(blankPage)).join()).toContain('Le banc est bleu');
    await browser.kill();
  } finally {
    profile.remove();
  }
});

/** Runs in the page: discards conflict losers, and reports each that the database has removed. */
async function discard(): Promise<void> {
  const next = () => new Promise((resolve) => setTimeout(resolve, 5));
  const { acknowledge } = window as unknown as { acknowledge: (text: string) => Promise<void> };
  const database = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open('jalons', 1);
    request.onsuccess = () => resolve(request.result);
  });
  const held = () =>
    new Promise<string>((resolve) => {
      const texts = database.transaction('entries').objectStore('entries').getAll();
      texts.onsuccess = () => resolve(texts.result.join());
    });
  for (;;) {
    const button = [...document.querySelectorAll('button')].find((b) =>
      /Ne pas la garder/.test(b.textContent ?? ''),
    );
    const [text] = /version \d+ de la ronde \d+/.exec(button?.closest('li')?.textContent ?? '') ?? [];
    if (!button || !text) return;
    button.click();
    while ((await held()).includes(`"${text}"`)) await next();
    await acknowledge(text);
  }
}

/** Runs in the page: writes notes, and reports each that is announced as saved. */
async function write(round: number): Promise<void> {
  const next = () => new Promise((resolve) => setTimeout(resolve, 2));
  const found = async <E extends Element>(find: () => E | null | undefined): Promise<E> => {
    for (;;) {
      const element = find();
      if (element) return element;
      await next();
    }
  };
  const buttons = (words: RegExp) =>
    [...document.querySelectorAll('button')].find((b) => words.test(b.textContent ?? ''));
  const isSaid = () =>
    [...document.querySelectorAll('[role=status]')].some((it) => it.textContent?.includes('Enregistré.'));
  const { acknowledge } = window as unknown as { acknowledge: (text: string) => Promise<void> };
  for (let number = 0; ; number += 1) {
    const text = `note ${number} de la ronde ${round}`;
    // The notice, or the form of a draft: a browser that was killed while a note was being typed opens
    // it again.
    buttons(/^Fermer$/)?.click();
    do await next();
    while (isSaid());
    const area = await found(() => {
      const open = document.querySelector('textarea');
      if (!open) buttons(/crire une note/)?.click();
      return open;
    });
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.form?.requestSubmit();
    while (!isSaid()) await next();
    await acknowledge(text);
  }
}
