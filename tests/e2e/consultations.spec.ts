// The promises of a consultation: frozen rules, a secret ballot, an urn that no voter leaves by
// accident, refusals with reasons, and no loss.
import { decoded } from './codes';
import { Consultations, ITEMS, type Method, content } from './consult';
import { Exchange } from './carnet';
import { expect, test } from './fixtures';
import { App } from './pages';
import { LOCAL_STORAGE_FAULTS, INDEXED_DB_FAULTS } from './storage-faults';
import { showDraft, showRoom } from './state';
import { stored, indexedDbEntries } from './stored';
import { containing, exactly } from './words';

const PLAN = {
  title: 'Priorités',
  question: 'Par quoi commencer ?',
  items: ITEMS,
  own: ['Un marché du soir'],
  each: 2,
};

test('missing rules are named, a draft survives a reload, and an open vote is frozen', async ({
  page,
}) => {
  const app = new Consultations(page);
  await app.list();
  await app.button('Préparer une consultation').click();
  await expect(app.region('Ouvrir le vote')).toContainText('Le titre manque.');
  await expect(app.region('Ouvrir le vote')).toContainText(containing('Il faut au moins deux choix.'));
  await app.field('Titre').fill('Le quartier');
  await app.button('Cocher les objectifs opérationnels').click();
  await expect(page.getByText('15 choix.')).toBeVisible();
  await expect(app.field('Gommettes par personne')).toHaveAttribute('placeholder', '4');
  await app.field('Autres propositions, une par ligne').fill('Un marché du soir');
  await expect(page.getByText(containing("16 choix. Au-delà de 15, on ne les compare plus"))).toBeVisible();
  await app.reload();
  await expect(app.field('Titre')).toHaveValue('Le quartier');
  await expect(page.getByText(containing('16 choix.'))).toBeVisible();
  await app.field('Question posée').fill('Que faire ?');
  await app.button('Ouvrir le vote').click();
  await app.field("Code de l'animateur").fill('123');
  await app.button('Ouvrir le vote').click();
  await expect(page.getByText('Le code doit avoir de 4 à 12 caractères.')).toBeVisible();
  await app.field("Code de l'animateur").fill('2021');
  await app.button('Ouvrir le vote').click();
  await expect(app.region("À l'urne")).toBeVisible();
  await expect(app.field('Titre')).toHaveCount(0);
  await app.button('Dupliquer').click();
  await expect(app.field('Titre')).toHaveValue('Le quartier (copie)');
});

test('the most options that a ballot has room for are counted down while preparing, for eye and ear', async ({ page }) => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `Proposition ${at + 1}`);
  const app = await showDraft(page, { title: 'Beaucoup', question: 'Lesquels ?', items: [], own: lines(43) });
  const counter = app.region('Les choix').getByRole('status');
  await expect(counter).toHaveText(containing('43 choix. Au-delà de 15'));
  const own = app.field('Autres propositions, une par ligne');
  await expect(own).toHaveAccessibleDescription(containing('43 choix.'));
  // By keyboard alone: two objectives are picked far above the field.
  const first = page.getByRole('checkbox', { name: / 1\.1\.1$/ });
  await page.setViewportSize({ width: 390, height: 844 });
  await first.focus();
  await page.keyboard.press('Space');
  await expect(counter).toHaveText(containing('44 choix. Au-delà de 15'));
  await expect(counter).not.toBeInViewport();
  await page.getByRole('checkbox', { name: / 1\.2\.1$/ }).focus();
  await page.keyboard.press('Space');
  await expect(counter).toHaveText(exactly('45 choix : encore 7 au plus.'));
  await expect(counter).toBeInViewport({ ratio: 1 });
  await own.fill(lines(50).join('\n'));
  await expect(counter).toHaveText(exactly("52 choix : un bulletin n'en porte pas plus."));
  await expect(app.region('Ouvrir le vote')).not.toContainText('Un bulletin porte');
  await own.press('End');
  await page.keyboard.type('\nencore');
  await expect(counter).toHaveText(exactly('53 choix, dont 1 de trop : un bulletin en porte 52.'));
  await expect(app.region('Ouvrir le vote')).toContainText(containing('Un bulletin porte au plus 52 choix'));
});

