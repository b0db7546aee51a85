// The configuration of `cargo xtask engines`: Playwright's runner without its browsers, each engine
// at the sizes of a desktop and a phone.
import { defineConfig } from '@playwright/test';
import type { Engine, Size } from './engine';

const ENGINES: Engine[] = ['chromium', 'firefox', 'webkit'];
const SIZES: Record<string, Size> = {
  desk: { width: 1280, height: 900 },
  phone: { width: 390, height: 844 },
};

export default defineConfig<object, { engine: Engine; size: Size }>({
  testDir: '.',
  outputDir: '../../test-results',
  forbidOnly: true,
  // The tests of a project share its browser, one after the other.
  fullyParallel: false,
  workers: 2,
  timeout: 60_000,
  // A test that fails once is a fault of the app or of the test.
  retries: 0,
  reporter: [['list']],
  projects: ENGINES.flatMap((engine) =>
    Object.entries(SIZES).map(([name, size]) => ({ name: `${engine}-${name}`, use: { engine, size } })),
  ),
});
