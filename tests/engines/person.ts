// A person before the browser: looks for what has a name, presses it, writes, reads.
//
// What is found is found by what it is and how it is called. Everything waits, because what a
// person does next waits too.
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { error, type WebDriver, type WebElement } from 'selenium-webdriver';
import { containing, exactly } from '../e2e/words';

/** How long a person waits for something before taking it for broken. */
const PATIENCE = 15_000;

/** What things are, each with the elements that are it. */
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

/** A name, written with the keys of a keyboard; or what it has to fit. */
export type Name = string | RegExp;

export class Person {
  constructor(
    private readonly driver: WebDriver,
    private readonly url: string,
    /** Where the browser puts what it saves. */
    private readonly folder: string,
  ) {}

  /** Opens an address from outside, as a link in a message does. */
  async open(address = '#/'): Promise<void> {
    await this.driver.get(this.url + address);
    await this.findsTheAppStarted();
  }

  /** As the browser's button does. Firefox's driver would go past the worker. */
  async reload(): Promise<void> {
    await this.driver.executeScript('window.isFormer = true; location.reload();');
    const another = 'return !window.isFormer && document.readyState === "complete";';
    await this.until('another page', () => this.driver.executeScript<boolean>(another));
    await this.findsTheAppStarted();
  }

  /** What is pressed sooner may stand elsewhere by the time that the driver gets there. */
  private async findsTheAppStarted(): Promise<void> {
    const started = 'return !document.getElementById("starting");';
    await this.until('the app', () => this.driver.executeScript<boolean>(started));
    await this.findsTitle(/\S/);
  }

  async findsTitle(name: Name): Promise<void> {
    await this.until(`a title "${name}"`, () => this.found('title', name));
  }

  /** Reads what is shown until the words are there. */
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

  /** Chooses files in the dialogue behind a button, which no driver shows. */
  async hands(name: Name, path: string): Promise<void> {
    await this.until(`a button "${name}" for files`, async () => {
      const field = await this.found('file', name);
      await field?.sendKeys(path);
      return field;
    });
  }

  /** Takes a photo of the screen with a whole picture on it. */
  async photographs(name: Name, path: string): Promise<void> {
    const picture = await this.until(`a picture "${name}"`, () => this.found('picture', name));
    // WebKit's driver may still take the screen as it was before: two photos are to be alike.
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

  /** The text of the file that the browser has saved and whose name fits. */
  saved(name: RegExp): Promise<string> {
    return this.until(`a saved file ${name}`, async () => {
      const file = (await readdir(this.folder)).find((other) => name.test(other));
      // Browsers make the file first and fill it then.
      return file && (await readFile(join(this.folder, file), 'utf8'));
    });
  }

  /** All that is shown. */
  shown(): Promise<string> {
    return this.driver.executeScript('return document.body.innerText;');
  }

  /**
   * WebKit's driver does not press what stands less than its height out of sight. WebKit itself takes a
   * drawing for as high as its own units say, and stops short: what the drawing stands in is scrolled to.
   */
  private async scrollsTo(element: WebElement): Promise<void> {
    const toSight = `arguments[0].closest(":not(svg, svg *)")
      .scrollIntoView({ block: "center", behavior: "instant" });`;
    await this.driver.executeScript(toSight, element);
  }

  /** Something that is shown and is called so. */
  private async found(kind: Kind, name: Name): Promise<WebElement | undefined> {
    const pattern = typeof name === 'string' ? exactly(name) : name;
    const found = await this.driver.executeScript<WebElement | null>(named, KINDS[kind], pattern.source);
    return found ?? undefined;
  }

  private async until<T>(what: string, attempt: () => Promise<T>): Promise<NonNullable<T>> {
    const end = Date.now() + PATIENCE;
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

/** Whether trouble comes from looking while the screen changes. */
function passes(trouble: unknown): boolean {
  return (
    trouble instanceof error.StaleElementReferenceError ||
    trouble instanceof error.ElementClickInterceptedError ||
    trouble instanceof error.ElementNotInteractableError ||
    trouble instanceof error.InvalidElementStateError ||
    trouble instanceof error.JavascriptError
  );
}

/** Whether the window shows all of an element. It runs in the page. */
function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}

/** The first element that is shown and whose accessible name fits. It runs in the page. */
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
