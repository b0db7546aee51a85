// How `cargo xtask bench` measures the charts in the browser: as the end-to-end tests run, but one
// after the other, because two pages that draw at once would measure each other.
import { defineConfig } from '@playwright/test';
import tests from '../e2e/playwright.config';

export default defineConfig({
  ...tests,
  testDir: '.',
  // They have settings of their own.
  testIgnore: ['peers/**', 'use/**'],
  fullyParallel: false,
  workers: 1,
  // Two carnets are brought together and drawn several dozen times, on a quarter of a processor.
  timeout: 600_000,
  // Another program that runs meanwhile can only make a measurement look worse. What is counted
  // and not measured allows itself no second attempt.
  retries: 2,
  // Both would have the page work while it is measured.
  use: { ...tests.use, trace: 'off', screenshot: 'off' },
});
