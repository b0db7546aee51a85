// The main journeys in every engine and at two sizes, by the words on the screen.
import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from '@playwright/test';
import { carnetOf, noteRecord, seenRecord } from '../e2e/carnet';
import { shortName, wording } from '../e2e/convention';
import { startingWith } from '../e2e/words';
import { test } from './fixtures';
import type { Engine } from './engine';
import { Person } from './person';

/** The objective of the journeys, one of its markers and the marker's tick. */
const OBJECTIVE = '3.3.1';
const COMMERCE = '3.3.1-m8';
const TICK = `Atteint : ${wording(COMMERCE)}`;

/** The Carnet's sentence on persistence, for each engine. */
const PROMISES: Record<Engine, string> = {
  chromium: "Ce navigateur peut effacer vos données s'il manque de place",
  firefox: "Ce navigateur peut effacer vos données s'il manque de place",
  webkit: 'Ce navigateur ne dit pas combien de temps il garde vos données.',
};

/** The message without a camera, or without permission for it. */
const CAMERAS: Record<Engine, string> = {
  chromium: "Aucune caméra n'a été trouvée.",
  firefox: "Aucune caméra n'a été trouvée.",
  webkit: "Aucune caméra n'a été trouvée.",
};

/** The facilitator's code, for opening the vote and leaving the urn. */
const CODE = '2021';

async function ticks(person: Person): Promise<void> {
  await person.presses('button', TICK);
  await person.reads('Coché : atteint. Enregistré.');
}

async function notes(person: Person, words: string): Promise<void> {
  await person.presses('button', 'Écrire une note');
  await person.writes('Votre note', words);
  await person.presses('button', 'Enregistrer');
  await person.reads('Note écrite. Enregistré.');
}

async function opensVote(person: Person): Promise<void> {
  await person.open('#/consultations');
  // The button stands still once the stores are read.
  await person.reads('Aucune consultation sur cet appareil');
  await person.presses('button', 'Préparer une consultation');
  await person.findsTitle('Préparer');
  await person.writes('Titre', 'Priorités');
  await person.writes('Question posée', 'Par quoi commencer ?');
  for (const item of ['1.1.1', '2.1.1']) await person.presses('choice', startingWith(shortName(item)));
  await person.presses('button', 'Ouvrir le vote');
  await person.writes("Code de l'animateur", CODE);
  await person.presses('button', 'Ouvrir le vote');
  await person.reads("À l'urne");
}

test('read: from the cards to an objective, and on to the next', async ({ person }) => {
  await person.open();
  await person.findsTitle('Ce qui a été promis, où en est-on ?');
  await person.presses('button', startingWith('Accompagner les personnes'));
  await person.presses('button', startingWith('Aller vers les habitants'));
  await person.presses('link', `1.1.1 ${wording('1.1.1')}`);
  await person.findsTitle(wording('1.1.1'));
  await person.reads('Les résultats attendus');
  await person.reads(wording('1.1.1-r1'));
  await person.reads(wording('1.1.1-m1'));
  await person.presses('link', startingWith('Suivant'));
  await person.findsTitle(wording('1.1.2'));
});

test('search: whatever the accents and the word forms', async ({ person }) => {
  await person.open();
  await person.presses('link', startingWith('Chercher'));
  await person.writes('Chercher dans la convention et dans vos notes', 'commerces proximite');
  await person.presses('link', startingWith('Résultat 3.3.1-r4'));
  await person.findsTitle(wording('3.3.1-r4'));
});

test('tick, note, reload: it is all still there', async ({ person }) => {
  await person.open(`#/objectif/${OBJECTIVE}`);
  await ticks(person);
  await person.presses('button', 'Annuler');
  await person.findsPressed(TICK, false);
  await ticks(person);
  await notes(person, 'La boulangerie a rouvert.');

  await person.reload();
  await person.findsPressed(TICK, true);
  await person.reads('La boulangerie a rouvert.');
  await person.presses('link', 'Explorer');
  await person.findsTitle('Ce qui a été promis, où en est-on ?');
  await person.reads('1 observé sur 50, dont 1 atteint');
});

test('export: the file holds what was seen and written', async ({ person }) => {
  await person.open(`#/objectif/${OBJECTIVE}`);
  await ticks(person);
  await notes(person, 'La boulangerie a rouvert.');
  await person.open('#/carnet');
  await person.presses('button', 'Créer le fichier');
  await person.presses('button', 'Continuer sans nom');
  const { format, records } = JSON.parse(await person.saved(/^jalons.*\.json$/));
  expect(format).toBe('jalons-carnet');
  const ids = records.map(({ id }: { id: string }) => id.split('/').slice(0, 2).join('/'));
  expect(ids).toEqual(expect.arrayContaining([`note/${OBJECTIVE}`, `observation/${COMMERCE}`]));
});

