// The `test` function of this suite: one browser for all tests of a project, because starting one
// takes longer than a journey, and a gate, hence an empty storage, for each test.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { type Engine, type Running, type Size, start } from './engine';
import { Gate } from './gate';
import { Person } from './person';

interface Project {
  engine: Engine;
  size: Size;
  downloads: string;
  running: Running;
}

interface Journey {
  network: Gate;
  person: Person;
}

export const test = base.extend<Journey, Project>({
  engine: ['chromium', { scope: 'worker', option: true }],
  size: [{ width: 0, height: 0 }, { scope: 'worker', option: true }],
  downloads: [
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'jalons-'));
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
  running: [
    async ({ engine, size, downloads }, use) => {
      const running = await start(engine, size, downloads);
      await use(running);
      await running.end();
    },
    // Longer than the timeouts of the start itself, so that its own error is reported.
    { scope: 'worker', timeout: 120_000 },
  ],
  network: async ({}, use) => {
    const gate = new Gate(new URL(process.env.JALONS_URL ?? ''));
    await gate.give();
    await use(gate);
    await gate.take();
  },
  person: async ({ running, network, downloads }, use, testInfo) => {
    await use(new Person(running.driver, network.url, downloads));
    if (testInfo.status !== testInfo.expectedStatus) {
      const body = Buffer.from(await running.driver.takeScreenshot(), 'base64');
      await testInfo.attach('screen', { body, contentType: 'image/png' });
    }
    // Files saved by one journey must not be mistaken for the next one's.
    for (const file of await readdir(downloads)) {
      if (file.endsWith('.json')) await rm(join(downloads, file));
    }
  },
});
