// The whole app as one file, opened from a disk.
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Exchange } from './carnet';
import { expect, test } from './fixtures';
import { App, Notes } from './pages';

const FILE = resolve(__dirname, '../../target/jalons.html');

let folder: string;
let address: string;
test.beforeAll(() => {
  expect(existsSync(FILE)).toBe(true);
  folder = mkdtempSync(join(tmpdir(), 'jalons-usb-'));
  const copy = join(folder, 'jalons de la ville.html');
  copyFileSync(FILE, copy);
  address = pathToFileURL(copy).href;
});
test.afterAll(() => rmSync(folder, { recursive: true }));

test('a file on a USB key is the whole app: read, tick, note, reload, later chunks, export', async ({
  page,
}) => {
  const requested: string[] = [];
  page.on('request', (request) => requested.push(request.url()));
  const app = new Exchange(page);
  await page.goto(`${address}#/objectif/3.3.3`);
  await expect(app.title).toBeVisible();
  await app.tick('3.3.3-m1').click();
  await app.expectNotice('Enregistré.');
  await new Notes(app).write('Vu depuis une clé');
  await app.reload();
  await app.expectTicked('3.3.3-m1');
  await expect(new Notes(app).card('Vu depuis une clé')).toBeVisible();

  await app.goTo('Bilan');
  await expect(app.title).toHaveText(/Bilan/);
  await app.goTo('Suivre');
  await app.goTo('Carnet');
  await expect(app.region('Où sont mes données ?')).toContainText('cette page est un fichier');
  await expect(app.holds).toContainText('1 note');
  await app.choose('Fichier Jalons');
  const file = await app.file(async () => {
    await app.make();
    await app.withoutName();
  });
  expect(file.text).toContain('Vu depuis une clé');

  // The page itself creates data and blob addresses.
  const loaded = requested.filter((url) => !/^(data|blob):/.test(url));
  expect(new Set(loaded.map((url) => url.split('#')[0]))).toEqual(new Set([address]));
  expect(statSync(FILE).size).toBeLessThan(4_000_000);
});

test.describe('with markup that means harm in it', () => {
  test.use({ expectedTrouble: /Content.Security.Policy|content security policy/i });

  test('the file runs nothing but its own script, and asks for nothing', async ({ page }) => {
    const evil = join(folder, 'piégé.html');
    const markup = `<script>document.title = 'ran'</script><img src="canary.png">
      <script src="canary.js"></script><style>body { background: url(canary.svg) }</style>`;
    writeFileSync(evil, readFileSync(FILE, 'utf8').replace(/<\/body>|$/, (end) => `${markup}${end}`));
    const requested: string[] = [];
    page.on('requestfinished', (request) => requested.push(request.url()));
    const app = new App(page);
    await page.goto(`${pathToFileURL(evil).href}#/objectif/3.3.3`);
    await app.tick('3.3.3-m3').click();
    await app.expectTicked('3.3.3-m3');
    expect(await page.title()).not.toBe('ran');
    expect(requested.filter((url) => url.includes('canary'))).toEqual([]);
  });
});

test('another tab on the same file has the notes of the first', async ({ context, page }) => {
  const app = new App(page);
  await page.goto(`${address}#/objectif/3.3.3`);
  const other = new App(await context.newPage());
  await other.page.goto(`${address}#/objectif/3.3.3`);
  await app.tick('3.3.3-m2').click();
  await app.expectNotice('Enregistré.');
  await other.reload();
  await other.expectTicked('3.3.3-m2');
});