test('import: what would change is shown, and merged on a word', async ({ person, downloads }) => {
  const file = join(downloads, 'voisine.json');
  const records = [
    noteRecord(OBJECTIVE, '0000000000000001', 'Un banc devant la poste'),
    seenRecord(COMMERCE, '2021-03-12', 'reached'),
  ];
  await writeFile(file, carnetOf(records));
  await person.open('#/carnet');
  await person.hands('Choisir des fichiers', file);
  await person.reads('1 observation : 1 nouvelle');
  await person.reads('1 note : 1 nouvelle');
  await person.presses('button', startingWith('Réunir'));
  await person.reads('Carnets réunis : 2 éléments ajoutés ou mis à jour.');
  await person.open(`#/objectif/${OBJECTIVE}`);
  await person.reload();
  await person.findsPressed(TICK, true);
  await person.reads('Un banc devant la poste');
});

test('vote at the urn: prepared, opened, cast, left by the code, counted', async ({ person }) => {
  await opensVote(person);
  await person.presses('button', "Faire de cet appareil l'urne");
  await person.findsTitle('À vous de voter');
  await person.presses('button', 'Je vote');
  await person.presses('button', startingWith(`Ajouter une gommette à ${shortName('2.1.1')}`));
  await person.presses('button', 'Relire mon vote');
  await person.findsTitle('Votre vote');
  await person.presses('button', 'Voter');
  await person.findsTitle("Votre vote est dans l'urne.");
  await person.doesNotRead(shortName('2.1.1'));
  await person.presses('button', 'Au suivant');
  await person.reload();
  await person.findsTitle('À vous de voter');
  await person.reads('1 bulletin');
  await person.presses('button', "Quitter l'urne");
  await person.writes("Code de l'animateur", CODE);
  await person.presses('button', 'Quitter');
  await person.findsTitle('Priorités');
  await person.presses('button', 'Clore le vote');
  await person.writes("Code de l'animateur", CODE);
  await person.presses('button', 'Clore');
  await person.reads('Le résultat');
  await person.reads(shortName('2.1.1'));
});

test('offline: after one visit it opens, is read and keeps a tick', async ({ person, network }) => {
  await person.open(`#/objectif/${OBJECTIVE}`);
  await person.open('#/carnet');
  await person.reads("prêt à s'ouvrir sans réseau");
  await network.take();
  await person.reload();
  await person.findsTitle('Mon carnet');
  await person.open(`#/objectif/${OBJECTIVE}`);
  await ticks(person);
  await person.presses('link', 'Bilan');
  await person.reads('Là où les avis diffèrent');
  await person.presses('link', 'Voter');
  // The button stands still once the stores are read.
  await person.reads('Aucune consultation sur cet appareil');
  await person.presses('button', 'Préparer une consultation');
  await person.findsTitle('Préparer');
  await person.open(`#/objectif/${OBJECTIVE}`);
  await person.reload();
  await person.findsPressed(TICK, true);
  await network.give();
  await person.reload();
  await person.findsPressed(TICK, true);
});

test('one file: opened from a disk it is read, takes notes and ticks, has its later parts and exports', async ({
  running,
  downloads,
}, { retry }) => {
  const folder = await mkdtemp(join(downloads, 'cle-'));
  const file = join(folder, 'jalons.html');
  await copyFile(process.env.JALONS_FILE ?? '', file);
  const person = new Person(running.driver, pathToFileURL(file).href, downloads);
  // Some browsers have one storage for all files of a disk, also for a retry.
  const words = `Vu depuis une clé, essai ${retry + 1}`;
  const tick = `Atteint : ${wording(`3.3.1-m${8 - retry}`)}`;
  await person.open(`#/objectif/${OBJECTIVE}`);
  await notes(person, words);
  await person.presses('button', tick);
  await person.reads('Coché : atteint. Enregistré.');
  await person.reload();
  await person.reads(words);
  await person.findsPressed(tick, true);
  await person.open('#/bilan');
  await person.reads('Là où les avis diffèrent');
  await person.open('#/carnet');
  await person.reads('cette page est un fichier');
  await person.presses('button', 'Créer le fichier');
  await person.presses('button', 'Continuer sans nom');
  expect(await person.saved(/^jalons.*\.json$/)).toContain(words);
});

test('what the engine lacks is made up for, or said on the screen', async ({ person, engine, downloads }) => {
  // None of these engines passes a link to the system's share dialogue.
  await person.open(`#/objectif/${OBJECTIVE}`);
  await person.presses('button', 'Partager');
  await person.reads('Lien copié');
  // WebKitGTK has no `navigator.storage`, so it promises nothing.
  await person.open('#/carnet');
  await person.reads(PROMISES[engine]);
  await opensVote(person);
  // None of these engines has its own QR decoder on this system.
  const photo = join(downloads, 'photo.png');
  await person.photographs('Code à scanner pour voter', photo);
  await person.open('#/consultations');
  await person.presses('button', 'Scanner avec la caméra');
  await person.reads(CAMERAS[engine]);
  await person.hands('Lire une photo de code', photo);
  await person.reads('Vous avez 1 gommette à placer.');
});
