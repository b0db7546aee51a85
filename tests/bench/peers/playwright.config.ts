// The configuration of `cargo xtask bench --peers`: that of the charts, with a timeout for the
// slowest app.
import { defineConfig } from '@playwright/test';
import bench from '../playwright.config';

export default defineConfig({
  ...bench,
  testDir: '.',
  testIgnore: [],
  outputDir: '../../../test-results',
  timeout: 0,
  // A failing round is a fault of the measurement; the median of several rounds removes noise.
  retries: 0,
});