test('at the urn: nothing of a vote stays, and only the code leads out', async ({ page }) => {
  const app = await showRoom(page, PLAN);
  const before = await stored(page);
  const entries = await page.evaluate(() => history.length);
  await app.startUrn();
  await app.button('Je vote').click();
  await app.dot('2.1.1');
  // After an accidental reload the vote continues, in the urn.
  await page.reload();
  await expect(page.getByText(containing('1 gommette sur 2 à placer'))).toBeVisible();
  await app.button('Relire mon vote').click();
  await app.button('Voter').click();
  await app.expectTitle("Votre vote est dans l'urne.");
  expect(await page.locator('body').innerText()).not.toMatch(/2\.1\.1|gommette/);
  expect(await page.locator('input').count()).toBe(0);
  expect(await page.evaluate(() => ({ ...sessionStorage }))).toEqual({});
  expect(await page.evaluate(() => history.length)).toBe(entries);
  await app.button('Au suivant').click();

  // No address, reload or other tab leaves the urn.
  for (const address of ['#/carnet', '#/consultations', '#/']) {
    await app.follow(address);
    await app.expectTitle('À vous de voter');
  }
  await page.goBack();
  await app.expectTitle('À vous de voter');
  await page.reload();
  await app.expectTitle('À vous de voter');
  await expect(app.sections).toBeHidden();
  await expect(page.getByText('1 bulletin')).toBeVisible();
  const other = new App(await page.context().newPage());
  await other.open('#/carnet');
  await other.expectTitle('À vous de voter');
  await other.page.close();
  await app.leaveUrn('9999');
  await expect(page.getByText("Ce n'est pas le code de cette consultation.").or(page.getByText(containing("Ce n'est pas le code")))).toBeVisible();
  await app.button('Rester').click();
  await app.leaveUrn();
  await expect(app.sections).toBeVisible();

  // The only new stored entry is a ballot, which names neither voter nor time.
  const after = await stored(page);
  const changed = Object.keys(after).filter((key) => before[key] !== after[key]);
  // The only other change is that the device is no longer the urn.
  const added = changed.filter((key) => key !== 'jalons/v1/removed/local/urn');
  expect(added.filter((key) => !key.includes('/ballot/'))).toEqual([]);
  expect(added).toHaveLength(1);
  const opaqueEntry = after[added[0] ?? ''] ?? '';
  const ballot = JSON.parse(opaqueEntry.slice(opaqueEntry.lastIndexOf('|{') + 1));
  expect(Object.keys(ballot).sort()).toEqual(['content', 'id', 'way']);
  expect(instants(ballot)).toEqual([]);
  expect((await indexedDbEntries(page))[added[0] ?? '']).toBe(opaqueEntry);
});

/** All values that may be instants, at any depth: numbers of milliseconds since 1970. */
function instants(value: unknown): number[] {
  if (typeof value === 'number') return value > 1_000_000_000_000 ? [value] : [];
  return typeof value === 'object' && value ? Object.values(value).flatMap(instants) : [];
}

test('nothing that is stored or exported says in which order people voted', async ({ page }) => {
  const app = await showRoom(page, { ...PLAN, listed: true });
  await app.startUrn();
  for (const option of ['1.1.1', '1.2.1', '2.1.1', '3.3.3', 'Un marché du soir']) {
    await app.voteAtUrn(() => app.dot(option));
  }
  await app.leaveUrn();
  const file = JSON.parse(await content(await app.exported()));
  const ids = file.ballots.map((ballot: { id: string }) => ballot.id);
  expect(ids).toEqual([...ids].sort());
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
  const keys = Object.keys(await indexedDbEntries(page)).filter((key) => key.includes('/ballot/'));
  expect(keys.map((key) => key.split('/').pop())).toEqual(ids);
  // Votes do not count as edits of the consultation.
  expect(file.consultation.stamp.edit).toBeLessThan(40);
  expect(instants(file.ballots)).toEqual([]);

  // An exported carnet contains no consultation.
  const carnet = new Exchange(page);
  await carnet.openCarnet();
  expect(await page.locator('body').innerText()).not.toContain('Priorités');
});

