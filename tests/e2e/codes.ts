// Decodes QR codes from a screenshot, by a decoder that shares no code with the app.
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import type { Locator } from '@playwright/test';

/** The text of the code on the screen. */
export async function decoded(code: Locator): Promise<string> {
  await code.scrollIntoViewIfNeeded();
  const picture = PNG.sync.read(await code.screenshot());
  const found = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
  if (!found) throw new Error('No QR code can be read on the screen.');
  return found.data;
}
