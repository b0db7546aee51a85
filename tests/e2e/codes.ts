// Reading QR codes as a phone does: from a picture of the screen, by a decoder that shares no code
// with the app.
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import type { Locator } from '@playwright/test';

/** What the code says that is on the screen. */
export async function decoded(code: Locator): Promise<string> {
  await code.scrollIntoViewIfNeeded();
  const picture = PNG.sync.read(await code.screenshot());
  const found = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  if (!found) throw new Error('No QR code can be read on the screen.');
  return found.data;
}
