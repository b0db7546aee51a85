// Voting on one's own phone: the ballot stays until its voter says that it was handed over.
import { decoded } from './codes';
import { Consultations, ITEMS, content } from './consult';
import { expect, test } from './fixtures';
import { showRoom } from './state';
import { stored, indexedDbEntries } from './stored';
import { containing } from './words';

const PLAN = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, each: 2 };

/** The key prefix of waiting ballots. */
const WAITING = 'jalons/v1/waiting/';

/** The waiting ballots in either store. */
async function waiting(app: Consultations): Promise<string[]> {
  const keys = [await stored(app.page), await indexedDbEntries(app.page)].flatMap(Object.keys);
  return [...new Set(keys)].filter((key) => key.startsWith(WAITING));
}

test('a ballot that was not handed over outlives the tab, until its owner says that it was', async ({
  page,
  browser,
  baseURL,
}) => {
  const room = await showRoom(page, PLAN);
  const invitation = await room.invitation();
  const context = await browser.newContext({ baseURL, viewport: { width: 320, height: 640 } });
  let phone = new Consultations(await context.newPage());
  const comesBack = async (address: string) => {
    await phone.page.close();
    phone = new Consultations(await context.newPage());
    await phone.open(address);
  };
  await phone.open(invitation);
  await phone.choose('Gommettes');
  await phone.button('Relire mon vote').click();
  // This screen prepares a ballot without casting it.
  await expect(phone.button('Voter')).toHaveCount(0);
  await phone.button('Préparer mon bulletin').click();
  await phone.expectTitle('Votre bulletin est prêt');
  const ballot = await decoded(phone.code('Code de votre bulletin'));
  await expect.poll(async () => Object.keys(await indexedDbEntries(phone.page)).join()).toContain(WAITING);

  await comesBack('#/consultations');
  const waits = phone.region("Votre bulletin attend d'être remis");
  await waits.getByRole('link', { name: 'Priorités' }).click();
  await phone.expectTitle("Votre bulletin attend d'être remis");
  expect(await decoded(phone.code('Code de votre bulletin'))).toBe(ballot);
  await comesBack(invitation);
  await phone.expectTitle("Votre bulletin attend d'être remis");
  expect(await decoded(phone.code('Code de votre bulletin'))).toBe(ballot);

  // A single tap does not discard it.
  await phone.button("J'ai remis mon bulletin").click();
  await phone.expectTitle("Merci, c'est fait.");
  await expect.poll(() => waiting(phone)).toEqual([]);
  await phone.button("Je ne l'ai pas encore remis").click();
  await phone.expectTitle("Votre bulletin attend d'être remis");
  expect(await decoded(phone.code('Code de votre bulletin'))).toBe(ballot);
  await phone.reload();
  await phone.expectTitle("Votre bulletin attend d'être remis");

  // Voting again makes a second ballot.
  await expect(phone.page.getByText(containing('Voter à nouveau fait un second bulletin'))).toBeVisible();
  await phone.button('Voter pour une autre personne').click();
  await expect(phone.button('Montrer ce bulletin')).toBeVisible();
  await phone.choose('Gommettes', 1);
  await phone.button('Relire mon vote').click();
  await phone.button('Préparer mon bulletin').click();
  await phone.expectTitle('Votre bulletin est prêt');
  await expect(phone.page.getByText(containing('sur 2'))).toBeVisible();
  const second = await decoded(phone.code('Code de votre bulletin'));
  expect(second).not.toBe(ballot);
  await phone.button('Montrer un autre bulletin').click();
  await expect(async () => {
    expect(await decoded(phone.code('Code de votre bulletin'))).toBe(ballot);
  }).toPass();
  await room.paste(ballot);
  await room.expectAnswer('Bulletin compté. 1 bulletin');
  await room.paste(second);
  await room.expectAnswer('Bulletin compté. 2 bulletins');
  await phone.button("J'ai remis mon bulletin").click();
  await phone.expectTitle("Merci, c'est fait.");
  await comesBack(invitation);
  await phone.expectTitle("Votre bulletin attend d'être remis");
  expect(await decoded(phone.code('Code de votre bulletin'))).toBe(second);
  await phone.button("J'ai remis mon bulletin").click();
  await phone.expectTitle("Merci, c'est fait.");
  await comesBack('#/consultations');
  await expect(phone.page.getByText(containing('Aucune consultation'))).toBeVisible();
  await expect(phone.region("Votre bulletin attend d'être remis")).toBeHidden();
  // The entries left in either store do not identify the ballot.
  const left = JSON.stringify([await stored(phone.page), await indexedDbEntries(phone.page)]);
  expect(await waiting(phone)).toEqual([]);
  const file = JSON.parse(await content(await room.exported()));
  for (const { id } of file.ballots) expect(left).not.toContain(id);
  await context.close();
});

