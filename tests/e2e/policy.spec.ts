// The page's content security policy: each directive stops an attack, and each allowance is needed.
// Every attack is made twice, on the page as it is and on the same page without the directive,
// where it must succeed: otherwise the directive would not be what stops it.
//
// These tests use Playwright's own `test`: the suite's own would fail on the provoked violations.
import { expect, test as base, type Page } from '@playwright/test';
import { ForeignOrigin } from './foreign-origin';
import { Altered, Policy } from './policy';

interface Attack {
  /** The directive that stops the attack. */
  directive: string;
  /** The directive in the browser's report. */
  reported: string;
  /** Markup injected into the page; `ELSEWHERE` is the foreign origin. */
  markup?: string;
  /** An action by a script of the page. */
  act?: (page: Page, elsewhere: string) => Promise<unknown>;
  /** Other directives that would also stop the attack; they are removed to test the one alone. */
  besides?: string[];
}

declare global {
  interface Window {
    violations: string[];
    arrived: string[];
    isReady: boolean | undefined;
    reached: (what: string) => void;
    trustedTypes: { createPolicy(name: string, rules: { createHTML(text: string): string }): unknown };
  }
}

const TYPES = ['require-trusted-types-for', 'trusted-types'];

/** Runs an action in the page with a foreign address. */
const doing =
  (act: (address: string) => unknown, path: string) =>
  async (page: Page, elsewhere: string): Promise<void> => {
    // A stopped action may throw or reject, and a successful one may never resolve.
    await page.evaluate(act, elsewhere + path).catch(() => {});
  };

/** Passes a text to a function that treats it as markup or code. */
const sink = (act: (text: string) => unknown): Attack => ({
  directive: 'require-trusted-types-for',
  reported: 'require-trusted-types-for',
  act: doing(act, '/x.svg'),
});

/** Creates a Trusted Types policy that would turn texts into markup. */
const making = (name: string): Attack => ({
  directive: 'trusted-types',
  reported: 'trusted-types',
  act: (page) =>
    page.evaluate((name) => {
      try {
        window.trustedTypes.createPolicy(name, { createHTML: (text) => text });
        window.reached('a policy');
      } catch {
        // Refused, as expected.
      }
    }, name),
});

