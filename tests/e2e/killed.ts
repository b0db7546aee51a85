// A browser with its own profile that can be killed as on a phone: all processes at once, without
// warning.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';

/** A page of the same origin that does not run the app. */
export const PAGE_WITHOUT_APP = '/schema/record-v1.schema.json';

/** A folder for a profile. */
export interface Profile {
  folder: string;
  /** Whether the browser has written a text of `localStorage` to the disk. */
  localStorageHas: (text: string) => boolean;
  /** Truncates the database's log, like a kill during a write. */
  tearDatabase: () => void;
  remove: () => void;
}

/** Creates a folder for a profile. */
export function newProfile(): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'jalons-profile-'));
  const localStorage = join(folder, 'Default', 'Local Storage', 'leveldb');
  const localStorageHas = (text: string) => {
    const logs = existsSync(localStorage) ? readdirSync(localStorage) : [];
    return logs.some((log) => log.endsWith('.log') && readFileSync(join(localStorage, log)).includes(text));
  };
  const tearDatabase = () => {
    const databases = join(folder, 'Default', 'IndexedDB');
    const [database = ''] = readdirSync(databases).filter((name) => name.endsWith('.leveldb'));
    const [log = ''] = readdirSync(join(databases, database)).filter((name) => /^\d+\.log$/.test(name));
    const file = join(databases, database, log);
    truncateSync(file, statSync(file).size - 3);
  };
  return {
    folder,
    localStorageHas,
    tearDatabase,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** A running browser. */
export class KillableBrowser {
  private constructor(
    private readonly process: ChildProcess,
    private readonly browser: Browser,
  ) {}

  /** Starts the configured browser, with the same flags. */
  static async start(profile: string): Promise<KillableBrowser> {
    const port = join(profile, 'DevToolsActivePort');
    rmSync(port, { force: true });
    const flags = (process.env.JALONS_CHROMIUM_FLAGS ?? '').split(' ');
    const child = spawn(
      process.env.JALONS_CHROMIUM ?? '',
      [...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
      // A process group of its own, so that all its processes can be killed together.
      { detached: true, stdio: 'ignore' },
    );
    for (let wait = 0; wait < 400; wait += 1) {
      const text = existsSync(port) ? readFileSync(port, 'utf8') : '';
      if (text.includes('\n')) {
        const address = `http://127.0.0.1:${text.split('\n')[0]}`;
        return new KillableBrowser(child, await chromium.connectOverCDP(address));
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The browser did not start.');
  }

  async page(address: string): Promise<Page> {
    const [context] = this.browser.contexts();
    if (!context) throw new Error('A browser without a context.');
    const page = await context.newPage();
    await page.goto(address);
    return page;
  }

  /** Closes the browser like a person: its data is written to the disk. */
  async close(): Promise<void> {
    const session = await this.browser.newBrowserCDPSession();
    await this.end(() => session.send('Browser.close'));
  }

  /**
   * Kills the browser, and waits until all processes have ended: while its storage process holds
   * the databases, the next browser with this profile cannot open them.
   */
  async kill(): Promise<void> {
    await this.end(() => process.kill(-(this.process.pid ?? 0), 'SIGKILL'));
  }

  /** Ends the browser, and waits until all processes have ended. */
  private async end(how: () => unknown): Promise<void> {
    const group = this.process.pid ?? 0;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    await how();
    await gone;
    for (let wait = 0; runs(group) && wait < 400; wait += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await this.browser.close().catch(() => undefined);
  }
}

/**
 * Whether the browser has deleted the whole database since it was last opened. LevelDB accepts a
 * log whose last record was cut by a kill, appends to it, and finds the rest of that log corrupt at
 * the start after the next. Chromium then deletes the database, and reports that to the next page
 * that opens it. Call this before a page of the app runs.
 */
export function wasDropped(page: Page): Promise<boolean> {
  return page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const request = indexedDB.open('jalons');
        let dropped = false;
        request.onupgradeneeded = (event) => {
          dropped = (event as IDBVersionChangeEvent & { dataLoss?: string }).dataLoss === 'total';
          request.transaction?.abort();
        };
        request.onerror = () => resolve(dropped);
        request.onsuccess = () => {
          request.result.close();
          resolve(false);
        };
      }),
  );
}

/** Whether any process of a group still runs. Zombies don't count, because they hold no files. */
function runs(group: number): boolean {
  if (!existsSync('/proc')) return false;
  return readdirSync('/proc').some((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const [state, , its] = readFileSync(`/proc/${entry}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(its) === group && state !== 'Z' && state !== 'X';
    } catch {
      return false;
    }
  });
}
