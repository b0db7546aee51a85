// How `cargo xtask bench --use` measures what the app costs while it is used: as the charts are
// measured.
import { defineConfig } from '@playwright/test';
import bench from '../playwright.config';

export default defineConfig({
  ...bench,
  testDir: '.',
  testIgnore: [],
  outputDir: '../../../test-results',
});
