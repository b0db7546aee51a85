// The three browsers, as packaged by Debian: how to start each, and the options of its driver.
//
// All are driven by plain WebDriver, the only protocol that they share: apart from Chromium,
// Playwright drives only browsers that it has built itself.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Builder, type WebDriver } from 'selenium-webdriver';
import BrowsingContext from 'selenium-webdriver/bidi/browsingContext';
import { DriverService } from 'selenium-webdriver/remote';

export type Engine = 'chromium' | 'firefox' | 'webkit';

/** The page's width and approximate height, in CSS pixels. */
export interface Size {
  width: number;
  height: number;
}

/** How to start a browser. */
interface Start {
  /** The driver's program. */
  driver: string;
  /** The driver's arguments, in addition to its port. */
  words?: string[];
  /** Environment variables for the driver and its browser, in addition to this program's. */
  environment: Record<string, string>;
  capabilities: Record<string, unknown>;
}

/** The timeout for the start of a driver. */
const DRIVER_LIMIT = 30_000;

/** The timeout for the start of a browser; a busy machine takes ten seconds. */
const BROWSER_LIMIT = 60_000;

/** A running browser, and how to end it with its helpers. */
export interface Running {
  driver: WebDriver;
  end(): Promise<void>;
}

/** Starts a browser with a window of that size and downloads to `folder`. */
export async function start(engine: Engine, size: Size, folder: string): Promise<Running> {
  const ends: (() => unknown)[] = [];
  const end = async () => {
    for (const last of ends.reverse()) await last();
  };
  try {
    const { driver: program, words = [], environment, capabilities } = await STARTS[engine](size, folder, ends);
    const service = new DriverService.Builder(program)
      .addArguments(...words)
      .setLoopback(true)
      .setEnvironment({ ...process.env, TZ: 'Europe/Paris', ...environment } as Record<string, string>)
      .build();
    ends.push(() => service.kill());
    const address = await within(service.start(DRIVER_LIMIT), DRIVER_LIMIT, `${program} did not answer`);
    const opening = Promise.resolve(new Builder().usingServer(address).withCapabilities(capabilities).build());
    const driver = await within(opening, BROWSER_LIMIT, `${engine} did not open a window`);
    ends.push(() => driver.quit());
    await driver.manage().setTimeouts({ pageLoad: 30_000, script: 15_000 });
    await fit(driver, engine, size);
    return { driver, end };
  } catch (error) {
    await end();
    throw new Error(`${engine} could not be started: ${(error as Error).message}`, { cause: error });
  }
}

const STARTS: Record<Engine, (size: Size, folder: string, ends: (() => unknown)[]) => Promise<Start>> = {
  async chromium({ width, height }, folder) {
    const phone = { deviceMetrics: { width, height, pixelRatio: 2, touch: true, mobile: true } };
    return {
      driver: given('JALONS_CHROMEDRIVER'),
      environment: { LANGUAGE: 'fr' },
      capabilities: {
        browserName: 'chrome',
        'goog:chromeOptions': {
          binary: given('JALONS_CHROMIUM'),
          args: [...given('JALONS_CHROMIUM_FLAGS').split(' '), `--window-size=${width},${height}`],
          prefs: { 'download.default_directory': folder, 'intl.accept_languages': 'fr-FR,fr' },
          ...(isPhone({ width }) && { mobileEmulation: phone }),
        },
      },
    };
  },

  async firefox(_size, folder) {
    return {
      driver: given('JALONS_GECKODRIVER'),
      // Its second port would otherwise be the same for two drivers at once.
      words: ['--websocket-port=0'],
      environment: {},
      capabilities: {
        browserName: 'firefox',
        webSocketUrl: true,
        'moz:firefoxOptions': {
          binary: given('JALONS_FIREFOX'),
          args: ['-headless'],
          prefs: {
            'browser.download.folderList': 2,
            'browser.download.dir': folder,
            'intl.accept_languages': 'fr-FR,fr',
          },
        },
      },
    };
  },

  async webkit(size, folder, ends) {
    const settings = join(folder, 'settings');
    mkdirSync(join(settings, 'gtk-3.0'), { recursive: true });
    // MiniBrowser's buttons would keep its window at least 447 pixels wide.
    const narrow = '* { min-width: 0; margin: 0; padding: 0; border-width: 0; }';
    writeFileSync(join(settings, 'gtk-3.0/gtk.css'), narrow);
    writeFileSync(join(settings, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${folder}"\n`);
    return {
      driver: given('JALONS_WEBKIT_DRIVER'),
      environment: {
        DISPLAY: await screen(size, ends),
        GDK_BACKEND: 'x11',
        XDG_CONFIG_HOME: settings,
      },
      capabilities: {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': { binary: given('JALONS_WEBKIT'), args: ['--automation'] },
      },
    };
  },
};

/**
 * A virtual screen for WebKitGTK, which has no headless mode. The screen is no larger than the
 * window, because without a window manager the focus follows the pointer, which is in the middle.
 */
function screen({ width, height }: Size, ends: (() => unknown)[]): Promise<string> {
  const words = ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'];
  const server: ChildProcess = spawn(given('JALONS_XVFB'), words, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  ends.push(() => server.kill());
  const number = new Promise<string>((found, failed) => {
    server.once('error', failed);
    server.once('exit', (code) => failed(new Error(`Xvfb ended with ${code}`)));
    server.stdio[3]?.once('data', (line: Buffer) => found(`:${line.toString().trim()}`));
  });
  return within(number, DRIVER_LIMIT, 'Xvfb opened no screen');
}

/** Sets the width of the window, and fails if the browser refuses it. */
async function fit(driver: WebDriver, engine: Engine, { width, height }: Size): Promise<void> {
  // Chromium was started with its size.
  if (engine === 'chromium') return;
  if (engine === 'firefox') {
    // The window is never narrower than 450 pixels, but its viewport can be.
    const page = await BrowsingContext(driver, { browsingContextId: await driver.getWindowHandle() });
    await page.setViewport(width, height);
  } else {
    await driver.manage().window().setRect({ width, height });
  }
  const isFit = async () => (await driver.executeScript('return innerWidth;')) === width;
  await driver.wait(isFit, 5000, `the window of ${engine} did not become ${width} pixels wide`);
}

function isPhone({ width }: { width: number }): boolean {
  return width < 600;
}

function within<T>(what: Promise<T>, limit: number, otherwise: string): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, failed) => {
    timer = setTimeout(() => failed(new Error(`${otherwise} within ${limit / 1000} s`)), limit);
  });
  return Promise.race([what, late]).finally(() => clearTimeout(timer));
}

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: start these tests with \`cargo xtask engines\`.`);
  return value;
}
