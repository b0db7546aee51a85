// Web servers for the tests, with the configuration files of docs/hosting.
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const QUICK = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

const DOCS = resolve(__dirname, '../../docs/hosting');

/** The path of the app's second copy. */
export const BELOW = '/quartier/jalons/';

export type Program = 'nginx' | 'Apache';

function given(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start the tests with \`cargo xtask e2e\``);
  return value;
}

/** A server that runs until it is closed. */
export class Host {
  private constructor(
    readonly origin: string,
    private readonly process: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts a server with a copy of the app at its root and another below it. */
  static async of(program: Program): Promise<Host> {
    const folder = mkdtempSync(join(tmpdir(), 'jalons-host-'));
    // A server started by root reads files as another user.
    chmodSync(folder, 0o755);
    const root = join(folder, 'root');
    cpSync(given('JALONS_DIST'), root, { recursive: true });
    cpSync(given('JALONS_DIST'), join(root, BELOW), { recursive: true });
    const port = await freePort();
    const start = program === 'nginx' ? nginx(folder, root, port) : apache(folder, root, port);
    const host = new Host(`http://127.0.0.1:${port}`, start, folder);
    await host.answers();
    return host;
  }

  async close(): Promise<void> {
    const ended = new Promise((done) => this.process.once('exit', done));
    this.process.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true });
  }

  /** Waits until the server answers; fails if it exits because of its configuration. */
  private async answers(): Promise<void> {
    for (let tries = 0; tries < 100 && this.process.exitCode === null; tries += 1) {
      const answer = await fetch(this.origin).catch(() => undefined);
      if (answer) return;
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`${this.process.spawnfile} does not answer:\n${readFileSync(join(this.folder, 'log'), 'utf8')}`);
  }
}

/** The paths of the published files. */
export function published(): string[] {
  const dist = given('JALONS_DIST');
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => statSync(join(dist, file)).isFile()).map((file) => `/${file}`);
}

function nginx(folder: string, root: string, port: number): ChildProcess {
  const brotli = given('JALONS_NGINX_BROTLI');
  for (const path of published().map((file) => join(root, file))) {
    // The fastest level, because the tests check headers and not sizes.
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 1 }));
    if (brotli) writeFileSync(`${path}.br`, brotliCompressSync(readFileSync(path), QUICK));
  }
  const site = readFileSync(join(DOCS, 'nginx.conf'), 'utf8')
    .replace('listen 80;', `listen 127.0.0.1:${port};`)
    .replace('root /srv/jalons;', `root ${root};`)
    .replace('# brotli_static on;', brotli ? 'brotli_static on;' : '');
  writeFileSync(join(folder, 'jalons.conf'), site);
  const places = ['client_body', 'fastcgi', 'proxy', 'scgi', 'uwsgi'];
  const own = `
    ${brotli ? `load_module ${brotli};` : ''}
    daemon off;
    master_process off;
    pid ${folder}/pid;
    error_log ${folder}/log;
    events {}
    http {
      access_log off;
      ${places.map((place) => `${place}_temp_path ${folder}/${place};`).join('\n')}
      include ${folder}/jalons.conf;
    }`;
  writeFileSync(join(folder, 'main.conf'), own);
  return spawn(given('JALONS_NGINX'), ['-p', folder, '-c', join(folder, 'main.conf'), '-e', join(folder, 'log')]);
}

function apache(folder: string, root: string, port: number): ChildProcess {
  const modules = given('JALONS_APACHE_MODULES');
  const wanted = ['mpm_event', 'authz_core', 'dir', 'filter', 'headers', 'mime', 'brotli', 'deflate'];
  const there = wanted.filter((name) => existsSync(join(modules, `mod_${name}.so`)));
  cpSync(join(DOCS, 'apache.htaccess'), join(root, '.htaccess'));
  mkdirSync(join(folder, 'run'));
  const own = `
    ServerName localhost
    ServerRoot "${folder}"
    Listen 127.0.0.1:${port}
    PidFile "${folder}/pid"
    DefaultRuntimeDir "${folder}/run"
    ErrorLog "${folder}/log"
    ${there.map((name) => `LoadModule ${name}_module "${modules}/mod_${name}.so"`).join('\n')}
    TypesConfig /dev/null
    AddType text/html .html
    AddType text/css .css
    AddType image/png .png
    ${process.getuid?.() === 0 ? 'User nobody\nGroup nogroup' : ''}
    DocumentRoot "${root}"
    <Directory "${root}">
      AllowOverride All
      Require all granted
    </Directory>`;
  writeFileSync(join(folder, 'main.conf'), own);
  return spawn(given('JALONS_APACHE'), ['-D', 'FOREGROUND', '-f', join(folder, 'main.conf')]);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** The rules of `_headers` for a path, applied as hosts do. */
export function staticHeaders(path: string): Record<string, string> {
  const found: Record<string, string> = {};
  let holds = false;
  for (const line of readFileSync(join(given('JALONS_DIST'), '_headers'), 'utf8').split('\n')) {
    if (line.startsWith('/')) holds = line === path || line === '/*';
    else if (holds && line.trim()) {
      const [, name = '', value = ''] = /^ {2}([^:]+): (.*)$/.exec(line) ?? [];
      found[name.toLowerCase()] = value;
    }
  }
  return found;
}

/** The same path in the app's subfolder. */
export const below = (path: string): string => BELOW + relative('/', path);
