// The app behind nginx and Apache, configured as in docs/hosting: the headers of each kind of file,
// and that the app works there, also in a subfolder.
import { expect, test } from './fixtures';
import { BELOW, Host, below, published, staticHeaders, type Program } from './hosts';
import { cachedBuilds } from './host';
import { App } from './pages';
import { Policy } from './policy';
import { containing } from './words';

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json; charset=utf-8',
};

const HASHED = /-[0-9a-f]{8}\.\w+$/;
const IMMUTABLE = 'public, max-age=31536000, immutable';

// One server after the other, each started once.
test.describe.configure({ mode: 'default' });

for (const program of ['nginx', 'Apache'] as Program[]) {
  test.describe(`behind ${program}`, () => {
    let host: Host;

    test.beforeAll(async () => {
      host = await Host.of(program);
    });

    test.afterAll(async () => {
      await host?.close();
    });

    test('every file comes with its type, its caching and all headers', async ({ request }) => {
      const files = published().filter((path) => !path.endsWith('/_headers'));
      expect(files.length).toBeGreaterThan(20);
      for (const path of ['/', BELOW, ...files, ...files.map(below)]) {
        const answer = await request.head(host.origin + path);
        expect(answer.status(), path).toBe(200);
        const headers = answer.headers();
        const ending = path.endsWith('/') ? 'html' : (path.split('.').at(-1) ?? '');
        expect(headers['content-type'], path).toBe(TYPES[ending]);
        expect(headers['cache-control'], path).toBe(HASHED.test(path) ? IMMUTABLE : 'no-cache');
        // The build writes the same rules into a file for other hosts.
        const file = path.replace(BELOW, '/');
        const { 'cache-control': caching, ...others } = staticHeaders(file);
        expect(headers, path).toMatchObject(others);
        expect(caching, path).toBe(HASHED.test(file) ? IMMUTABLE : undefined);
      }
    });

    test('a refusal has the headers too, and is not kept', async ({ request }) => {
      const answer = await request.get(`${host.origin}/jalons-01234567.wasm`);
      expect(answer.status()).toBe(404);
      const { 'content-security-policy': policy, 'cache-control': caching } = answer.headers();
      expect(policy).toContain("frame-ancestors 'none'");
      expect(caching).toBeUndefined();
    });

    test('a file that may have changed is revalidated, and not sent again', async ({ request }) => {
      const first = await request.get(`${host.origin}/index.html`, { headers: { 'Accept-Encoding': 'identity' } });
      const headers = { 'If-None-Match': first.headers().etag ?? '', 'Accept-Encoding': 'identity' };
      expect((await request.get(`${host.origin}/index.html`, { headers })).status()).toBe(304);
    });

    test('the module comes compressed to who can read that', async ({ request }) => {
      const module = published().find((path) => /\/jalons-[0-9a-f]{8}\.wasm$/.test(path)) ?? '';
      const plain = { 'Accept-Encoding': 'identity' };
      const whole = await request.get(host.origin + module, { headers: plain });
      expect(whole.headers()['content-encoding']).toBeUndefined();
      for (const encoding of ['gzip', ...(brotli(program) ? ['br'] : [])]) {
        const small = await request.get(host.origin + module, { headers: { 'Accept-Encoding': encoding } });
        const { 'content-encoding': sent, 'content-type': type } = small.headers();
        expect(sent, encoding).toBe(encoding);
        expect(type).toBe('application/wasm');
        expect((await small.body()).equals(await whole.body())).toBe(true);
      }
    });

    test("the header's policy is the page's but for the sheet and who may frame it", async ({ request }) => {
      const answer = await request.get(host.origin);
      const page = Policy.in(await answer.text()).directives;
      const header = Policy.of(answer.headers()['content-security-policy'] ?? '').directives;
      expect([...header.keys()]).toEqual([...page.keys(), 'frame-ancestors']);
      for (const [name, sources] of page) {
        if (name !== 'style-src') expect(header.get(name), name).toBe(sources);
      }
    });

    for (const folder of ['/', BELOW]) {
      test(`the app works at ${folder}`, async ({ browser }) => {
        const context = await browser.newContext({ baseURL: host.origin, locale: 'fr-FR' });
        const troubles: string[] = [];
        context.on('console', (message) => {
          // The worker has its own tests; this context blocks it.
          const blocked = message.text().includes('registration blocked by Playwright');
          if (['error', 'warning'].includes(message.type()) && !blocked) {
            troubles.push(message.text());
          }
        });
        const app = new App(await context.newPage());
        await app.page.goto(`${folder}#/objectif/3.3.3`);
        await app.started();
        await app.tick('3.3.3-m1').click();
        await app.expectTicked('3.3.3-m1');
        await app.reload();
        await app.expectTicked('3.3.3-m1');
        // A lazy chunk, and its styles, which a script adds.
        await app.goTo('Suivre');
        await app.expectTitle('Suivre les marqueurs');
        expect(troubles).toEqual([]);
        await context.close();
      });
    }

    test('the worker works under the headers, and opens the app once the server is gone', async ({ browser }) => {
      const gone = await Host.of(program);
      const context = await browser.newContext({
        baseURL: gone.origin,
        locale: 'fr-FR',
        serviceWorkers: 'allow',
      });
      const app = new App(await context.newPage());
      await app.open();
      expect(await cachedBuilds(app.page)).toHaveLength(1);
      await gone.close();
      await app.open('#/carnet');
      const where = app.region('Où sont mes données ?');
      await expect(where).toContainText(containing("prêt à s'ouvrir sans réseau"));
      await context.close();
    });

    test('no other page may show the app inside itself', async ({ browser }) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const told = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
      await page.route('**/around.html', (route) =>
        route.fulfill({ contentType: 'text/html', body: `<iframe src="${host.origin}/"></iframe>` }),
      );
      await page.goto(`${host.origin}/around.html`);
      await told;
      await context.close();
    });
  });
}

function brotli(program: Program): boolean {
  return program === 'nginx' ? process.env.JALONS_NGINX_BROTLI !== '' : true;
}
