// Files of other kinds and malicious files: each gets its own message, and nothing changes.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './fixtures';
import { Exchange, carnetOf, handed, noteRecord } from './carnet';
import { exactly } from './words';

const good = carnetOf([noteRecord('1', '0000000000000001', 'Un')]);
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);

const FILES: [string, string | Buffer, RegExp][] = [
  ['nothing at all', '', /Ce fichier est vide/],
  ['prose', 'Bonjour à toutes et à tous', /la lecture s.arrête ligne 1, colonne 1/],
  ['another JSON', '{"type":"FeatureCollection","features":[]}', /d.un autre logiciel/],
  ['a file cut short', good.slice(0, -20), /la lecture s.arrête ligne 1/],
  ['100,000 levels', deep(100_000), /imbriqué bien plus/],
  ['100,000 levels in an object', `{"a":${deep(100_000)}}`, /imbriqué bien plus/],
  ['a key given twice', good.replace('"version":1', '"version":1,"version":1'), /abîmé/],
  ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), /UTF-16/],
  ['a zip', Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff]), /archive zip/],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), /pas du texte/],
  ['another convention', carnetOf([], 'ailleurs-2024'), /autre convention\s: ailleurs-2024/],
  ['a later version', good.replace('"version":1', '"version":7'), /version 7/],
];

for (const [what, content, sentence] of FILES) {
  test(`${what} gets its own sentence and changes nothing`, async ({ page }) => {
    const app = new Exchange(page);
    await app.openCarnet();
    await app.importFiles(handed('etrange.json', content));
    await expect(app.planOf('etrange.json')).toContainText(sentence);
    await expect(app.plan.getByRole('button', { name: /^Réunir/ })).toHaveCount(0);
    await app.plan.getByRole('button', { name: exactly('Fermer') }).click();
    await expect(app.holds).toContainText('Votre carnet est vide');
  });
}

test('a hundred megabytes are refused before they are read', async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), 'jalons-'));
  try {
    const path = join(folder, 'enorme.json');
    const file = await open(path, 'w');
    await file.truncate(100_000_000);
    await file.close();
    const app = new Exchange(page);
    await app.openCarnet();
    await app.joining.getByLabel(exactly('Choisir des fichiers')).setInputFiles(path);
    await expect(app.planOf('enorme.json')).toContainText(/100 Mo\s; Jalons lit jusqu.à 90 Mo/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('bad values refuse their record, and a byte order mark harms nothing', async ({ page }) => {
  const app = new Exchange(page);
  await app.openCarnet();
  const record = JSON.stringify(noteRecord('1', '0000000000000001', 'Un'));
  const bad = [
    record.replace('"edit":1', '"edit":1e400'),
    record.replace('"Un"', '"\\ud800"'),
    record.replace('"edit":1', '"edit":1,"edit":2'),
    record.replace('"edit":1', '"edit":4294967295'),
    record,
  ];
  const file = carnetOf([]).replace('"records":[', `"records":[${bad.join(',')}`);
  await app.importFiles(handed('melange.json', `\ufeff${file}`));
  await expect(app.planOf('melange.json')).toContainText(/1 note\s: 1 nouvelle/);
  await app.plan.getByText('4 éléments refusés').click();
  await expect(app.plan).toContainText('records[0].stamp.edit');
  await expect(app.plan).toContainText('records[1].body.note.text');
  await expect(app.plan).toContainText('records[2].stamp');
  await expect(app.plan).toContainText('trop de modifications');
  await app.merge();
  await expect(app.holds).toContainText('1 note');
});
