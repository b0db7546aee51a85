// Importing: the plan before the merge, the merge, and undoing it.
import { expect, test } from './fixtures';
import { Exchange, carnetOf, deviceRecord, handed, noteRecord, seenRecord } from './carnet';
import { Notes } from './pages';
import { exactly } from './words';

const BUS = '3.3.3-m1';
const NOTE = '0000000000000001';
const OTHER = '00000000000000bb';

async function write(app: Exchange, item: string, text: string): Promise<string> {
  await app.open(`#/objectif/${item}`);
  const notes = new Notes(app);
  await notes.write(text);
  await expect(notes.card(text)).toBeVisible();
  const keys = await app.page.evaluate(() => Object.keys(localStorage));
  const key = keys.find((key) => key.startsWith(`jalons/v1/record/note/${item}/`));
  return key?.split('/').at(-1) ?? '';
}

test('the plan of changes is shown first, and merged only when confirmed', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  const file = carnetOf([
    noteRecord('1.2.1', NOTE, 'Un banc'),
    seenRecord(BUS, '2021-03-12', 'reached'),
    deviceRecord(OTHER, 'Tablette de l’accueil'),
  ]);
  await app.importFiles(handed('voisine.json', file));
  const plan = app.planOf('voisine.json');
  await expect(plan).toContainText(/1 observation\s: 1 nouvelle/);
  await expect(plan).toContainText(/1 note\s: 1 nouvelle/);
  await expect(plan).toContainText(/1 appareil nommé\s: 1 nouveau/);
  await expect(app.holds).toContainText('Votre carnet est vide');

  await app.plan.getByRole('button', { name: exactly('Ne rien changer') }).click();
  await expect(app.holds).toContainText('Votre carnet est vide');

  await app.importFiles(handed('voisine.json', file));
  await app.merge();
  await app.expectNotice('Carnets réunis : 3 éléments ajoutés ou mis à jour.');
  await expect(app.holds).toContainText('1 observation');
  await expect(app.devices.filter({ hasText: 'Tablette de l’accueil' })).toContainText(
    '1 observation, 1 note',
  );
  await app.reload();
  await expect(app.holds).toContainText('1 observation');

  await app.importFiles(handed('voisine.json', file));
  await expect(app.plan).toContainText("Tout est déjà dans votre carnet");
  await expect(app.planOf('voisine.json')).toContainText(/1 note\s: 1 déjà là/);
});

test('versions that differ stand side by side; the one set aside can be restored', async ({ page }) => {
  const app = new Exchange(page);
  const token = await write(app, '1.2.1', 'Le banc est cassé');
  await app.openCarnet();
  const later = { at: 9_000_000_000_000, edit: 1, device: OTHER };
  const file = carnetOf([noteRecord('1.2.1', token, 'Le banc est réparé', later)]);
  await app.importFiles(handed('voisine.json', file));
  await expect(app.plan.locator('mark')).toHaveText([/Idée/, /réparé/, /Constat/, /cassé/]);
  await app.merge();
  await expect(new Notes(app).card('Le banc est réparé')).toBeVisible();

  await expect(app.conflictLosers).toContainText('Le banc est cassé');
  await app.expectNotice(
    'Carnets réunis : 1 élément ajouté ou mis à jour, 1 version mise de côté. Enregistré.',
  );
  await app.reload();
  await expect(app.conflictLosers).toContainText('Le banc est cassé');
  // After restoring and undoing that, it is listed again.
  await app.conflictLosers.getByRole('button', { name: exactly('Rétablir') }).click();
  await expect(app.conflictLosers).toHaveCount(0);
  await app.undo();
  await expect(new Notes(app).card('Le banc est réparé')).toBeVisible();
  await expect(app.conflictLosers).toContainText('Le banc est cassé');
  await app.conflictLosers.getByRole('button', { name: exactly('Rétablir') }).click();
  await expect(new Notes(app).card('Le banc est cassé')).toBeVisible();
  await expect(app.conflictLosers).toHaveCount(0);
  // The restored version wins on every device.
  await app.importFiles(handed('voisine.json', file));
  await expect(app.planOf('voisine.json')).toContainText(/1 plus ancienne, ignorée/);
});