const ATTACKS: Record<string, Attack> = {
  'an inline script': {
    directive: 'script-src',
    reported: 'script-src-elem',
    markup: '<script>reached("an inline script")</script>',
  },
  'a script in an attribute': {
    directive: 'script-src',
    reported: 'script-src-attr',
    markup: '<input autofocus onfocus="reached(1)"><svg onload="reached(2)"></svg><img src=data:, onerror="reached(3)">',
  },
  'a script in a link': {
    directive: 'script-src',
    reported: 'script-src-elem',
    markup: '<a id="bait" href="javascript:reached(1)">Lire</a>',
    act: (page) => page.evaluate(() => document.getElementById('bait')?.click()),
    besides: TYPES,
  },
  'a foreign script': {
    directive: 'script-src',
    reported: 'script-src-elem',
    markup: '<script src="ELSEWHERE/x.js"></script>',
  },
  'a script in its address': {
    directive: 'script-src',
    reported: 'script-src-elem',
    markup: '<script src="data:text/javascript,reached(1)"></script>',
  },
  'a module in its address': {
    directive: 'script-src',
    reported: 'script-src-elem',
    markup: '<script type="module" src="data:text/javascript,reached(1)"></script>',
  },
  'a text that is run': {
    directive: 'script-src',
    reported: 'script-src',
    act: doing(() => setTimeout('reached(1)'), ''),
    besides: TYPES,
  },
  'a foreign frame': {
    directive: 'default-src',
    reported: 'frame-src',
    markup: '<iframe src="ELSEWHERE/x.html"></iframe>',
  },
  'a foreign object': {
    directive: 'default-src',
    reported: 'object-src',
    markup: '<object data="ELSEWHERE/x.html" type="text/html"></object>',
  },
  'a foreign plugin': {
    directive: 'default-src',
    reported: 'object-src',
    markup: '<embed src="ELSEWHERE/x.html" type="text/html">',
  },
  'a foreign film': {
    directive: 'default-src',
    reported: 'media-src',
    markup: '<video src="ELSEWHERE/x.webm" preload="auto" muted></video>',
  },
  'a foreign type face': {
    directive: 'default-src',
    reported: 'font-src',
    act: doing((address) => new FontFace('x', `url(${address})`).load(), '/x.woff2'),
  },
  'a foreign image': {
    directive: 'img-src',
    reported: 'img-src',
    markup: '<img src="ELSEWHERE/x.svg" alt="">',
  },
  'a foreign image in a drawing': {
    directive: 'img-src',
    reported: 'img-src',
    markup: '<svg><image href="ELSEWHERE/x.svg" width="1" height="1"/></svg>',
  },
  'a sheet in the page': {
    directive: 'style-src',
    reported: 'style-src-elem',
    markup: '<style>:root { --reached: yes }</style>',
  },
  'a style in an attribute': {
    directive: 'style-src',
    reported: 'style-src-attr',
    markup: '<p id="bait" style="--reached: yes"></p>',
  },
  'a foreign sheet': {
    directive: 'style-src',
    reported: 'style-src-elem',
    markup: '<link rel="stylesheet" href="ELSEWHERE/x.css">',
  },
  'a foreign request': {
    directive: 'connect-src',
    reported: 'connect-src',
    act: doing((address) => fetch(address), '/fetch'),
  },
  'a request of the older kind': {
    directive: 'connect-src',
    reported: 'connect-src',
    act: doing((address) => {
      const request = new XMLHttpRequest();
      request.open('GET', address);
      request.send();
    }, '/request'),
  },
  'a beacon': {
    directive: 'connect-src',
    reported: 'connect-src',
    act: doing((address) => navigator.sendBeacon(address, 'notes'), '/beacon'),
  },
  'a web socket': {
    directive: 'connect-src',
    reported: 'connect-src',
    act: doing((address) => void new WebSocket(address.replace('http', 'ws')), '/socket'),
  },
  'a stream of events': {
    directive: 'connect-src',
    reported: 'connect-src',
    act: doing((address) => void new EventSource(address), '/events'),
  },
  'a foreign manifest': {
    directive: 'manifest-src',
    reported: 'manifest-src',
    act: async (page, elsewhere) => void (await manifest(page, `${elsewhere}/x.webmanifest`)),
  },
  'a worker made of a text': {
    // The policy has no worker-src, so script-src applies.
    directive: 'script-src',
    reported: 'worker-src',
    act: (page) =>
      page.evaluate(() => {
        const code = new Blob(['postMessage(1)'], { type: 'text/javascript' });
        const worker = new Worker(URL.createObjectURL(code));
        worker.addEventListener('message', () => window.reached('a worker'));
      }),
    besides: TYPES,
  },
  'another base for addresses': {
    directive: 'base-uri',
    reported: 'base-uri',
    markup: '<base href="ELSEWHERE/">',
    act: (page, elsewhere) =>
      page.evaluate((elsewhere) => {
        if (document.baseURI.startsWith(elsewhere)) window.reached('another base');
      }, elsewhere),
  },
  'a form that sends': {
    directive: 'form-action',
    reported: 'form-action',
    markup: '<form id="bait" action="ELSEWHERE/form" method="post" target="_blank"><input name="notes"></form>',
    act: (page) => page.evaluate(() => (document.getElementById('bait') as HTMLFormElement).submit()),
  },
  'markup inside an element': sink((text) => {
    const place = document.createElement('p');
    place.innerHTML = `<b>${text}</b>`;
    if (place.firstElementChild) window.reached('markup');
  }),
  'markup beside an element': sink((text) => {
    const place = document.createElement('p');
    place.insertAdjacentHTML('beforeend', `<b>${text}</b>`);
    if (place.firstElementChild) window.reached('markup');
  }),
  'markup of a range': sink((text) => {
    const made = document.createRange().createContextualFragment(`<b>${text}</b>`);
    if (made.firstElementChild) window.reached('markup');
  }),
  'markup that is parsed': sink((text) => {
    const made = new DOMParser().parseFromString(`<b>${text}</b>`, 'text/html');
    if (made.querySelector('b')) window.reached('markup');
  }),
  'a page in a frame': sink((text) => {
    const frame = document.createElement('iframe');
    frame.srcdoc = text;
    if (frame.srcdoc) window.reached('markup');
  }),
  'the address of a script': sink((text) => {
    const script = document.createElement('script');
    script.src = text;
    if (script.src) window.reached('an address');
  }),
  'the text of a script': sink((text) => {
    const script = document.createElement('script');
    script.text = text;
    if (script.text) window.reached('a script');
  }),
  'a listener in an attribute': sink((text) => {
    const place = document.createElement('p');
    place.setAttribute('onclick', text);
    if (place.hasAttribute('onclick')) window.reached('a listener');
  }),
  'the address of a service worker': sink(async () => {
    const made = await navigator.serviceWorker.register('./icon.svg').catch((error) => error);
    // If this check passes, the file is requested, and refused because it is not a script.
    if (made.name === 'SecurityError') window.reached('an address');
  }),
  'a policy of another name': making('another'),
  'a policy for whatever is handed over': making('default'),
};

/** The app's need for each directive that allows something; tested without the allowance. */
const NEEDS: Record<string, (page: Page) => Promise<boolean>> = {
  'script-src': isReady,
  'connect-src': isReady,
  'style-src': (page) =>
    page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--ink') !== ''),
  'img-src': (page) =>
    page.evaluate(async () => {
      const image = new Image();
      image.src = document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '';
      return image.decode().then(() => true, () => false);
    }),
  'manifest-src': async (page) => (await manifest(page, './own.webmanifest')) !== '',
};

const test = base.extend({
  page: async ({ page }, use) => {
    await page.addInitScript(() => {
      window.violations = [];
      window.arrived = [];
      addEventListener('jalons:ready', () => {
        window.isReady = true;
      });
      window.reached = (what) => window.arrived.push(what);
      addEventListener('securitypolicyviolation', (event) => {
        window.violations.push(event.effectiveDirective);
      });
    });
    // The form's response must not replace the page that is checked afterwards.
    page.on('popup', (popup) => void popup.close());
    await use(page);
  },
});

