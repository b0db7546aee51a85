// Measurements of a page that roles and names do not show.
import type { Page } from '@playwright/test';

/** Texts without French typography. */
export function misset(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wrong = / [:;!?»%]|« |\p{L}'\p{L}/u;
    const found: string[] = [document.title].filter((text) => wrong.test(text));
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { parentElement, nodeValue } = texts.currentNode;
      const typed = parentElement?.closest('textarea, script, pre');
      if (!typed && wrong.test(nodeValue ?? '')) found.push(nodeValue ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
      for (const name of ['aria-label', 'placeholder', 'title']) {
        const text = element.getAttribute(name) ?? '';
        if (wrong.test(text)) found.push(text);
      }
    }
    return found;
  });
}

/** Touch targets smaller than 44 by 44 pixels. Links within a text are exempt. */
export function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const touchable = document.querySelectorAll('button, input, select, textarea, summary, a');
    const small: string[] = [];
    for (const element of touchable) {
      const inText =
        element.tagName === 'A' &&
        getComputedStyle(element).display === 'inline' &&
        !element.closest('nav');
      const target = element.closest('label') ?? element;
      if (inText || !target.checkVisibility({ checkVisibilityCSS: true })) continue;
      const { width, height } = target.getBoundingClientRect();
      // Layout rounds to fractions of a pixel.
      if (width < 43.9 || height < 43.9) {
        const name = element.getAttribute('aria-label') ?? target.textContent?.trim().slice(0, 40);
        small.push(`${element.tagName} "${name}" ${width.toFixed(1)} × ${height.toFixed(1)}`);
      }
    }
    return small;
  });
}

/** The width of the page beyond its window, and the elements that cause it. */
export function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 1,
    );
    const names = wide.slice(0, 5).map((e) => `${e.tagName}.${e.className} "${e.textContent?.slice(0, 30)}"`);
    return [`${scrollWidth} > ${clientWidth}`, ...names];
  });
}

/** Elements whose animations or transitions last longer than an eye can notice. */
export function motions(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const longest = (times: string) =>
      Math.max(...times.split(',').map((time) => parseFloat(time) * (time.includes('ms') ? 1 : 1000)));
    const moving = [...document.querySelectorAll('*')].filter((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      const animated = animationName !== 'none' && longest(animationDuration) > 10;
      return animated || longest(transitionDuration) > 10;
    });
    const running = document.getAnimations().map((animation) => `running ${animation.id}`);
    const names = moving.map((element) => `${element.tagName}.${element.className}`);
    return [...running, ...new Set(names)];
  });
}

/** The focused element and why it is not visible; empty if it is. */
export function hiddenFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return '';
    const label = element.closest('label') ?? element;
    const name = `${element.tagName} "${(element.getAttribute('aria-label') ?? label.textContent ?? '').trim().slice(0, 40)}"`;
    const outlined = [element, label].some((part) => {
      const { outlineStyle, outlineWidth } = getComputedStyle(part);
      return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
    });
    // The calendar button of a date field takes the focus in place of the field, with the browser's
    // own outline, which the page's styles do not show.
    const inside = element.matches('[type=date]:not(:focus-visible)');
    if (!outlined && !inside) return `${name} has no outline`;
    // Some part of it must be in the viewport and not covered.
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const spots = [0.1, 0.5, 0.9].flatMap((x) =>
      [0.1, 0.5, 0.9].map((y) => [left + (right - left) * x, top + (bottom - top) * y] as const),
    );
    const seen = spots.some(([x, y]) => {
      const there = document.elementFromPoint(x, y);
      return there !== null && (element.contains(there) || label.contains(there));
    });
    return seen ? '' : `${name} is covered or out of sight`;
  });
}

/** Whether no element has the focus. */
export function focusIsLost(page: Page): Promise<boolean> {
  return page.evaluate(
    () => !document.activeElement || document.activeElement === document.body,
  );
}

/** Whether an element is exposed to assistive technology, even if empty. For `evaluate`. */
export function isExposed(element: Element): boolean {
  return element.isConnected && element.checkVisibility({ visibilityProperty: true });
}

/** Lines of text that are cut by the window or by an ancestor, unless they can be scrolled. */
export function cutTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode()) {
      const { parentElement: parent, nodeValue } = texts.currentNode;
      if (!parent?.checkVisibility({ visibilityProperty: true }) || !nodeValue?.trim()) continue;
      let [left, right] = [0, document.documentElement.clientWidth];
      let isExempt = false;
      for (let box: Element | null = parent; box && box !== document.body; box = box.parentElement) {
        const { overflowX, position } = getComputedStyle(box);
        const { left: from, right: to, width } = box.getBoundingClientRect();
        // Text for screen readers alone is a pixel wide.
        if (['auto', 'scroll'].includes(overflowX) || width <= 1 || position === 'fixed') isExempt = true;
        if (['hidden', 'clip'].includes(overflowX)) [left, right] = [Math.max(left, from), Math.min(right, to)];
      }
      if (isExempt) continue;
      range.selectNodeContents(texts.currentNode);
      for (const line of range.getClientRects()) {
        if (line.width === 0 || (line.left >= left - 1 && line.right <= right + 1)) continue;
        found.push(`${parent.tagName}.${parent.className} ${line.left.toFixed(0)}–${line.right.toFixed(0)} of ${left.toFixed(0)}–${right.toFixed(0)} "${nodeValue.slice(0, 30)}"`);
        break;
      }
    }
    return [...new Set(found)];
  });
}

