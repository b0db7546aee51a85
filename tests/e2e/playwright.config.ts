// The configuration of `cargo xtask test` and `cargo xtask e2e`, which build the optimised app,
// serve it and pass the addresses below. This file starts no server and finds no browser by itself,
// so that tests never run against an outdated build.
import { defineConfig } from '@playwright/test';

function given(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} is not set: start the tests with \`cargo xtask e2e\`, measure with \`cargo xtask bench\`.`);
  }
  return value;
}

/**
 * Tests that need the whole browser, for its storage after a kill, its workers, its install prompt
 * or its camera. All others run in Chromium's headless shell, which has the same engine and takes
 * half the time.
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
  // A busy machine is slow, but its results are valid.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A test that fails once is a fault of the app or of the test.
  retries: 0,
  reporter: [['list']],
  use: {
    baseURL: given('JALONS_URL'),
    // A worker would answer in place of the network that tests watch. Tests of the worker allow it
    // themselves, by `host.ts`.
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
