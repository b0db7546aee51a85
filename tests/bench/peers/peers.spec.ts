// Measures this app and others, in turn and in one run, and writes the figures for `cargo xtask
// bench`, which judges and prints them.
import { writeFileSync } from 'node:fs';
import { test } from '@playwright/test';
import { given } from '../given';
import { median } from '../table';
import { APPS } from './apps';
import { load, memory, use } from './measure';

/** The number of rounds; varying values are reported by their median. */
const ROUNDS = 3;

/** A percentile of the values. */
function share(values: number[], hundredths: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil((sorted.length * hundredths) / 100) - 1];
}

test('this app and others do the same things', async ({ browser }) => {
  const pages = given('JALONS_PAGES').split(' ');
  const baseURL = `${given('JALONS_URL')}/`;
  const loads = new Map<string, Awaited<ReturnType<typeof load>>[]>();
  const uses = new Map<string, Awaited<ReturnType<typeof use>>[]>();
  const all = pages.map((key) => {
    const [name, size] = key.split('-');
    const app = APPS.find((app) => app.name === name);
    if (!app) throw new Error(`${name} cannot be used by this test`);
    return { app, size: Number(size), key };
  });
  // First, because the server then compresses files that it has not sent before.
  const heaps = new Map<string, Awaited<ReturnType<typeof memory>>>();
  for (const { app, size, key } of all) {
    heaps.set(key, await memory(browser, baseURL, app, size));
    console.log(`memory: ${key}`);
  }
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const { app, size, key } of all) {
      loads.set(key, [...(loads.get(key) ?? []), await load(browser, baseURL, app, size)]);
      uses.set(key, [...(uses.get(key) ?? []), await use(browser, baseURL, app, size)]);
      console.log(`round ${round} of ${ROUNDS}: ${key}`);
    }
  }
  const results = all.map(({ app, size, key }) => {
    const [loaded, used, heap] = [loads.get(key) ?? [], uses.get(key) ?? [], heaps.get(key)];
    if (!heap) throw new Error(`${key} was not measured`);
    const middle = (of: (load: (typeof loaded)[number]) => number) => median(loaded.map(of));
    const ticks = used.flatMap(({ ticks }) => ticks);
    return {
      app: app.name,
      size,
      bytes: middle(({ bytes }) => bytes),
      requests: middle(({ requests }) => requests),
      firstPaint: middle(({ firstPaint }) => firstPaint),
      firstTick: middle(({ firstTick }) => firstTick),
      tick: median(ticks),
      tickAtWorst: share(ticks, 98),
      narrowing: median(used.flatMap(({ narrowing }) => narrowing)),
      widening: median(used.flatMap(({ widening }) => widening)),
      memory: heap.usedSize + heap.embedderHeapUsedSize + heap.backingStorageSize + heap.modules,
      // Details for those who investigate a figure.
      of: { ticks: ticks.length, heap, loaded },
    };
  });
  const figures = { browser: browser.version(), results };
  writeFileSync(`${given('JALONS_FIGURES')}/peers.json`, JSON.stringify(figures, null, 1));
});
