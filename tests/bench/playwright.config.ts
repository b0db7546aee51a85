// The configuration of `cargo xtask bench` for the charts: that of the end-to-end tests, but one
// test after the other, because two drawing pages would disturb each other's times.
import { defineConfig } from '@playwright/test';
import tests from '../e2e/playwright.config';

export default defineConfig({
  ...tests,
  testDir: '.',
  // They have their own configurations.
  testIgnore: ['peers/**', 'use/**'],
  fullyParallel: false,
  workers: 1,
  // Two carnets are merged and drawn several dozen times, at a quarter of the processor's speed.
  timeout: 600_000,
  // Other programs can only make a measurement worse. Tests that count instead of measuring allow
  // no retry.
  retries: 2,
  // Both would add work to the measured page.
  use: { ...tests.use, trace: 'off', screenshot: 'off' },
});