let elsewhere: ForeignOrigin;
let altered: Altered;

test.beforeAll(async ({ baseURL }) => {
  elsewhere = await ForeignOrigin.open();
  altered = await Altered.of(baseURL ?? '');
  altered.files.set('/own.webmanifest', { type: 'application/manifest+json', body: '{"name":"Jalons"}' });
});

test.afterAll(async () => {
  await elsewhere.close();
  await altered.close();
});

/**
 * Whether the app starts; the page itself can be read without it. If the app cannot start, the page
 * says so; without any script, only the violation is reported.
 */
async function isReady(page: Page): Promise<boolean> {
  await page.waitForFunction(() => {
    const failed = document.getElementById('rescue')?.hidden === false;
    return window.isReady || failed || window.violations.includes('script-src-elem');
  });
  return page.evaluate(() => Boolean(window.isReady));
}

/** Reads the manifest like a browser that is about to offer installing. */
async function manifest(page: Page, address: string): Promise<string> {
  await page.evaluate((address) => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'manifest', href: address });
    document.querySelector('link[rel=manifest]')?.remove();
    document.head.append(link);
  }, address);
  const tools = await page.context().newCDPSession(page);
  return (await tools.send('Page.getAppManifest')).data ?? '';
}

/** Opens the page under a policy: the whole page, or its head with this markup. */
async function open(page: Page, policy: Policy, markup?: string): Promise<void> {
  Object.assign(altered, { policy, markup: markup ?? '', bare: markup !== undefined });
  await page.goto(altered.origin, { waitUntil: 'domcontentloaded' });
}

/** Whether an attack succeeds under a policy: it runs, is shown, or reaches the other host. */
async function getsThrough(page: Page, attack: Attack, policy: Policy): Promise<boolean> {
  elsewhere.asked.length = 0;
  const markup = (attack.markup ?? '').replaceAll('ELSEWHERE', elsewhere.origin);
  await open(page, policy, markup);
  await attack.act?.(page, elsewhere.origin);
  const effects = () =>
    page.evaluate(() => {
      const styled = [document.documentElement, ...document.querySelectorAll('#bait')];
      const marks = styled.map((element) => getComputedStyle(element).getPropertyValue('--reached'));
      return window.arrived.length + marks.filter(Boolean).length;
    });
  const came = async () => elsewhere.asked.length + (await effects()) > 0;
  const reports = () => page.evaluate(() => window.violations);
  // Waits for a report or for success, whichever comes first.
  await expect
    .poll(async () => (await came()) || (await reports()).includes(attack.reported))
    .toBe(true);
  return came();
}

test('every directive of the policy has an attack that it stops', () => {
  const attacked = new Set(Object.values(ATTACKS).map(({ directive }) => directive));
  const { names } = altered.published;
  expect([...attacked].sort()).toEqual(names.sort());
});

for (const [name, attack] of Object.entries(ATTACKS)) {
  // With workers blocked, the address is refused before the policy is checked.
  const worker = name === 'the address of a service worker';
  const withWorkers = test.extend({ serviceWorkers: worker ? 'allow' : 'block' });
  withWorkers(`${name} is stopped by ${attack.directive}, and by nothing else`, async ({ page }) => {
    const policy = altered.published.without(...(attack.besides ?? []));
    expect(await getsThrough(page, attack, policy)).toBe(false);
    expect(await page.evaluate(() => window.violations)).toContain(attack.reported);
    // Without such a directive `default-src` would apply, which allows even less, so the directive
    // is opened instead.
    const allows = attack.directive.endsWith('-src') && attack.directive !== 'default-src';
    const dropped = allows ? policy.opened(attack.directive) : policy.without(attack.directive);
    expect(await getsThrough(page, attack, dropped)).toBe(true);
  });
}

const withWorkers = test.extend({ serviceWorkers: 'allow' });

withWorkers("the app's own policy for types cannot be made a second time", async ({ page }) => {
  await page.goto('/');
  const registered = () => page.evaluate(async () => Boolean(await navigator.serviceWorker.getRegistration()));
  await expect.poll(registered).toBe(true);
  const again = page.evaluate(() => {
    window.trustedTypes.createPolicy('jalons', { createHTML: (text) => text });
  });
  await expect(again).rejects.toThrow(/jalons/);
});

test('all sources that the policy allows are in use', () => {
  const policy = altered.published;
  const allowing = policy.names.filter((name) => name.endsWith('-src') && name !== 'default-src');
  expect(Object.keys(NEEDS).sort()).toEqual(allowing.sort());
});

for (const [directive, need] of Object.entries(NEEDS)) {
  test(`what ${directive} allows is there with it, and is not without`, async ({ page }) => {
    const policy = altered.published;
    const markup = need === isReady ? undefined : '';
    await open(page, policy, markup);
    expect(await need(page)).toBe(true);
    await open(page, policy.without(directive), markup);
    expect(await need(page)).toBe(false);
    expect(await page.evaluate(() => window.violations.join())).toContain(directive);
  });
}