test('a version that loses on arrival is set aside as well, and can be given up', async ({ page }) => {
  const app = new Exchange(page);
  const token = await write(app, '1.2.1', 'Le banc est cassé');
  await app.openCarnet();
  const file = carnetOf([noteRecord('1.2.1', token, 'Le banc est bleu', { at: 1, device: OTHER })]);
  await app.importFiles(handed('voisine.json', file));
  // No held record changes, but there is a version to save.
  await app.plan.getByRole('button', { name: /^Réunir|^Mettre de côté/ }).click();
  await expect(app.conflictLosers).toContainText('Le banc est bleu');
  await app.conflictLosers.getByRole('button', { name: exactly('Ne pas la garder') }).click();
  await expect(app.conflictLosers).toHaveCount(0);
  await app.reload();
  await expect(new Notes(app).card('Le banc est cassé')).toBeVisible();
  await expect(app.conflictLosers).toHaveCount(0);
});

test('a record that cannot be read is refused alone, with its place and the reason', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  const file = carnetOf([
    noteRecord('1.2.1', NOTE, 'Un banc'),
    seenRecord(BUS, '2021-03-12', 'finished'),
    noteRecord('3.3.9', NOTE, 'Nulle part'),
  ]);
  await app.importFiles(handed('abime.json', file));
  await app.plan.getByText('2 éléments refusés').click();
  await expect(app.plan).toContainText('records[1].body.observation.level');
  await expect(app.plan).toContainText('records[2].id');
  await expect(app.plan).toContainText('la convention n’a pas d’élément 3.3.9');
  await app.merge();
  await expect(new Notes(app).cards).toHaveCount(1);
});

test('several files at once, each with its own words', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  await app.importFiles(
    handed('a.json', carnetOf([noteRecord('1', NOTE, 'Un')])),
    handed('b.json', carnetOf([noteRecord('1', NOTE, 'Deux', { edit: 2 })])),
    handed('c.json', 'PK\x03\x04'),
  );
  await expect(app.planOf('a.json')).toContainText('1 nouvelle');
  await expect(app.planOf('b.json')).toContainText('1 plus récente');
  await expect(app.planOf('c.json')).toContainText('archive zip');
  await app.merge();
  await expect(new Notes(app).card('Deux')).toBeVisible();
});

test('files can be dropped, and text can be pasted', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  const data = await page.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'deposee.json', { type: 'application/json' }));
    return data;
  }, carnetOf([noteRecord('1', NOTE, 'Déposée')]));
  await app.joining.dispatchEvent('dragover', { dataTransfer: data });
  await app.joining.dispatchEvent('drop', { dataTransfer: data });
  await expect(app.planOf('deposee.json')).toContainText('1 nouvelle');
  await app.merge();

  await app.joining.getByText('Coller le texte d’un carnet').click();
  await app.joining.getByRole('textbox').fill(carnetOf([noteRecord('2', NOTE, 'Collée')]));
  await app.button('Lire ce texte').click();
  await expect(app.planOf('Texte collé')).toContainText('1 nouvelle');
  await app.merge();
  await expect(new Notes(app).cards).toHaveCount(2);
});

test('a merge can be taken back until the next one, after a reload too', async ({ page }) => {
  const app = new Exchange(page);
  const token = await write(app, '1.2.1', 'Avant');
  await app.openCarnet();
  await app.make();
  const before = await app.file(() => app.withoutName());
  const file = handed(
    'voisine.json',
    carnetOf([noteRecord('1.2.1', token, 'Après', { edit: 2 }), noteRecord('2', NOTE, 'Nouvelle')]),
  );
  for (const reloaded of [false, true]) {
    await app.importFiles(file);
    await app.merge();
    await expect(new Notes(app).card('Après')).toBeVisible();
    // The notes show the merge before it is stored; the button comes with what takes it back.
    await expect(app.button('Annuler la mise en commun')).toBeVisible();
    if (reloaded) await app.reload();
    await app.button('Annuler la mise en commun').click();
    await app.expectNotice('La mise en commun est annulée : votre carnet est comme avant.');
    await expect(new Notes(app).cards).toHaveText([/Avant/]);
    await app.reload();
    await expect(new Notes(app).cards).toHaveText([/Avant/]);
    expect((await app.exported()).text).toBe(before.text);
    await expect(app.button('Annuler la mise en commun')).toHaveCount(0);
  }
});

