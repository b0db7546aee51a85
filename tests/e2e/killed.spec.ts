// The browser is killed at random moments. What "Enregistré" was said of is there at the next
// start; `localStorage` alone would have lost some of it, which shows that the test can tell.
import { expect, test } from './fixtures';
import { Mortal, newProfile } from './killed';

// What was acknowledged is there at the first attempt, or it was lost.
test.describe.configure({ retries: 0 });

/** `cargo xtask e2e --kill-rounds 500` sets more. */
const ROUNDS = Number(process.env.JALONS_KILL_ROUNDS ?? 20);

/** A page of the same origin in which the app does not run. */
const BESIDE = '/schema/record-v1.schema.json';

test(`killed ${ROUNDS} times, the browser has all that was acknowledged`, async ({ baseURL }) => {
  test.setTimeout(60_000 + ROUNDS * 20_000);
  const profile = newProfile();
  const acknowledged: string[] = [];
  const atOnce: number[] = [];
  let last: string[] = [];
  let lostByShelf = 0;
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const browser = await Mortal.start(profile.folder);
      const beside = await browser.page(`${baseURL}${BESIDE}`);
      const onShelf = await beside.evaluate(() => Object.values(localStorage).join());
      lostByShelf += last.filter((text) => !onShelf.includes(`"${text}"`)).length;

      const page = await browser.page(`${baseURL}/#/objectif/1.2.1`);
      const shown = () => page.getByRole('article').locator('.note__text').allInnerTexts();
      const missing = async () => {
        const texts = new Set(await shown());
        return acknowledged.filter((text) => !texts.has(text));
      };
      await expect.poll(missing).toEqual([]).catch(async (error: Error) => {
        error.message += `\nThe page said in round ${round}:\n${await page.innerText('body')}`;
        throw error;
      });
      if (round === ROUNDS) {
        await browser.kill();
        break;
      }

      const before = acknowledged.length;
      await page.exposeFunction('acknowledge', (text: string) => acknowledged.push(text));
      const writing = page.evaluate(write, round).catch(() => undefined);
      await expect.poll(() => acknowledged.length).toBeGreaterThan(before);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_500));
      await browser.kill();
      await writing;
      last = acknowledged.slice(before);
      atOnce.push(last.length);
    }
  } finally {
    profile.remove();
  }
  console.log(
    `${ROUNDS} kills, ${acknowledged.length} notes acknowledged (${Math.min(...atOnce)} to ` +
      `${Math.max(...atOnce)} a round), 0 lost; localStorage alone lacked ${lostByShelf}.`,
  );
  expect(lostByShelf).toBeGreaterThan(0);
});

/** In the page: writes notes one after the other, and tells of each that is said to be saved. */
async function write(round: number): Promise<void> {
  const next = () => new Promise((resolve) => setTimeout(resolve, 2));
  const found = async <E extends Element>(find: () => E | null | undefined): Promise<E> => {
    for (;;) {
      const element = find();
      if (element) return element;
      await next();
    }
  };
  const buttons = (words: RegExp) =>
    [...document.querySelectorAll('button')].find((b) => words.test(b.textContent ?? ''));
  const toast = () => document.querySelector('.toast__words')?.textContent ?? '';
  const { acknowledge } = window as unknown as { acknowledge: (text: string) => Promise<void> };
  for (let number = 0; ; number += 1) {
    const text = `note ${number} de la ronde ${round}`;
    (document.querySelector('.toast__ways button:last-child') as HTMLElement | null)?.click();
    while (toast() !== '') await next();
    // A browser that was killed while a note was being typed opens its form again.
    const area = await found(() => {
      const open = document.querySelector('textarea');
      if (!open) buttons(/crire une note/)?.click();
      return open;
    });
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
    area.form?.requestSubmit();
    while (!toast().includes('Enregistré.')) await next();
    await acknowledge(text);
  }
}
