// Ballots collected by photo, camera and file; results exported as tables and pictures.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { Consultations, ITEMS, content } from './consult';
import { expect, test } from './fixtures';
import { exactly, startingWith } from './words';

const PLAN = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, each: 2 };

/** A phone that has voted and shows its code. */
async function voted(browser: Browser, baseURL: string, room: Consultations): Promise<Consultations> {
  const context = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 } });
  const phone = new Consultations(await context.newPage());
  await phone.open(await room.invitation());
  await phone.choose('Gommettes');
  await phone.button('Relire mon vote').click();
  await phone.button('Préparer mon bulletin').click();
  await phone.expectTitle('Votre bulletin est prêt');
  return phone;
}

/** A picture with each pixel made from its brightness and its place, as brightness and opacity. */
function changed(picture: Buffer, change: (light: number, x: number) => [number, number]): Buffer {
  const png = PNG.sync.read(picture);
  for (let at = 0; at < png.data.length; at += 4) {
    const [light, opacity] = change(png.data[at] ?? 0, ((at / 4) % png.width) / png.width);
    png.data.set([light, light, light, opacity], at);
  }
  return PNG.sync.write(png);
}

function mirrored(picture: Buffer): Buffer {
  const { width, height, data } = PNG.sync.read(picture);
  const png = new PNG({ width, height });
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const from = 4 * (y * width + x);
      png.data.set(data.subarray(from, from + 4), 4 * (y * width + width - 1 - x));
    }
  }
  return PNG.sync.write(png);
}

/** Codes as people photograph, draw and print them. */
const distorted = (code: Buffer): [string, Buffer][] => [
  ['inverted', changed(code, (light) => [255 - light, 255])],
  ['mirrored', mirrored(code)],
  ['half in the shadow', changed(code, (light, x) => [light * (x > 0.5 ? 0.2 : 1), 255])],
  ['dark on nothing', changed(code, (light) => [light, 255 - light])],
  ['light on nothing', changed(code, (light) => [255 - light, 255 - light])],
];

test('a photo of a code and the file of a ballot are counted, each once', async ({
  page,
  browser,
  baseURL,
}) => {
  // A browser's own detector that misses what the app's reader finds.
  await page.addInitScript(() => {
    class BarcodeDetector {
      static getSupportedFormats = async () => ['qr_code'];
      detect = async () => [];
    }
    Object.assign(window, { BarcodeDetector });
  });
  const room = new Consultations(page);
  await room.prepare(PLAN);
  await room.openVote();
  const phone = await voted(browser, baseURL ?? '', room);
  const photo = await phone.page.screenshot();
  await page
    .getByLabel(exactly('Lire une photo de code'))
    .setInputFiles({ name: 'photo.png', mimeType: 'image/png', buffer: photo });
  await room.expectAnswer('Bulletin compté. 1 bulletin');
  const download = phone.page.waitForEvent('download');
  await phone.button('Enregistrer le fichier').click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^jalons-bulletin-[0-9a-f]{8}\.json$/);
  // A file is judged by its content alone: a picker that filters would grey it out.
  const files = page.getByLabel('Choisir des fichiers');
  await expect(files).not.toHaveAttribute('accept');
  const ballot = Buffer.from(await content(file));
  await files.setInputFiles({ name: 'bulletin', mimeType: 'application/octet-stream', buffer: ballot });
  const known = page.getByRole('log').getByText(exactly('Déjà compté.'));
  await expect(known).toHaveCount(1);
  const code = await phone.code('Code de votre bulletin').screenshot();
  for (const [at, [name, buffer]] of distorted(code).entries()) {
    const picture = { name: `${name}.png`, mimeType: 'image/png', buffer };
    await page.getByLabel(exactly('Lire une photo de code')).setInputFiles(picture);
    await expect(known, name).toHaveCount(2 + at);
  }
  await files.setInputFiles({ name: 'IMG_1', mimeType: 'image/png', buffer: code });
  await expect(known).toHaveCount(7);
  const blank = PNG.sync.write(new PNG({ width: 40, height: 40 }));
  await page
    .getByLabel(exactly('Lire une photo de code'))
    .setInputFiles({ name: 'vide.png', mimeType: 'image/png', buffer: blank });
  await expect(page.getByText(startingWith("Aucun code n'est lisible dans cette image."))).toBeVisible();
  await room.expectCount(1);
  await phone.page.context().close();
});

