// A host that publishes one build after another, and can fail as hosts and networks do.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { test as base } from './fixtures';

const ROOT = resolve(__dirname, '../..');
const HASHED = /-[0-9a-f]{8}\.\w+$/;
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
};

/** Gives a folder its build id and its worker, as the last step of a build does; returns the id. */
export function complete(folder: string): string {
  execFileSync(process.execPath, [join(ROOT, 'xtask/src/worker/make.mjs'), folder]);
  return idOf(folder);
}

function idOf(folder: string): string {
  return /data-build="?([0-9a-f]{16})/.exec(readFileSync(join(folder, 'index.html'), 'utf8'))?.[1] ?? '';
}

/** A folder with a build of the app. */
export class Build {
  private constructor(readonly folder: string) {}

  /** The build that the command has just made. */
  static present(): Build {
    return new Build(join(ROOT, 'dist'));
  }

  /**
   * The next build: every compiled module but one, the glue code and the page differ, and some
   * words on screen, as given by their replacements.
   */
  static next(words: Record<string, string>): Build {
    const next = new Build(mkdtempSync(join(tmpdir(), 'jalons-next-')));
    const { folder } = next;
    cpSync(join(ROOT, 'dist'), folder, { recursive: true });
    const renamed: [string, string][] = [];
    for (const file of next.files.filter((file) => file.endsWith('.wasm') && !/^reader-/.test(file))) {
      const content = readFileSync(join(folder, file));
      for (const [from, to] of Object.entries(words)) {
        if (Buffer.byteLength(from) !== Buffer.byteLength(to)) throw new Error(`${to} is not as long`);
        for (let at = content.indexOf(from); at >= 0; at = content.indexOf(from, at + 1)) content.write(to, at);
      }
      // A custom section with an unknown name changes a module without changing its behaviour.
      const section = Buffer.from([0, 5, 4, ...Buffer.from('next')]);
      renamed.push([file, next.replace(file, Buffer.concat([content, section]))]);
    }
    const text = (file: string) => readFileSync(join(folder, file), 'utf8');
    const put = (text: string) => renamed.reduce((text, [from, to]) => text.replaceAll(from, to), text);
    const glue = next.files.find((file) => /^jalons-.*\.js$/.test(file)) ?? '';
    renamed.push([glue, next.replace(glue, Buffer.from(put(text(glue))))]);
    const page = Object.entries(words).reduce(
      (page, [from, to]) => page.replaceAll(from, to),
      put(text('index.html')),
    );
    writeFileSync(join(folder, 'index.html'), page);
    complete(folder);
    return next;
  }

  /** Renames a file after its new content. */
  private replace(file: string, content: Buffer): string {
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
    const name = file.replace(/-[0-9a-f]{8}\./, `-${hash}.`);
    renameSync(join(this.folder, file), join(this.folder, name));
    writeFileSync(join(this.folder, name), content);
    return name;
  }

  get files(): string[] {
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' });
  }

  get id(): string {
    return idOf(this.folder);
  }

  remove(): void {
    if (this.folder.startsWith(tmpdir())) rmSync(this.folder, { recursive: true });
  }
}

/** A file that is sent up to some text, and whose rest waits. */
interface Halting {
  upTo: string;
  rest: Promise<void>;
}

/** A host's reaction to a request instead of answering it. */
export type Trouble = (
  file: string,
) => 'drop' | 'missing' | { text: string; type?: string } | Halting | undefined;

/** A static host on a port of its own, hence with storage of its own. */
export class Host {
  /** The requested files, in order. */
  asked: string[] = [];
  trouble: Trouble = () => undefined;
  /** The delay of each answer, in milliseconds. */
  delay = 0;
  private server: Server | undefined;
  private port = 0;

  constructor(public build: Build) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts listening, at the same address as before. */
  async open(): Promise<void> {
    const server = createServer((request, response) => void this.answer(request, response));
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Stops, in the middle of any transfer. */
  async close(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    server?.closeAllConnections();
    await new Promise<void>((done) => (server ? server.close(() => done()) : done()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '', this.url).pathname.slice(1) || 'index.html';
    this.asked.push(path);
    if (this.delay > 0) await new Promise((done) => setTimeout(done, this.delay));
    const trouble = this.trouble(path);
    if (trouble === 'drop') {
      request.socket.destroy();
      return;
    }
    const file = join(this.build.folder, path);
    if (trouble === 'missing' || (!trouble && !existsSync(file))) {
      response.writeHead(404).end('Not found');
      return;
    }
    const given = trouble && 'text' in trouble ? trouble : undefined;
    response.writeHead(200, {
      'content-type': given?.type ?? TYPES[extname(path)] ?? 'application/octet-stream',
      'cache-control': HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    const content = given ? Buffer.from(given.text) : readFileSync(file);
    const halt = trouble && 'upTo' in trouble ? content.indexOf(trouble.upTo) : 0;
    response.write(content.subarray(0, halt));
    if (trouble && 'rest' in trouble) await trouble.rest;
    response.end(content.subarray(halt));
  }
}

/** The build of a page; fails if the page has loaded files of another one. */
export async function buildOf(page: Page, builds: Build[]): Promise<Build> {
  const { id, loaded } = await page.evaluate(() => ({
    id: document.querySelector<HTMLElement>('script[data-module]')?.dataset.build,
    loaded: performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.startsWith(location.origin))
      .map(({ name }) => new URL(name).pathname.slice(1)),
  }));
  const build = builds.find((build) => build.id === id);
  if (!build) throw new Error(`The page is of no known build: ${id}`);
  const { files } = build;
  const foreign = loaded.filter((file) => file && !files.includes(file));
  if (foreign.length > 0) throw new Error(`A page of ${id} loaded ${foreign.join(', ')}`);
  return build;
}

/** Waits until the app can open without the network; returns the ids of the cached builds. */
export function cachedBuilds(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    return (await caches.keys()).map((name) => name.split(' ').at(-1) ?? '');
  });
}

/** A `test` function with a host that publishes the current build, and with workers allowed. */
export const test = base.extend<{ host: Host }>({
  serviceWorkers: 'allow',
  host: async ({}, use) => {
    const host = new Host(Build.present());
    await host.open();
    await use(host);
    await host.close();
  },
  baseURL: async ({ host }, use) => use(host.url),
});
