// How `cargo xtask bench --peers` measures this app beside others: as the charts are measured, but
// for as long as the slowest of them takes.
import { defineConfig } from '@playwright/test';
import bench from '../playwright.config';

export default defineConfig({
  ...bench,
  testDir: '.',
  testIgnore: [],
  outputDir: '../../../test-results',
  timeout: 0,
  // A round that fails is a fault of the measurement; noise is met by the median of several rounds.
  retries: 0,
});