test('foreign, cut and invalid input is refused with its reason, and changes nothing', async ({
  page,
  browser,
  baseURL,
}) => {
  const app = await showRoom(page, PLAN);
  const file = JSON.parse(await content(await app.exported()));
  const invitation = await app.invitation();

  const context = await browser.newContext({ baseURL });
  const other = await showRoom(await context.newPage(), { ...PLAN, title: 'Une autre' });
  await other.open(await other.invitation());
  await other.choose('Gommettes');
  await other.button('Relire mon vote').click();
  await other.button('Préparer mon bulletin').click();
  const foreign = await decoded(other.code('Code de votre bulletin'));
  await app.paste(foreign);
  await app.expectAnswer('Ce bulletin est celui d’une autre consultation'.replace('’', "'"));
  await app.paste(foreign.slice(0, -6));
  await app.expectAnswer('');
  await expect(app.answer).not.toContainText('compté. 1');
  await app.paste('https://example.org/');
  await app.paste('{"format":"jalons-consultation"');
  const id = '00000000-0000-4000-8000-000000000001';
  const greedy = { id, way: 'phone', content: { vote: { dots: [9, 0, 0, 0, 0] } } };
  await app.hand({ name: 'trop.json', text: JSON.stringify({ ...file, ballots: [greedy] }) });
  await expect(app.planOf('trop.json')).toContainText('ballots[0]');
  await expect(app.plan.getByRole('button', { name: exactly('Réunir') })).toHaveCount(0);
  await app.plan.getByRole('button', { name: exactly('Fermer') }).click();
  await app.expectCount(0);

  // On a device without the consultation, a ballot's link says where to open it.
  const phone = await browser.newContext({ baseURL });
  const stranger = new App(await phone.newPage());
  await stranger.open(foreign.slice(foreign.indexOf('#')));
  await expect(stranger.page.getByText("n'est pas sur cet appareil").or(stranger.page.getByText(containing("n'est pas sur cet appareil")))).toBeVisible();
  await stranger.open(`${invitation.slice(0, -4)}AAAA`);
  await expect(stranger.page.getByText(containing('Ce lien est incomplet ou abîmé'))).toBeVisible();
  await phone.close();
  await context.close();
});

test('a closed vote takes no more ballots, shows its result and keeps its conclusion', async ({
  page,
}) => {
  const app = await showRoom(page, PLAN, { votes: ['3.3.3'] });
  const late = new Consultations(await page.context().newPage());
  await late.open(await app.invitation());
  await late.choose('Gommettes');
  await late.button('Relire mon vote').click();
  await late.button('Préparer mon bulletin').click();
  const link = await decoded(late.code('Code de votre bulletin'));
  await app.toFront();
  await app.close();
  await expect(app.region('Le résultat')).toContainText('3.3.3');
  await app.paste(link);
  await app.expectAnswer('Le vote est clos');
  await app.field('Conclusion').fill('On commence par la mobilité.');
  await app.field('À revoir le').fill('2027-01-15');
  await app.button('Enregistrer').click();
  await expect(page.getByText('On commence par la mobilité.')).toBeVisible();
  await app.reload();
  await expect(page.getByText('On commence par la mobilité.')).toBeVisible();
  await app.link('Procès-verbal à imprimer').click();
  await expect(page.getByText('On commence par la mobilité.')).toBeVisible();
  await expect(page.getByText(containing('15 janvier 2027')).first()).toBeVisible();
});

test('an open vote has no minutes yet, and closing tells of papers keyed only once', async ({
  page,
}) => {
  const app = await showRoom(page, { ...PLAN, listed: true });
  const id = app.id;
  await app.follow(`#/consultations/${id}/proces-verbal`);
  await app.expectTitle("Le procès-verbal s'écrit une fois le vote clos");
  await expect(app.region('Le résultat')).toHaveCount(0);
  await app.link('Revenir à la consultation').click();
  await app.printPapers(4);
  await app.link('Saisir les bulletins').click();
  await app.key([{ number: 1, line: '1' }]);
  await app.reload();
  await expect(page.getByRole('row', { name: /n° 1/ })).toBeVisible();
  await app.link('Revenir à la consultation').click();
  await app.button('Clore le vote').click();
  await expect(page.getByText(containing('saisis une seule fois'))).toBeVisible();
});

