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

/**
 * What is tried in the browser as people have it: what it keeps when it is killed, its workers, its
 * offer to install the app, its camera. All else runs in Chromium's headless shell, which is the same
 * engine and takes half the time.
 */
const WHOLE_BROWSER = ['killed.spec.ts', 'removed.spec.ts', 'offline.spec.ts', 'update.spec.ts', 'install.spec.ts'];

function started(browser: string) {
  const args = given('JALONS_CHROMIUM_FLAGS').split(' ');
  return { browserName: 'chromium' as const, launchOptions: { executablePath: given(browser), args } };
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
  // A test that fails once is a fault of the app or of the test.
  retries: 0,
  reporter: [['list']],
  use: {
    baseURL: given('JALONS_URL'),
    // A worker would answer for the network that tests look at. Those of the worker allow it
    // themselves: `host.ts`.
    serviceWorkers: 'block',
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    // A trace of every test would take a seventh of the time: `cargo xtask e2e -- FILE --trace on`.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', testMatch: WHOLE_BROWSER, use: started('JALONS_CHROMIUM') },
    { name: 'chromium-shell', testIgnore: WHOLE_BROWSER, use: started('JALONS_CHROMIUM_SHELL') },
  ],
});
