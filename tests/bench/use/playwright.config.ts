// The configuration of `cargo xtask bench --use`, which is that of the charts.
import { defineConfig } from '@playwright/test';
import bench from '../playwright.config';

export default defineConfig({
  ...bench,
  testDir: '.',
  testIgnore: [],
  outputDir: '../../../test-results',
});
