// A person using the browser: finds elements by name, presses them, types, reads.
//
// Elements are found by their role and accessible name. Every step waits, as a person would.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error, type WebDriver, type WebElement } from 'selenium-webdriver';
import { containing, exactly } from '../e2e/words';

/** How long a step waits before it fails, in milliseconds. */
const TIMEOUT_MS = 15_000;

/** The kinds of elements, each with its selector. */
const KINDS = {
  button: 'button, summary',
  link: 'a[href]',
  field: 'input:not([type=checkbox], [type=radio], [type=file]), textarea, select',
  choice: 'input:is([type=checkbox], [type=radio])',
  file: 'input[type=file]',
  picture: '[role=img]',
  title: 'h1',
};

export type Kind = keyof typeof KINDS;

/** An accessible name in plain characters, or a pattern for it. */
export type Name = string | RegExp;

export class Person {
  constructor(
    private readonly driver: WebDriver,
    private readonly url: string,
    /** The browser's download folder. */
    private readonly folder: string,
  ) {}

  /** Opens an address from outside, like a link in a message. */
  async open(address = '#/'): Promise<void> {
    await this.driver.get(this.url + address);
    await this.findsTheAppStarted();
  }

  /** Reloads like the browser's button. Firefox's driver would bypass the worker. */
  async reload(): Promise<void> {
    await this.driver.executeScript('window.isFormer = true; location.reload();');
    const another = 'return !window.isFormer && document.readyState === "complete";';
    await this.until('another page', () => this.driver.executeScript<boolean>(another));
    await this.findsTheAppStarted();
  }

  /**
   * Waits until the app has started: an element pressed earlier may move before the driver reaches
   * it.
   */
  private async findsTheAppStarted(): Promise<void> {
    const started = 'return !document.getElementById("starting");';
    await this.until('the app', () => this.driver.executeScript<boolean>(started));
    await this.findsTitle(/\S/);
  }

  async findsTitle(name: Name): Promise<void> {
    await this.until(`a title "${name}"`, () => this.found('title', name));
  }

  /** Reads the shown text until it has these words. */
  async reads(words: string): Promise<void> {
    await this.until(`the words "${words}"`, async () => containing(words).test(await this.shown()));
  }

  async doesNotRead(words: string): Promise<void> {
    await this.until(`no words "${words}"`, async () => !containing(words).test(await this.shown()));
  }

  async presses(kind: Kind, name: Name): Promise<void> {
    await this.until(`${kind} "${name}" to press`, async () => {
      const found = await this.found(kind, name);
      if (found) await this.scrollsTo(found);
      await found?.click();
      return found;
    });
  }

  async writes(name: Name, words: string): Promise<void> {
    await this.until(`a field "${name}" to write into`, async () => {
      const field = await this.found('field', name);
      if (!field) return false;
      await field.clear();
      await field.sendKeys(words);
      // Some drivers type into a field that the app is just replacing.
      return (await field.getProperty('value')) === words;
    });
  }

  /** Picks a file in the dialogue behind a button, which no driver shows. */
  async hands(name: Name, path: string): Promise<void> {
    await this.until(`a button "${name}" for files`, async () => {
      const field = await this.found('file', name);
      await field?.sendKeys(path);
      return field;
    });
  }

  /** Takes a screenshot that shows a complete picture. */
  async photographs(name: Name, path: string): Promise<void> {
    const picture = await this.until(`a picture "${name}"`, () => this.found('picture', name));
    // WebKit's driver may still capture the former screen, so two screenshots must be equal.
    const painted = 'requestAnimationFrame(() => requestAnimationFrame(arguments[0]));';
    let former = '';
    const photo = await this.until(`a screen that stands still with "${name}" on it`, async () => {
      await this.scrollsTo(picture);
      await this.driver.executeAsyncScript(painted);
      const isWhole = await this.driver.executeScript<boolean>(isOnScreen, picture);
      const present = await this.driver.takeScreenshot();
      const stands = isWhole && present === former;
      former = present;
      return stands ? present : undefined;
    });
    await writeFile(path, Buffer.from(photo, 'base64'));
  }

  async findsPressed(name: Name, pressed: boolean): Promise<void> {
    await this.until(`"${name}" ${pressed ? 'pressed' : 'not pressed'}`, async () => {
      const found = await this.found('button', name);
      return (await found?.getAttribute('aria-pressed')) === String(pressed);
    });
  }

  /** The text of the saved file whose name matches. */
  saved(name: RegExp): Promise<string> {
    return this.until(`a saved file ${name}`, async () => {
      const file = (await readdir(this.folder)).find((other) => name.test(other));
      // Browsers create the file first and fill it afterwards.
      return file && (await readFile(join(this.folder, file), 'utf8'));
    });
  }

  /** All shown text. */
  shown(): Promise<string> {
    return this.driver.executeScript('return document.body.innerText;');
  }

  /**
   * Scrolls to an element. WebKit's driver does not press an element that is less than its height
   * out of view. WebKit itself takes a drawing's height from its own units and stops short, so the
   * drawing's container is scrolled to.
   */
  private async scrollsTo(element: WebElement): Promise<void> {
    const scrollIntoView = `arguments[0].closest(":not(svg, svg *)")
      .scrollIntoView({ block: "center", behavior: "instant" });`;
    await this.driver.executeScript(scrollIntoView, element);
  }

  /** A shown element with this name. */
  private async found(kind: Kind, name: Name): Promise<WebElement | undefined> {
    const pattern = typeof name === 'string' ? exactly(name) : name;
    const found = await this.driver.executeScript<WebElement | null>(named, KINDS[kind], pattern.source);
    return found ?? undefined;
  }

  private async until<T>(what: string, attempt: () => Promise<T>): Promise<NonNullable<T>> {
    const end = Date.now() + TIMEOUT_MS;
    let obstacle = '';
    while (Date.now() < end) {
      try {
        const result = await attempt();
        if (result) return result;
        obstacle = '';
      } catch (trouble) {
        if (!passes(trouble)) throw trouble;
        obstacle = ` (${trouble})`;
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`${what} was waited for in vain${obstacle}. What is shown:\n${await this.shown()}`);
  }
}

/** Whether an error is due to the screen changing during the search. */
function passes(trouble: unknown): boolean {
  return (
    trouble instanceof error.StaleElementReferenceError ||
    trouble instanceof error.ElementClickInterceptedError ||
    trouble instanceof error.ElementNotInteractableError ||
    trouble instanceof error.InvalidElementStateError ||
    trouble instanceof error.JavascriptError
  );
}

/** Whether the window shows an element completely. Runs in the page. */
function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

/** The first shown element whose accessible name matches. Runs in the page. */
function named(selector: string, pattern: string): Element | null {
  const fits = new RegExp(pattern);
  const name = (element: Element) => {
    const { labels } = element as HTMLInputElement;
    const labelled = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    const naming = labelled.length ? labelled.map((id) => document.getElementById(id)) : [...(labels ?? [])];
    const text = naming.map((label) => label?.textContent).join(' ');
    return element.getAttribute('aria-label') ?? (text || (element.textContent ?? ''));
  };
  const isShown = (element: Element) =>
    element.matches('[type=file], label *') || element.getClientRects().length > 0;
  const all = [...document.querySelectorAll(selector)];
  return all.find((element) => isShown(element) && fits.test(name(element))) ?? null;
}
