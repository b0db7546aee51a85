// A browser that translates the page, and an extension that marks words in it. Both replace text
// nodes, at any time, and go on with what the app writes later.
import type { Page } from '@playwright/test';
import { expect } from './fixtures';

/** What is done to a text: `same` words in other elements, `other` words, or `marked` ones. */
type Change = 'same' | 'other' | 'marked';

/** Changes the texts on the page, and returns how many. Later ones get other elements only. */
function change(page: Page, change: Change): Promise<number> {
  return page.evaluate((change) => {
    const left = 'script, style, textarea, font, mark, [translate="no"]';
    const nested = (words: string) => {
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.append(words);
      outer.append(inner);
      return [outer];
    };
    const marked = (words: string) => {
      const mark = document.createElement('mark');
      const [first = ''] = /^\s*\S+/.exec(words) ?? [];
      mark.append(first);
      return [mark, document.createTextNode(words.slice(first.length))];
    };
    const done = new WeakSet<Node>();
    const replace = (root: Node, change: Change) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts = root instanceof Text ? [root] : [];
      while (walker.nextNode()) texts.push(walker.currentNode as Text);
      const own = texts.filter((text) => {
        return text.data.trim() && !done.has(text) && text.parentElement && !text.parentElement.closest(left);
      });
      for (const text of own) {
        const words = change === 'other' ? text.data.replace(/\p{L}+/gu, '$&o') : text.data;
        const nodes = change === 'marked' ? marked(words) : nested(words);
        for (const node of nodes) done.add(node);
        text.replaceWith(...nodes);
      }
      return own.length;
    };
    const count = replace(document.body, change);
    const later = change === 'other' ? 'same' : change;
    const observer = new MutationObserver((changes) => {
      const nodes = changes.flatMap(({ target, addedNodes }) => [target, ...addedNodes]);
      for (const node of nodes) if (node.isConnected) replace(node, later);
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    return count;
  }, change);
}

/** Translates the page that is on the screen, and whatever comes, to the same words. */
export async function translate(page: Page): Promise<void> {
  expect(await change(page, 'same')).toBeGreaterThan(20);
}

/** Translates each page that is loaded, to other words, before the app starts. */
export async function translateOnArrival(page: Page): Promise<void> {
  await page.route('**/start-*.js', async (route) => {
    await page.waitForLoadState('domcontentloaded');
    expect(await change(page, 'other')).toBeGreaterThan(300);
    await route.continue();
  });
}

/**
 * Does to each page what extensions do: marks the words, colours the elements, and adds elements
 * of its own to the page, its lists and beside its fields.
 */
export async function extend(page: Page): Promise<void> {
  await page.route('**/start-*.js', async (route) => {
    await page.waitForLoadState('domcontentloaded');
    await change(page, 'marked');
    await page.evaluate(() => {
      const foreign = () => document.createElement('foreign-tool');
      const add = (root: Element) => {
        for (const field of root.querySelectorAll('input, textarea, select')) {
          if (field.nextElementSibling?.localName !== 'foreign-tool') field.after(foreign());
        }
        for (const list of root.querySelectorAll('#app, .screen, ul, ol, tbody')) {
          if (list.querySelector(':scope > foreign-tool')) continue;
          list.prepend(foreign());
          list.children[1]?.after(foreign());
        }
        for (const element of root.querySelectorAll('section, li, button')) {
          if (!element.hasAttribute('data-foreign')) element.setAttribute('data-foreign', '');
        }
      };
      add(document.body);
      new MutationObserver(() => add(document.body)).observe(document.body, { subtree: true, childList: true });
    });
    await route.continue();
  });
}
