// Joining a consultation's file: the plan is shown first, confirmed, and can be undone.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CODE, Consultations, ITEMS, content } from './consult';
import { expect, test } from './fixtures';
import { showRoom } from './state';
import { containing, exactly } from './words';

const PLAN = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, each: 1, listed: true };

async function hostile(name: string): Promise<{ name: string; text: string }> {
  const path = resolve(__dirname, '../fixtures/hostile', name);
  return { name, text: await readFile(path, 'utf8') };
}

/** A phone ballot of {@link PLAN}. */
function phoneBallot(number: number, option: number): unknown {
  const dots = ITEMS.map((_, at) => (at === option ? 1 : 0));
  const id = `00000000-0000-4000-8000-${number.toString().padStart(12, '0')}`;
  return { id, way: 'phone', content: { vote: { dots } } };
}

test('a hostile file is shown and refused, and changes nothing', async ({ page }) => {
  const app = new Consultations(page);
  await app.list();
  await app.importAndJoin(await hostile('2a-urne.json'));
  await app.page.getByRole('link', { name: /Réunir remplace en silence/ }).click();
  await app.expectCount(6);
  const before = await content(await app.exported());

  await app.hand(
    await hostile('2b-memes-bulletins-nuls.json'),
    await hostile('2c-meme-papier-deux-fois.json'),
    await hostile('2f-close-sans-code.json'),
    await hostile('1-tampon-plafond-close.json'),
    await hostile('4-imprimes-65535.json'),
  );
  const voids = app.planOf('2b-memes-bulletins-nuls.json');
  await expect(voids).toContainText(/6 bulletins\s: 1 déjà là, 5 refusés/);
  await expect(voids).toContainText(containing("seul un bulletin papier peut l'être"));
  const papers = app.planOf('2c-meme-papier-deux-fois.json');
  await expect(papers).toContainText('4 refusés');
  await expect(papers).toContainText(/bulletin papier n°\s7/);
  const closing = app.planOf('2f-close-sans-code.json');
  await expect(closing).toContainText(containing('Ici, il reste ouvert, sauf si vous le fermez'));
  await expect(closing).toContainText(containing("celui d'ici reste"));
  await expect(app.planOf('1-tampon-plafond-close.json')).toContainText(containing("plus d'un million de fois"));
  await expect(app.planOf('4-imprimes-65535.json')).toContainText('65535');

  // The file cannot close the vote without the code, even when confirmed.
  await closing.getByLabel(exactly("Code de l'animateur")).fill('9999');
  await closing.getByRole('button', { name: exactly('Le clore ici aussi') }).click();
  await expect(closing.getByRole('alert')).toContainText(containing("Ce n'est pas le code"));
  await app.join();
  await app.expectCount(6);
  expect(await content(await app.exported())).toBe(before);

  // With the code, the vote is closed here as well, under this device's code.
  await app.hand(await hostile('2f-close-sans-code.json'));
  await closing.getByLabel(exactly("Code de l'animateur")).fill(CODE);
  await closing.getByRole('button', { name: exactly('Le clore ici aussi') }).click();
  await expect(closing).toContainText(containing('Il sera clos ici aussi'));
  await app.join();
  await expect(app.region('Le résultat')).toBeVisible();
  const code = (text: string) => JSON.parse(text).consultation.code;
  expect(code(await content(await app.exported()))).toBe(code(before));
  await app.button('Annuler la mise en commun').click();
  await app.expectNotice('La mise en commun est annulée : la consultation est comme avant.');
  await app.expectCount(6);
  expect(await content(await app.exported())).toBe(before);
});

test('a join is shown, done on a word and taken back', async ({ page }) => {
  const app = await showRoom(page, PLAN);
  const empty = await content(await app.exported());
  const file = { ...JSON.parse(empty), ballots: [phoneBallot(1, 0), phoneBallot(2, 1)] };
  const handed = { name: 'ailleurs.json', text: JSON.stringify(file) };

  await app.hand(handed);
  await expect(app.planOf('ailleurs.json')).toContainText(/2 bulletins\s: 2 nouveaux/);
  await app.expectCount(0);
  await app.plan.getByRole('button', { name: exactly('Ne rien changer') }).click();
  await expect(app.plan).toHaveCount(0);
  await app.expectCount(0);

  await app.importAndJoin(handed);
  await app.expectCount(2);
  await app.expectAnswer('« Priorités » : 2 bulletins nouveaux, 2 en tout.');
  // A ballot cast later stays when the join is undone.
  await app.startUrn();
  await app.voteAtUrn(() => app.dot('2.1.1'));
  await app.leaveUrn();
  await app.expectCount(3);
  await app.button('Annuler la mise en commun').click();
  await app.expectNotice("La mise en commun est annulée : la consultation est comme avant.");
  await app.expectCount(1);
  await expect(app.button('Annuler la mise en commun')).toHaveCount(0);
  await app.reload();
  await app.expectCount(1);

  // A consultation that the file brought is removed with it.
  const other = { ...file, consultation: { ...file.consultation, id: '00000000000000b2', code: null } };
  await app.list();
  await app.importAndJoin({ name: 'autre.json', text: JSON.stringify(other) });
  await expect(page.getByRole('link', { name: /Priorités/ })).toHaveCount(2);
  await app.button('Annuler la mise en commun').click();
  await expect(page.getByRole('link', { name: /Priorités/ })).toHaveCount(1);
});

