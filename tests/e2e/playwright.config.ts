// How `cargo xtask test` and `cargo xtask e2e` run the end-to-end tests. They build the optimised
// app, serve it and hand over the addresses below; this file starts no server and finds no browser
// by itself, so that the tests never run against another build than the one just made.
import { defineConfig } from '@playwright/test';

function given(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start the tests with \`cargo xtask e2e\`, measure with \`cargo xtask bench\`.`);
  }
  return value;
}

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  forbidOnly: true,
  fullyParallel: true,
  workers: 2,
  // A machine that does much else at once is slow, and no less right for it.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A browser that gets no processor for a while may fail once, and is then listed as flaky. The
  // tests of what was stored allow themselves no second attempt: it would hide a loss.
  retries: 1,
  reporter: [['list']],
  use: {
    baseURL: given('JALONS_URL'),
    // A worker would answer for the network that tests look at. Those of the worker allow it
    // themselves: `host.ts`.
    serviceWorkers: 'block',
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    // A film of every test would take a third of the time; the trace has the page at each step.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: given('JALONS_CHROMIUM'),
      args: given('JALONS_CHROMIUM_FLAGS').split(' '),
    },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
});
