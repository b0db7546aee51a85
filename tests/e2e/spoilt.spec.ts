// Eight corrupted stores with the optimised build. The browser tests in Rust have a thousand, and so
// has the simulator.
import { ownNote, ownSeen } from './carnet';
import { expect, test } from './fixtures';
import { App, Notes } from './pages';
import { recorded, seedStores } from './state';
import { type Entries, saveCopy, store, stored, indexedDbEntries } from './stored';

/** A deterministic random number generator (mulberry32). */
function randomBelow(seed: number): (end: number) => number {
  let state = seed;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % end;
  };
}

/**
 * Corrupts a value: truncated, of another type, of a newer schema, or with a character replaced.
 */
function spoil(text: string, below: (end: number) => number): unknown {
  const at = below(text.length - 1);
  const ways = [
    () => text.slice(0, at),
    () => 12,
    () => [text],
    () => text.replace('"body":', '"contents":'),
    () => `${text.slice(0, at)}\u0000${text.slice(at + 1)}`,
    () => '',
  ];
  return ways[below(ways.length)]?.();
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

for (let seed = 1; seed <= 8; seed += 1) {
  test(`spoilt stores, number ${seed}: nothing stops, nothing is reset, no byte is lost`, async ({
    page,
  }) => {
    const below = randomBelow(seed);
    const good = recorded(ownSeen('3.3.3-m1'), ownNote('3.3.3', 'Une note'));
    const records = Object.keys(good);
    await seedStores(page, good);

    const [inLocalStorage, inIndexedDb]: [Entries, Record<string, unknown>] = [{}, {}];
    for (const key of records) {
      const text = good[key] ?? '';
      const which = below(3);
      if (which !== 1) inLocalStorage[key] = asText(spoil(text, below));
      if (which !== 0) inIndexedDb[key] = spoil(text, below);
    }
    if (below(2) === 0) inLocalStorage['jalons/v9/record/note/1'] = '{"newer":true}';
    await store(page, inLocalStorage);
    await indexedDbEntries(page, inIndexedDb);
    const app = new App(page);
    await app.open('#/objectif/3.3.3');
    const lost = (key: string) => key in inLocalStorage && key in inIndexedDb;
    if (!records.some((key) => lost(key) && key.includes('/note/'))) {
      await expect(new Notes(app).card('Une note')).toBeVisible();
    }
    await app.tick('3.3.3-m2').click();
    await app.expectNotice('Coché : atteint. Enregistré.');
    const tick = app.tick('3.3.3-m1');
    if ((await tick.getAttribute('aria-pressed')) === 'false') await tick.click();
    await app.expectTicked('3.3.3-m1');

    await app.goTo('Carnet');
    const copy = await saveCopy(app);
    const copied = [copy.entries, copy.shelf, copy.vault].flatMap((part) => Object.values(part));
    const [local, held] = [Object.values(await stored(page)), Object.values(await indexedDbEntries(page))];
    for (const value of Object.values(inLocalStorage)) {
      expect(local).toContain(value);
      expect(copied).toContain(value);
    }
    for (const value of Object.values(inIndexedDb)) {
      expect(held.map(asText)).toContain(asText(value));
      expect(copied).toContain(asText(value));
    }
  });
}
