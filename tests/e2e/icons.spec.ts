// The icons that phones insist on as pixels are drawn from the one drawing. After a change of
// `public/icon.svg`, `JALONS_WRITE_ICONS=1 cargo xtask e2e -- tests/e2e/icons.spec.ts` draws them
// anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from './fixtures';

const PUBLIC = resolve(__dirname, '../../public');

/** How wide the drawing is on its square: systems cut maskable icons to a circle of four fifths. */
const ICONS = [
  { file: 'icon-192.png', size: 192, share: 1, filled: false },
  { file: 'icon-512.png', size: 512, share: 1, filled: false },
  { file: 'icon-maskable-512.png', size: 512, share: 0.75, filled: true },
  { file: 'apple-touch-icon.png', size: 180, share: 1, filled: true },
];

for (const { file, size, share, filled } of ICONS) {
  test(`${file} is the drawing`, async ({ page }) => {
    const svg = readFileSync(resolve(PUBLIC, 'icon.svg'), 'utf8');
    const drawn = await page.evaluate(
      async ({ svg, size, share, filled }) => {
        const image = new Image();
        // Firefox draws nothing that has no size of its own.
        const sized = svg.replace('<svg ', `<svg width="${size}" height="${size}" `);
        image.src = `data:image/svg+xml,${encodeURIComponent(sized)}`;
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = size;
        const context = canvas.getContext('2d');
        if (!context) throw new Error('A browser without a canvas.');
        const edge = (size * (1 - share)) / 2;
        context.drawImage(image, edge, edge, size * share, size * share);
        if (filled) {
          // What lies behind goes on to the corners in the colour of the drawing's own edge.
          const [r, g, b] = context.getImageData(size / 2, Math.ceil(edge) + 1, 1, 1).data;
          context.globalCompositeOperation = 'destination-over';
          context.fillStyle = `rgb(${r} ${g} ${b})`;
          context.fillRect(0, 0, size, size);
        }
        return canvas.toDataURL('image/png').replace(/^.*,/, '');
      },
      { svg, size, share, filled },
    );
    const bytes = Buffer.from(drawn, 'base64');
    if (process.env.JALONS_WRITE_ICONS) writeFileSync(resolve(PUBLIC, file), bytes);
    const expected = PNG.sync.read(bytes);
    const kept = PNG.sync.read(readFileSync(resolve(PUBLIC, file)));
    expect([kept.width, kept.height]).toEqual([size, size]);
    // Browsers differ by a shade along the edges.
    const far = expected.data.filter((value, at) => Math.abs(value - (kept.data[at] ?? 0)) > 24);
    expect(far.length).toBeLessThan(size);
    if (filled) expect(kept.data.filter((_, at) => at % 4 === 3).every((a) => a === 255)).toBe(true);
  });
}
