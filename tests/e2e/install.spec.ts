// Installing the app: the browser's requirements, and the notices shown before.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from './fixtures';
import { App } from './pages';
import { exactly } from './words';

const TITLE = 'Installer Jalons';

test('browsers read the manifest without complaint and can install the app', async ({
  page,
  request,
}) => {
  const app = new App(page);
  await app.open();
  const session = await page.context().newCDPSession(page);
  const { data, errors } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const manifest = JSON.parse(data ?? '');
  expect(manifest).toEqual(
    JSON.parse(readFileSync(resolve(__dirname, '../../public/manifest.webmanifest'), 'utf8')),
  );
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A test context counts as a private window, where nothing can be installed.
  const others = installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito');
  expect(others).toEqual([]);
  const addresses = [...manifest.icons, ...manifest.shortcuts.flatMap((s: { icons: object[] }) => s.icons)];
  for (const { src } of addresses) expect((await request.get(`/${src}`)).ok(), src).toBe(true);
  for (const { url, name } of manifest.shortcuts) {
    await app.open(url.replace('./', ''));
    const current = app.sections.getByRole('link', { name });
    await expect(current).toHaveAttribute('aria-current', 'page');
  }
});

/** Fires the event by which a browser offers to install the app. */
async function offerInstalling(app: App): Promise<void> {
  await app.page.evaluate(() => {
    const event = new Event('beforeinstallprompt', { cancelable: true });
    const prompt = async () => void Object.assign(window, { prompted: true });
    dispatchEvent(Object.assign(event, { prompt }));
  });
}

const prompted = (app: App) =>
  app.page.evaluate(() => (window as unknown as { prompted?: boolean }).prompted ?? false);

test('the Carnet offers installing, and the browser asks', async ({ page }) => {
  const app = new App(page);
  await app.open('#/carnet');
  await expect(app.region(TITLE)).toBeHidden();
  await offerInstalling(app);
  await app.region(TITLE).getByRole('button', { name: exactly('Installer') }).click();
  expect(await prompted(app)).toBe(true);
  // A browser gives its prompt only once.
  await expect(app.region(TITLE)).toBeHidden();
});

test('installing is suggested on a device with records, until the person closes it', async ({ page }) => {
  const app = new App(page);
  await app.open('#/objectif/3.3.3');
  await offerInstalling(app);
  await expect(app.notice(TITLE)).toBeHidden();
  await app.tick('3.3.3-m1').click();
  await app.expectNotice('Enregistré.');
  await app.reload();
  await offerInstalling(app);
  await app.expectNotice(TITLE);
  await app.button('Ne plus proposer').click();
  await expect(app.notice(TITLE)).toBeHidden();
  await app.reload();
  await offerInstalling(app);
  await app.goTo('Carnet');
  await expect(app.region(TITLE)).toBeVisible();
  await expect(app.notice(TITLE)).toBeHidden();
});

test.describe('on iOS', () => {
  test.beforeEach(({ page }) =>
    page.addInitScript(() => Object.defineProperty(navigator, 'standalone', { value: false })),
  );

  test('exporting comes first, because the installed app has a carnet of its own', async ({ page }) => {
    const app = new App(page);
    await app.open('#/objectif/3.3.3');
    await app.tick('3.3.3-m1').click();
    await app.expectNotice('Enregistré.');
    await app.reload();
    await app.expectNotice(TITLE);
    await app.link('Voir comment').click();
    const steps = app.region(TITLE).getByRole('listitem');
    await expect(steps.first()).toContainText(/aura sa propre mémoire/);
    await expect(steps.last()).toContainText(/Partager/);
    await app.link('Exporter mon carnet').click();
    await expect(app.region('Emporter')).toBeInViewport();
  });
});

test('nothing is suggested in an app that is installed already', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'standalone', { value: true }));
  const app = new App(page);
  await app.open('#/carnet');
  await expect(app.region('Où sont mes données ?')).toContainText('pas prêt');
  await expect(app.region(TITLE)).toBeHidden();
});