/** A film of one frame, which the browser uses as the camera's picture. */
function film(picture: Buffer, empty = false): Buffer {
  const { width, height, data } = PNG.sync.read(picture);
  const [wide, high] = [640, 480];
  const luma = Buffer.alloc(wide * high, 235);
  const side = Math.min(high - 40, high - 40);
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const from = 4 * (Math.floor((y * height) / side) * width + Math.floor((x * width) / side));
      if (!empty) luma[(y + 20) * wide + x + 100] = 16 + Math.round(((data[from] ?? 0) * 219) / 255);
    }
  }
  const colour = Buffer.alloc((wide * high) / 2, 128);
  const head = Buffer.from(`YUV4MPEG2 W${wide} H${high} F10:1 Ip A1:1 C420\n`);
  const frames = Array.from({ length: 10 }, () => [Buffer.from('FRAME\n'), luma, colour]).flat();
  return Buffer.concat([head, ...frames]);
}

/** Waits until a page has processed this many more pictures. */
function looked(page: Page, pictures: number): Promise<void> {
  return page.evaluate(
    (pictures) =>
      new Promise<void>((done) => {
        const { getImageData } = CanvasRenderingContext2D.prototype;
        let left = pictures;
        CanvasRenderingContext2D.prototype.getImageData = function (...area) {
          left -= 1;
          if (left === 0) done();
          return getImageData.apply(this, area);
        };
      }),
    pictures,
  );
}

test('the camera reads a code once while it stays in view, inverted as well, and says what helps', async ({
  page,
  browser,
  baseURL,
}) => {
  const room = new Consultations(page);
  await room.prepare(PLAN);
  await room.openVote();
  const opened = await content(await room.exported());
  const phone = await voted(browser, baseURL ?? '', room);
  const code = await phone.code('Code de votre bulletin').screenshot();
  await phone.page.context().close();

  const folder = await mkdtemp(join(tmpdir(), 'jalons-'));
  const camera = join(folder, 'camera.y4m');
  await writeFile(camera, film(code));
  const seeing = await chromium.launch({
    executablePath: process.env.JALONS_CHROMIUM,
    args: [
      ...(process.env.JALONS_CHROMIUM_FLAGS ?? '').split(' '),
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${camera}`,
    ],
  });
  try {
    const context = await seeing.newContext({ baseURL, permissions: ['camera'], locale: 'fr-FR' });
    const desk = new Consultations(await context.newPage());
    await desk.page.clock.install();
    await desk.list();
    await desk.importAndJoin({ name: 'consultation.json', text: opened });
    await desk.page.getByRole('link', { name: startingWith('Priorités Vote ouvert') }).click();
    await desk.button('Scanner avec la caméra').click();
    await desk.expectAnswer('Bulletin compté. 1 bulletin');
    await looked(desk.page, 10);
    await desk.expectCount(1);
    await expect(desk.page.getByRole('log').getByRole('paragraph')).toHaveCount(1);

    await desk.button('Arrêter la caméra').click();
    await writeFile(camera, film(mirrored(changed(code, (light) => [255 - light, 255]))));
    await desk.button('Scanner avec la caméra').click();
    await desk.expectAnswer('Déjà compté.');
    await desk.button('Arrêter la caméra').click();
    await writeFile(camera, film(code, true));
    await desk.button('Scanner avec la caméra').click();
    await expect(desk.page.getByText(startingWith("Placez le code dans l'image."))).toBeVisible();
    await desk.page.clock.fastForward(9000);
    await expect(desk.page.getByText(startingWith('Toujours aucun code lu.'))).toBeVisible();
  } finally {
    await seeing.close();
    await rm(folder, { recursive: true });
  }
});

test('without a camera the scanner says so, and the other ways stay', async ({ page }) => {
  const room = new Consultations(page);
  await room.prepare(PLAN);
  await room.openVote();
  await room.button('Scanner avec la caméra').click();
  await expect(page.getByRole('status').filter({ hasText: /caméra/ })).toBeVisible();
  await expect(room.button('Scanner avec la caméra')).toBeVisible();
});

test('a result is carried away as a table and as a picture', async ({ page }) => {
  const app = new Consultations(page);
  await app.prepare({ ...PLAN, title: '=Priorités' });
  await app.openVote();
  await app.startUrn();
  await app.voteAtUrn(() => app.dot('2.1.1'));
  await app.leaveUrn();
  await app.close();
  const saved = async (name: string): Promise<Buffer> => {
    const download = page.waitForEvent('download');
    await app.button(name).click();
    return readFile(await (await download).path());
  };
  const table = (await saved('Tableau (CSV)')).toString('utf8');
  expect(table.startsWith('\u{feff}')).toBe(true);
  expect(table).toContain('2.1.1');
  expect(table).not.toMatch(/(^|;|")=Priorités/m);
  const picture = PNG.sync.read(await saved('Image (PNG)'));
  expect(picture.width).toBeGreaterThan(800);
  const inks = new Set<string>();
  for (let at = 0; at < picture.data.length; at += 4) {
    inks.add(picture.data.subarray(at, at + 3).join());
  }
  expect(inks.size).toBeGreaterThan(3);
});
