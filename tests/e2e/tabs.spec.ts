// Several tabs of one device: all of them are the urn or none is, and no tab loses a keyed paper,
// choice or note of another.
import type { Page } from '@playwright/test';
import { Consultations, ITEMS } from './consult';
import { expect, test } from './fixtures';
import { Notes } from './notes';
import { App } from './pages';
import { closed, showRoom, showUrn } from './state';
import { stored, indexedDbEntries } from './stored';
import { containing } from './words';

const PLAN = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, listed: true };

/** The tab's `sessionStorage`. */
const session = (page: Page) => page.evaluate(() => ({ ...sessionStorage }));

test('every open tab is locked with the urn and freed with it, and keeps its drafts', async ({
  page,
  context,
}) => {
  // Opened before there was a consultation.
  const early = new App(await context.newPage());
  await early.open('#/bilan');
  const writing = new App(await context.newPage());
  await writing.open('#/objectif/1.2.1');
  const notes = new Notes(writing);
  await notes.begin();
  await notes.text.fill('Le banc devant la pos');

  const urn = new Consultations(page);
  await urn.toFront();
  await urn.prepare(PLAN);
  await urn.openVote();
  const title = await early.title.innerText();
  await urn.startUrn();
  for (const tab of [early, writing]) {
    await tab.expectTitle('À vous de voter');
    await expect(tab.sections).toBeHidden();
    await tab.follow('#/carnet');
    await tab.expectTitle('À vous de voter');
    expect(await tab.page.locator('body').innerText()).not.toContain('Le banc');
  }
  // A tab opened meanwhile is the urn as well.
  const late = new App(await context.newPage());
  await late.open('#/objectif/1.2.1');
  await late.expectTitle('À vous de voter');

  await writing.follow('#/objectif/1.2.1');
  await early.follow('#/bilan');
  await urn.toFront();
  await urn.leaveUrn();
  await expect(urn.sections).toBeVisible();
  for (const tab of [early, writing, late]) await expect(tab.sections).toBeVisible();
  await early.expectTitle(title);
  await expect(notes.text).toHaveValue('Le banc devant la pos');
  await writing.toFront();
  await notes.text.fill('Le banc devant la poste');
  await notes.save();
  await expect(notes.card('Le banc devant la poste')).toBeVisible();
});

test('the other tabs become the urn though IndexedDB never answers', async ({ page, context }) => {
  const urn = await showRoom(page, PLAN);
  const other = new App(await context.newPage());
  await other.open('#/carnet');
  await page.evaluate(() => {
    // From here on transactions never finish.
    for (const event of ['complete', 'error', 'abort']) {
      Object.defineProperty(IDBTransaction.prototype, `on${event}`, { set() {} });
    }
    IDBTransaction.prototype.addEventListener = () => {};
  });
  await urn.toFront();
  await urn.startUrn();
  await other.expectTitle('À vous de voter');
});

test('two tabs that enter papers lose none of each other’s readings, and show the differing ones', async ({
  page,
  context,
}) => {
  const one = await showRoom(page, { ...PLAN, method: 'Approbation' }, { printed: 9 });
  await one.link('Saisir les bulletins').click();
  await one.expectTitle('Saisir les bulletins papier');
  const two = new Consultations(await context.newPage());
  await two.open(new URL(page.url()).hash);
  await two.expectTitle('Saisir les bulletins papier');
  const row = (app: Consultations, number: number) =>
    app.page.getByRole('row', { name: new RegExp(`^n°\\s*${number}\\s`) });

  await one.key([{ number: 1, line: '1' }, { number: 2, line: '2' }]);
  await two.key([{ number: 3, line: '3' }]);
  for (const app of [one, two]) {
    for (const number of [1, 2, 3]) await expect(row(app, number)).toBeVisible();
  }
  // Neither notifies the other, as when both are busy: they must use the stores.
  for (const app of [one, two]) {
    await app.page.evaluate(() => {
      BroadcastChannel.prototype.postMessage = () => {};
    });
  }
  await two.key([{ number: 4, line: '4' }, { number: 5, line: '1' }]);
  await expect.poll(async () => Object.keys(await stored(page)).join()).toMatch(/paper\/\w+\/5/);
  await one.key([{ number: 6, line: '1' }, { number: 5, line: '2' }]);
  await two.page.close();
  await one.reload();
  for (const number of [1, 2, 3, 4, 5, 6]) await expect(row(one, number)).toBeVisible();
  await expect(one.region('À départager')).toContainText(containing('Bulletin n° 5'));
});

test('a voter at the urn sees that the vote was closed elsewhere, and no choice stays in the session', async ({
  page,
  context,
}) => {
  const urn = await showUrn(page, PLAN);
  const choose = async () => {
    await urn.button('Je vote').click();
    await urn.dot('2.1.1');
    expect(await session(page)).not.toEqual({});
  };
  await choose();
  const other = new Consultations(await context.newPage());
  await other.list();
  await other.leaveUrn();
  await expect(urn.sections).toBeVisible();
  expect(await session(page), 'the urn was left elsewhere').toEqual({});

  await urn.toFront();
  await urn.startUrn();
  await choose();
  const [word] = Object.entries(closed(PLAN));
  await page.evaluate((word) => new BroadcastChannel('jalons').postMessage(word), word);
  await urn.expectTitle('Le vote est clos');
  await expect(page.getByText(containing("votre vote n'a pas été compté"))).toBeVisible();
  await page.getByText(containing("Relire ce que j'avais choisi")).click();
  await expect(page.getByRole('listitem').filter({ hasText: /1\sgommette/ })).toBeVisible();
  expect(await session(page)).toEqual({});
  await urn.button('Quitter').click();
  await expect(urn.sections).toBeVisible();
  expect(Object.keys(await indexedDbEntries(page)).filter((key) => key.includes('/ballot/'))).toEqual([]);
});

test('a voter in another tab sees that the vote was closed meanwhile', async ({ page, context }) => {
  const room = await showRoom(page, PLAN);
  const voter = new Consultations(await context.newPage());
  await voter.open(await room.invitation());
  await voter.dot('2.1.1');
  await room.toFront();
  await room.close();
  await voter.expectTitle('Le vote est clos');
  await voter.page.getByText(containing("Relire ce que j'avais choisi")).click();
  await expect(voter.page.getByRole('listitem').filter({ hasText: /1\sgommette/ })).toBeVisible();
  expect(await session(voter.page)).toEqual({});
});
