// The test function of this suite. It watches every page of every test for what must never
// happen: an error or a warning in the console, an exception that nobody caught, a breach of the
// content security policy, a request to another origin.
import { test as base, type BrowserContext } from '@playwright/test';

export { expect } from '@playwright/test';

interface Options {
  /** What the test provokes on purpose. It must then happen, and nothing else may. */
  expectedTrouble: RegExp | undefined;
}

interface Guard {
  guard: void;
}

function watch(context: BrowserContext, origin: string): string[] {
  const troubles: string[] = [];
  context.on('console', (message) => {
    // Playwright itself says so where it keeps workers away.
    if (message.text() === 'Service Worker registration blocked by Playwright') return;
    if (['error', 'warning'].includes(message.type())) {
      troubles.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  context.on('weberror', (error) => troubles.push(`uncaught: ${error.error().message}`));
  context.on('request', (request) => {
    const url = new URL(request.url());
    const leaves = /^(https?|wss?):$/.test(url.protocol) && url.origin !== origin;
    if (leaves) troubles.push(`request to another origin: ${request.url()}`);
  });
  return troubles;
}

export const test = base.extend<Options & Guard>({
  expectedTrouble: [undefined, { option: true }],
  guard: [
    async ({ context, baseURL, expectedTrouble }, use) => {
      const troubles = watch(context, new URL(baseURL ?? '').origin);
      // Browsers print most breaches, but not those of a page that only reports them.
      await context.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) => {
          console.error(`content security policy: ${event.violatedDirective} ${event.blockedURI}`);
        });
      });
      await use();
      const provoked = troubles.filter((trouble) => expectedTrouble?.test(trouble));
      const others = troubles.filter((trouble) => !provoked.includes(trouble));
      if (others.length > 0) throw new Error(`The page was not quiet:\n${others.join('\n')}`);
      if (expectedTrouble && provoked.length === 0) {
        throw new Error(`${expectedTrouble} was expected and did not happen.`);
      }
    },
    { auto: true },
  ],
});
