// Every screen in every state worth looking at, for the checks that hold everywhere.
import { expect } from './fixtures';
import { App, MarkerPage, Notes } from './pages';
import { nothingIsKept } from './refusals';

export interface Screen {
  name: string;
  /** Brings the screen about, with some life in it. */
  show: (app: App) => Promise<void>;
}

async function tickAndNote(app: App): Promise<void> {
  await app.open('#/objectif/3.3.3');
  await app.tick('3.3.3-m1').click();
  await app.tick('3.3.3-m2').click();
  const notes = new Notes(app);
  await notes.begin();
  await notes.private.check();
  await notes.kind('Alerte').check();
  await notes.text.fill('Le passage est dangereux aux heures de sortie');
  await notes.save();
  await expect(notes.cards).toHaveCount(1);
  await app.button('Fermer').click();
}

async function observe(app: App): Promise<void> {
  const marker = new MarkerPage(app.page);
  await marker.open('#/marqueur/3.3.3-m1');
  await marker.tellMore();
  for (const [day, level] of [
    ['2021-01-05', 'En cours'],
    ['2021-02-10', 'Atteint'],
    ['2021-02-11', 'Non observable'],
    ['2021-02-12', 'Pas encore'],
  ] as const) {
    await marker.day.fill(day);
    await marker.level(level).check();
    await marker.confidence('Forte').check();
    await marker.evidence.fill('Horaires affichés');
    await marker.record();
  }
  await expect(marker.history).toHaveCount(4);
}

const at =
  (address: string, before?: (app: App) => Promise<void>) =>
  async (app: App): Promise<void> => {
    await before?.(app);
    await app.open(address);
  };

export const screens: Screen[] = [
  { name: 'home', show: at('#/', tickAndNote) },
  { name: 'a global objective', show: at('#/objectif/3', tickAndNote) },
  { name: 'a strategic objective', show: at('#/objectif/3.3', tickAndNote) },
  { name: 'an operational objective with ticks and a note', show: at('#/objectif/3.3.3', tickAndNote) },
  { name: 'a result', show: at('#/resultat/1.2.1-r2') },
  { name: 'a marker with its history and all fields', show: observe },
  { name: 'tracking', show: at('#/suivre?objectif=3.3', tickAndNote) },
  { name: 'tracking without a match', show: at('#/suivre?etat=atteint') },
  { name: 'search with hits', show: at('#/recherche?mots=passage', tickAndNote) },
  { name: 'search without words', show: at('#/recherche') },
  { name: 'search without hits', show: at('#/recherche?mots=xylophone') },
  { name: 'the carnet with a note', show: at('#/carnet', tickAndNote) },
  { name: 'the empty carnet', show: at('#/carnet') },
  { name: 'about', show: at('#/a-propos') },
  { name: 'the whole text', show: at('#/texte') },
  { name: 'an unknown address', show: at('#/nulle/part') },
  {
    name: 'the note form with a refusal',
    show: async (app) => {
      await app.open('#/resultat/1.2.1-r2');
      const notes = new Notes(app);
      await notes.begin();
      await notes.text.fill('a'.repeat(4001));
      await notes.save();
      await expect(notes.refusal).toBeVisible();
    },
  },
  {
    name: 'the numbers under the chart',
    show: async (app) => {
      await app.open();
      await app.page.getByText('Voir les chiffres').click();
    },
  },
  {
    name: 'a notice and its ways',
    show: async (app) => {
      await app.open('#/objectif/3.1.4');
      await app.tick('3.1.4-m1').click();
      await expect(app.button('Annuler')).toBeVisible();
    },
  },
  {
    name: 'a banner',
    show: async (app) => {
      await app.page.addInitScript(nothingIsKept);
      await app.open('#/objectif/3.1.4');
      await app.expectNotice('Rien ne peut être enregistré ici');
    },
  },
];