for (const method of ['Approbation', 'Jugement majoritaire', 'Classement'] as Method[]) {
  test(`${method} on one's own phone: a reload keeps the draft, and nothing stays once it is cast`, async ({
    page,
    browser,
    baseURL,
  }) => {
    const app = await showRoom(page, { ...PLAN, each: undefined, method });
    const invitation = await app.invitation();
    const context = await browser.newContext({ baseURL, viewport: { width: 320, height: 640 } });
    const phone = new Consultations(await context.newPage());
    await phone.open(invitation);
    await phone.choose(method, 1);
    await phone.reload();
    await phone.button('Relire mon vote').click();
    await phone.expectTitle('Votre vote');
    await phone.button('Préparer mon bulletin').click();
    await phone.expectTitle('Votre bulletin est prêt');
    await phone.reload();
    await phone.expectTitle("Votre bulletin attend d'être remis");
    const link = await decoded(phone.code('Code de votre bulletin'));
    await phone.button("J'ai remis mon bulletin").click();
    await phone.expectTitle("Merci, c'est fait.");
    const left = await phone.page.evaluate(() => Object.values({ ...sessionStorage }).join(''));
    expect(left).toBe('');
    for (const store of [await stored(phone.page), await indexedDbEntries(phone.page)]) {
      expect(Object.keys(store).filter((key) => key.startsWith('jalons/v1/waiting/'))).toEqual([]);
    }
    await app.paste(link);
    await app.expectAnswer('Bulletin compté.');
    await app.close();
    await expect(app.region('Le résultat')).toBeVisible();
    await context.close();
  });
}

test('a blank vote takes part and counts for nothing', async ({ page }) => {
  const app = await showRoom(page, PLAN);
  await app.startUrn();
  await app.voteAtUrn(() => page.getByRole('checkbox', { name: /Voter blanc/ }).check());
  await app.leaveUrn();
  await app.expectCount(1);
  await app.close();
  await expect(page.getByText(/blanc/).first()).toBeVisible();
});

test('by keyboard alone: a vote at the urn', async ({ page }) => {
  const app = await showRoom(page, { ...PLAN, listed: true });
  const press = async (name: string): Promise<void> => {
    for (let steps = 0; steps < 80; steps += 1) {
      const here = await page.evaluate(() => {
        const active = document.activeElement;
        if (active === document.body) return '';
        return (active?.getAttribute('aria-label') ?? active?.textContent ?? '').trim();
      });
      if (containing(name).test(here)) return page.keyboard.press('Enter');
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not reach ${name}.`);
  };
  await press("Faire de cet appareil l'urne");
  await app.expectTitle('À vous de voter');
  await press('Je vote');
  await press('Ajouter une gommette à Apprendre');
  await press('Relire mon vote');
  await app.expectTitle('Votre vote');
  await press('Voter');
  await app.expectTitle("Votre vote est dans l'urne.");
  await press('Au suivant');
  await press("Quitter l'urne");
  await page.keyboard.press('Tab');
  await page.keyboard.type('2021');
  await page.keyboard.press('Enter');
  await app.expectCount(1);
});

test('where nothing can be stored, the urn says so and loses nothing while it is open', async ({
  page,
}) => {
  await page.addInitScript(LOCAL_STORAGE_FAULTS['refuses to be written'] ?? (() => {}));
  await page.addInitScript(INDEXED_DB_FAULTS['is not there'] ?? (() => {}));
  const app = new Consultations(page);
  await app.prepare(PLAN);
  await app.openVote();
  await app.button("Faire de cet appareil l'urne").click();
  await app.button('Je vote').click();
  await app.dot('2.1.1');
  await app.button('Relire mon vote').click();
  await app.button('Voter').click();
  await expect(page.getByRole('heading', { name: containing("n'a pas pu être gardé") })).toBeVisible();
  await expect(app.button('Réessayer de garder le vote')).toBeVisible();

  await (await app.askedBeforeClosing()).accept();
});