test('an impatient second tap does not take back more than the merge', async ({ page }) => {
  const app = new Exchange(page);
  const token = await write(app, '1.2.1', 'Avant');
  await app.openCarnet();
  await app.importFiles(
    handed('voisine.json', carnetOf([noteRecord('1.2.1', token, 'Après', { edit: 2 })])),
  );
  await app.merge();
  await app.button('Annuler la mise en commun').dblclick();
  await app.expectNotice('La mise en commun est annulée : votre carnet est comme avant.');
  await expect(new Notes(app).cards).toHaveText([/Avant/]);
  await app.reload();
  await expect(new Notes(app).cards).toHaveText([/Avant/]);
});

test('a note written while a plan is open is quarantined and not lost', async ({ page }) => {
  const app = new Exchange(page);
  const token = await write(app, '1.2.1', 'Avant');
  await app.openCarnet();
  const later = { at: 9_000_000_000_000, edit: 2, device: OTHER };
  await app.importFiles(handed('voisine.json', carnetOf([noteRecord('1.2.1', token, 'Leur texte', later)])));
  await expect(app.planOf('voisine.json')).toContainText('1 plus récente');
  const notes = new Notes(app);
  await notes.edit('Avant');
  await notes.text.fill('Mon texte');
  await notes.save();
  await app.merge();
  await expect(notes.card('Leur texte')).toBeVisible();
  await expect(app.conflictLosers).toContainText('Mon texte');
});

test('undoing a merge keeps later edits', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  await app.importFiles(
    handed('voisine.json', carnetOf([noteRecord('1', NOTE, 'Un'), noteRecord('2', NOTE, 'Deux')])),
  );
  await app.merge();
  const notes = new Notes(app);
  await notes.delete('Un');
  await app.undo();
  await app.button('Annuler la mise en commun').click();
  await app.expectNotice('La mise en commun est annulée, sauf ce qui a été modifié depuis.');
  await expect(notes.cards).toHaveText([/Un/]);
});

test('markup in a file stays text', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  const evil = '<img src=x onerror="document.title=`!`"><script>1</script>';
  await app.importFiles(
    handed(`${evil.slice(0, 4)}.json`, carnetOf([
      noteRecord('1', NOTE, evil),
      deviceRecord(OTHER, '<b>Accueil</b>'),
      { id: evil, stamp: 1, body: evil },
    ])),
  );
  await app.plan.getByText('1 élément refusé').click();
  await app.merge();
  await expect(new Notes(app).card(evil)).toBeVisible();
  await expect(app.devices.filter({ hasText: '<b>Accueil</b>' })).toBeVisible();
  await expect(page.locator('main img, main script, main b')).toHaveCount(0);
});

test.describe('fifty files of a thousand records', () => {
  const files = Array.from({ length: 50 }, (_, file) => {
    const device = (0x1000 + file).toString(16).padStart(16, '0');
    const notes = Array.from({ length: 1000 }, (_, note) => {
      const token = (file * 1000 + note + 1).toString(16).padStart(16, '0');
      return noteRecord('1.2.1', token, `Note ${file}-${note}`, { device });
    });
    return handed(`carnet-${file}.json`, carnetOf(notes));
  });

  test('the page stays at hand, says how far it is, and loses none', async ({ page }) => {
    test.slow();
    const app = new Exchange(page);
    await app.openCarnet();
    // Records how often the page was drawn while reading, and its longest pause.
    await page.evaluate(() => {
      const seen = Object.assign(window, { drawn: 0, said: new Set<string>() });
      const look = () => {
        seen.drawn += 1;
        for (const { textContent } of document.querySelectorAll('[role=status]')) {
          if (textContent?.startsWith('Fichier ')) seen.said.add(textContent);
        }
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    // The speed of an old phone, so that it takes longer than a second.
    const tools = await page.context().newCDPSession(page);
    await tools.send('Emulation.setCPUThrottlingRate', { rate: 6 });
    await app.joining.getByLabel(exactly('Choisir des fichiers')).setInputFiles(files);
    await expect(app.plan).toBeVisible({ timeout: 120_000 });
    await tools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const { drawn, said: words } = await page.evaluate(() => {
      const { drawn, said } = window as unknown as { drawn: number; said: Set<string> };
      return { drawn, said: [...said] };
    });
    expect(drawn).toBeGreaterThan(10);
    expect(words.length).toBeGreaterThan(1);
    for (const word of words) expect(word).toMatch(/^Fichier \d+ sur 50\s: \d+ éléments$/);
    await expect(app.plan.getByRole('button', { name: /Réunir\s: 50000 changements/ })).toBeVisible();
    await app.merge();
    await expect(app.holds).toContainText('50000 notes', { timeout: 60_000 });
  });
});
