// A browser on a profile of its own, which can be killed as a phone kills one: all its processes
// at once, without a word.
import { type ChildProcess, spawn } from 'node:child_process';
import {
  existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';

/** A page of the same origin in which the app does not run. */
export const BESIDE = '/schema/record-v1.schema.json';

/** A folder for a profile. */
export interface Profile {
  folder: string;
  /** Whether the browser has written a text of `localStorage` to the disk. */
  localStorageHas: (text: string) => boolean;
  /** Takes the last bytes of the database's log away, as a kill does while they are being written. */
  tearDatabase: () => void;
  remove: () => void;
}

/** Makes a folder for a profile. */
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

  /** Starts the browser that the configuration names, with the same flags. */
  static async start(profile: string): Promise<KillableBrowser> {
    const port = join(profile, 'DevToolsActivePort');
    rmSync(port, { force: true });
    const flags = (process.env.JALONS_CHROMIUM_FLAGS ?? '').split(' ');
    const child = spawn(
      process.env.JALONS_CHROMIUM ?? '',
      [...flags, '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
      // A group of its own, so that all its processes can be killed together.
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

  /** Closes it as a person does: what it holds is written to the disk. */
  async close(): Promise<void> {
    const session = await this.browser.newBrowserCDPSession();
    await this.end(() => session.send('Browser.close'));
  }

  /**
   * Kills it, and waits until all of it is gone: for as long as its storage process holds the
   * databases, the next browser on this profile gets none.
   */
  async kill(): Promise<void> {
    await this.end(() => process.kill(-(this.process.pid ?? 0), 'SIGKILL'));
  }

  /** Has it end, and waits until all of it is gone. */
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
 * Whether the browser has thrown the whole database away since it was last opened. LevelDB takes a
 * log whose last record a kill has cut short, goes on writing behind it, and finds the rest of that
 * log corrupt at the start after the next. Chromium deletes such a database, and tells the next one
 * that asks for it. To be asked before a page of the app runs.
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

/** Whether any process of a group still runs. Those that only wait to be reaped hold nothing. */
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