test('a ballot that waits goes once this device counts it, and with all that is erased', async ({
  page,
  context,
}) => {
  const room = await showRoom(page, PLAN);
  const voter = new Consultations(await context.newPage());
  const votes = async () => {
    await voter.open(await room.invitation());
    await voter.choose('Gommettes');
    await voter.button('Relire mon vote').click();
    await voter.button('Préparer mon bulletin').click();
    await voter.expectTitle('Votre bulletin est prêt');
    return decoded(voter.code('Code de votre bulletin'));
  };
  const ballot = await votes();
  await room.toFront();
  await room.paste(ballot);
  await room.expectAnswer('Bulletin compté. 1 bulletin');
  await voter.expectTitle("Merci, c'est fait.");
  await expect.poll(() => waiting(voter)).toEqual([]);
  await voter.toFront();
  await voter.button('Voter pour une autre personne').click();
  await votes();
  await expect.poll(() => waiting(voter)).toHaveLength(1);
  await room.toFront();

  // Deleting the consultation deletes its ballots, but not the voter's waiting one.
  await room.button('Supprimer de cet appareil').click();
  await room.button('Oui, supprimer').click();
  await room.expectNotice('Consultation supprimée de cet appareil.');
  await expect.poll(() => waiting(voter)).toHaveLength(1);
  await room.open('#/carnet');
  await room.button('Tout effacer…').click();
  await room.button('Oui, tout effacer').click();
  await expect.poll(() => waiting(voter)).toEqual([]);
  await voter.list();
  await expect(voter.region("Votre bulletin attend d'être remis")).toBeHidden();
});

test("a ballot's link leaves no ballot in the tab's history, whatever becomes of it", async ({
  page,
  browser,
  baseURL,
}) => {
  const room = await showRoom(page, PLAN);
  const id = room.id;
  const context = await browser.newContext({ baseURL });
  const phone = new Consultations(await context.newPage());
  await phone.open(await room.invitation());
  await phone.choose('Gommettes');
  await phone.button('Relire mon vote').click();
  await phone.button('Préparer mon bulletin').click();
  const link = await decoded(phone.code('Code de votre bulletin'));
  await context.close();
  const ballot = link.slice(link.indexOf('#'));
  for (const address of [ballot, `${ballot.slice(0, -6)}AAAAAA`]) {
    await room.follow(address);
    await room.expectTitle('Un bulletin');
    await expect(page.getByText(containing('il a été retiré de cet onglet'))).toBeVisible();
    expect(page.url()).not.toContain(ballot.slice(0, -8));
    await room.follow('#/carnet');
    await room.expectTitle('Mon carnet');
    await page.goBack();
    await expect.poll(() => page.url()).not.toContain('#/carnet');
    expect(page.url()).not.toContain(ballot.slice(0, -8));
    // The app has followed it, and takes the next address for another one.
    await expect(room.title).not.toHaveText('Mon carnet');
  }
  await room.open(ballot);
  await expect(page.getByText(containing('Déjà compté.'))).toBeVisible();
  await room.link('Revenir à la consultation').click();
  await room.expectCount(1);
  await room.open(`#/consultations/${id}`);
  await room.expectCount(1);
});
