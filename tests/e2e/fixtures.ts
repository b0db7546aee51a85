// The `test` function of this suite. It watches all pages of every test and fails it on an error or
// warning in the console, an uncaught exception, a violation of the content security policy, or a
// request to another origin.
import { test as base, type BrowserContext } from '@playwright/test';

export { expect } from '@playwright/test';

interface Options {
  /** Trouble that the test provokes on purpose. It must happen, and no other may. */
  expectedTrouble: RegExp | undefined;
}

interface Guard {
  guard: void;
}

function watch(context: BrowserContext, origin: string): string[] {
  const troubles: string[] = [];
  context.on('console', (message) => {
    // Playwright reports this itself when it blocks workers.
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
      // Browsers print most violations, but not those of a report-only policy.
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