test('files that are dropped and texts that are pasted are shown first as well', async ({ page }) => {
  const app = await showRoom(page, PLAN);
  const file = { ...JSON.parse(await content(await app.exported())), ballots: [phoneBallot(1, 0)] };
  await app.paste(JSON.stringify(file));
  await expect(app.planOf('Texte collé')).toContainText('1 nouveau');
  const data = await page.evaluateHandle(
    (texts) => {
      const data = new DataTransfer();
      for (const [at, text] of texts.entries()) data.items.add(new File([text], `${at}.json`));
      return data;
    },
    [JSON.stringify(file), JSON.stringify({ ...file, ballots: [phoneBallot(2, 0)] })],
  );
  await page.getByLabel('Choisir des fichiers').dispatchEvent('drop', { dataTransfer: data });
  await expect(app.planOf('0.json')).toContainText(/1 bulletin\s: 1 déjà là/);
  await expect(app.planOf('1.json')).toContainText('1 nouveau');
  await app.expectCount(0);
  await app.join();
  await app.expectCount(2);
});

test('a paper with differing readings of two devices counts for neither until a person decides', async ({ page }) => {
  const app = await showRoom(page, PLAN, { printed: 3 });
  await app.keyPapers(['1', '2'], ['1', '2'], 0);
  await app.expectCount(2);
  const file = JSON.parse(await content(await app.exported()));
  const one = file.ballots.find((ballot: { way: { paper: number } }) => ballot.way.paper === 1);
  one.content.vote.dots = [0, 0, 0, 1];
  for (const closed of [false, true]) {
    if (closed) {
      await app.button('Annuler la mise en commun').click();
      await app.expectCount(2);
      await app.close();
    }
    await app.hand({ name: 'ailleurs.json', text: JSON.stringify(file) });
    const plan = app.planOf('ailleurs.json');
    await expect(plan).toContainText('1 à départager');
    await expect(plan.getByRole('row', { name: /Bulletin n°\s1 / })).toContainText('3.3.3');
    if (closed) await plan.getByRole('checkbox', { name: containing('Compter aussi ce bulletin') }).check();
    await app.join();
    await expect(page.getByText(containing('1 bulletin papier à départager'))).toBeVisible();
    if (!closed) await app.expectCount(1);
  }
  await app.reload();
  await app.link('Départager').click();
  await app.region('À départager').getByRole('button', { name: exactly('Garder la seconde') }).click();
  await expect(app.region('À départager')).toBeHidden();
  await app.link('Revenir à la consultation').click();
  await expect(page.getByText(containing('à départager'))).toHaveCount(0);
  const ballots = JSON.parse(await content(await app.exported())).ballots;
  expect(ballots).toEqual(file.ballots);
});

test('every kind of file that is no consultation gets its sentence', async ({ page }) => {
  const app = new Consultations(page);
  await app.list();
  const files: [string, Buffer, string][] = [
    ['vide.json', Buffer.from(''), 'Ce fichier est vide'],
    ['archive.json', Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), "C'est une archive zip"],
    ['utf16.json', Buffer.from('\ufeff{"format":1}', 'utf16le'), 'codé en UTF-16'],
    ['latin1.json', Buffer.from('{"format":"é"}', 'latin1'), "n'est pas codé en UTF-8"],
    ['photo.json', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xd8, 0]), "Ce n'est pas du texte"],
  ];
  for (const [name, buffer, words] of files) {
    const file = { name, mimeType: 'application/json', buffer };
    await page.getByLabel('Choisir des fichiers').setInputFiles([file]);
    await app.expectAnswer(words);
  }
  await expect(app.plan).toHaveCount(0);
});