/** How many elements show a text, or a value, that begins so, and those that are set in another direction. */
export function misdirected(page: Page, beginning: string, direction: 'ltr' | 'rtl'): Promise<{ seen: number; wrong: string[] }> {
  return page.evaluate(
    ([beginning, direction]) => {
      const own = (element: Element) =>
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? element.value
          : [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE)?.nodeValue ?? '';
      // A sentence of the app's own that goes on in people's words runs in its own direction.
      const begins = (element: Element | null): boolean => {
        if (!element) return false;
        if (getComputedStyle(element).display === 'inline') return begins(element.parentElement);
        return element.matches('input, textarea') || (element.textContent ?? '').startsWith(beginning);
      };
      const shown = [...document.body.querySelectorAll('*')].filter(
        (element) => own(element).startsWith(beginning) && element.checkVisibility() && begins(element),
      );
      const wrong = shown.filter((element) => getComputedStyle(element).direction !== direction);
      return { seen: shown.length, wrong: wrong.map((element) => `${element.tagName}.${element.className}`) };
    },
    [beginning, direction] as const,
  );
}

/**
 * Faults of the texts on the page, found by the boxes of their words: a page that scrolls sideways,
 * words that are cut, broken or over others. Tables may scroll within their frames, pictures are
 * described as a whole, and code breaks anywhere.
 */
export function textFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page scrolls: ${scrollWidth} > ${clientWidth}`);

    const ancestors = (from: Element | null) => {
      const all: Element[] = [];
      for (let element = from; element; element = element.parentElement) all.push(element);
      return all;
    };
    // Names for screen readers are a pixel wide or clipped.
    const isUnseen = (element: Element) => {
      const { clipPath, position } = getComputedStyle(element);
      return clipPath === 'inset(50%)' || (position === 'absolute' && element.clientWidth <= 1);
    };
    const isPinned = (element: Element) => /fixed|sticky/.test(getComputedStyle(element).position);

    interface Box {
      name: string;
      node: Node;
      /** The bar at the edge of the window that it is in, which covers the page. */
      bar: Element | undefined;
      left: number;
      right: number;
      top: number;
      bottom: number;
    }
    const boxes: Box[] = [];
    const range = document.createRange();
    const rectsOf = (text: Text, from: number, to: number) => {
      range.setStart(text, from);
      range.setEnd(text, to);
      return [...range.getClientRects()].filter(({ width }) => width > 0);
    };

    // Text off screen is not laid out, unless it is asked for.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { content-visibility: visible !important }');
    document.adoptedStyleSheets = [sheet];

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode as Text;
      const element = text.parentElement;
      if (!element?.checkVisibility({ visibilityProperty: true })) continue;
      if (element.closest('script, option, textarea, code, [role=img]')) continue;
      const around = ancestors(element);
      if (around.some(isUnseen)) continue;
      const bar = around.find(isPinned);
      const table = around.findIndex(({ tagName }) => tagName === 'TABLE');
      const scrolls = table >= 0 && around.slice(table).some((e) => getComputedStyle(e).overflowX === 'auto');
      const frames = around.filter((e) => getComputedStyle(e).overflowX !== 'visible' && e !== document.body);
      for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
        const rects = rectsOf(text, index, index + word.length);
        for (let at = 1; at < word.length && rects.length > 1; at += 1) {
          const [before] = rectsOf(text, index + at - 1, index + at);
          const [after] = rectsOf(text, index + at, index + at + 1);
          const isInside = /^[\p{L}\p{N}’'][\p{L}\p{N}’']$/u.test(word.slice(at - 1, at + 1));
          if (isInside && before && after && after.top > before.bottom - 2) {
            faults.push(`${word.slice(0, at)}|${word.slice(at)} is broken`);
          }
        }
        for (const { left, right, top, bottom, height } of rects) {
          // Fonts are higher than their letters, and their lines may be closer.
          const box = { name: word, node: text, bar, left, right, top: top + height * 0.22, bottom: bottom - height * 0.22 };
          boxes.push(box);
          if (scrolls) continue;
          if (left < -1 || right > clientWidth + 1) faults.push(`${word} is outside the window`);
          for (const frame of frames) {
            const outer = frame.getBoundingClientRect();
            const isWhole = left > outer.left - 1 && right < outer.right + 1 && box.top > outer.top - 1 && box.bottom < outer.bottom + 1;
            if (!isWhole) faults.push(`${word} is cut by ${frame.tagName}.${frame.className}`);
          }
        }
      }
    }
    for (const element of document.querySelectorAll('svg.icon, .shape, input, select, button:empty')) {
      const isSeen = element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
      if (!isSeen || ancestors(element).some(isUnseen)) continue;
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const name = `<${element.tagName} ${element.getAttribute('class') ?? element.getAttribute('type')}>`;
      if (left < -1 || right > clientWidth + 1) faults.push(`${name} is outside the window`);
      const bar = ancestors(element).find(isPinned);
      boxes.push({ name, node: element, bar, left: left + 1, right: right - 1, top: top + 2, bottom: bottom - 2 });
    }
    document.adoptedStyleSheets = [];

    boxes.sort((one, other) => one.top - other.top);
    boxes.forEach((one, at) => {
      for (const other of boxes.slice(at + 1)) {
        if (other.top >= one.bottom) break;
        const isOver = Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
          && Math.min(one.bottom, other.bottom) - other.top > 1;
        if (isOver && one.bar === other.bar) faults.push(`${one.name} is over ${other.name}`);
      }
    });
    return faults.slice(0, 20);
  });
}

/**
 * The layout shift of the page so far, after the last change is painted; it includes shifts within
 * half a second of a tap, which browsers exclude.
 */
export const shifted = (page: Page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    const observer = new PerformanceObserver(() => {});
    observer.observe({ type: 'layout-shift', buffered: true });
    const shifts = observer.takeRecords() as (PerformanceEntry & { value: number })[];
    observer.disconnect();
    return shifts.reduce((sum, { value }) => sum + value, 0);
  });
