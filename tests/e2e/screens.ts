// Every screen in every relevant state, for the checks that apply to all screens.
import { DEVICE, Exchange, carnetOf, deviceRecord, handed, noteRecord, ownNote, ownSeen, seenRecord } from './carnet';
import { ITEMS, type Method } from './consult';
import { expect } from './fixtures';
import { NEIGHBOURS, SAMIA, TOWN, followRecord } from './follow';
import { App, MarkerPage, Notes } from './pages';
import { nothingCanBeStored } from './storage-faults';
import { Report } from './report';
import { recorded, showDraft, showResult, showRoom, showUrn, seedStores } from './state';
import type { Entries } from './stored';

export interface Screen {
  name: string;
  /** Shows the screen with realistic content. */
  show: (app: App) => Promise<void>;
}

/** Two ticks and a private note. */
const ticksAndNote = (): Entries =>
  recorded(
    ownSeen('3.3.3-m1'),
    ownSeen('3.3.3-m2'),
    ownNote('3.3.3', 'Le passage est dangereux aux heures de sortie', { kind: 'alert', private: true }),
  );

/** Four observations of a marker, with the form still open. */
async function observe(app: App): Promise<void> {
  const parts = { confidence: 'high', evidence: 'Horaires affichés' } as const;
  const before = [
    ['2021-01-05', 'in-progress'],
    ['2021-02-10', 'reached'],
    ['2021-02-11', 'not-observable'],
  ] as const;
  const seen = before.map(([day, level]) => ownSeen('3.3.3-m1', day, level, parts));
  await seedStores(app.page, recorded(...seen));
  const marker = new MarkerPage(app.page);
  await marker.open('#/marqueur/3.3.3-m1');
  await marker.unfoldDetails();
  await marker.day.fill('2021-02-12');
  await marker.observe('Pas encore');
  await marker.confidence('Forte').check();
  await marker.prove('Horaires affichés');
  await expect(marker.history).toHaveCount(4);
}

/** Opens an address with these entries stored. */
const at =
  (address: string, entries?: () => Entries) =>
  async (app: App): Promise<void> => {
    if (entries) await seedStores(app.page, entries());
    await app.open(address);
  };

/** The carnet with a note that needs review before export, and the following steps. */
const leaving =
  (act: (app: Exchange) => Promise<void>) =>
  async (app: App): Promise<void> => {
    const note = ownNote('3.3.3', 'Appeler le 03 88 00 00 00 ou ecole@example.fr');
    await seedStores(app.page, recorded(note));
    const exchange = new Exchange(app.page);
    await exchange.openCarnet();
    await act(exchange);
  };

/**
 * Another device's files, with new, conflicting and refused records and a file of another kind, and
 * the following steps.
 */
const joining =
  (act: (app: Exchange) => Promise<void>) =>
  async (app: App): Promise<void> => {
    const exchange = new Exchange(app.page);
    await exchange.openCarnet();
    const mine = noteRecord('1.2.1', '0000000000000001', 'Le banc est cassé');
    await exchange.importFiles(handed('ancien.json', carnetOf([mine])));
    await exchange.merge();
    const theirs = noteRecord('1.2.1', '0000000000000001', 'Le banc est réparé', { at: 1 });
    const records = [
      theirs,
      seenRecord('3.3.3-m1', '2021-03-12', 'reached'),
      seenRecord('3.3.3-m1', '2021-03-12', 'finished'),
      deviceRecord('00000000000000bb', 'Tablette de l’accueil'),
    ];
    await exchange.importFiles(
      handed('voisine.json', carnetOf(records)),
      handed('un-fichier-au-nom-interminable-et-sans-le-moindre-espace.json', 'PK\x03\x04'),
    );
    await act(exchange);
  };

/** Observations and plans of two other devices, with every reason to look again. */
const differing = (): Entries =>
  recorded(
    seenRecord('3.3.3-m1', '2020-01-05', 'not-yet', { device: SAMIA }),
    seenRecord('3.3.3-m1', '2020-02-05', 'reached', { device: TOWN }),
    seenRecord('3.3.3-m2', '2020-02-05', 'in-progress', { device: TOWN }),
    seenRecord('3.3.3-m3', '2020-02-05', 'in-progress', { device: TOWN }),
    seenRecord('3.3.3-m3', '2020-02-06', 'not-yet', { device: SAMIA }),
    seenRecord('1.2.1-m3', '2020-02-06', 'not-observable', { device: SAMIA }),
    followRecord('3.3.3-m2', { due: '2020-03-31' }),
    ...NEIGHBOURS,
  );

/** The same, with the marker watched here. */
const watched = (): Entries => ({
  ...differing(),
  ...recorded(followRecord('3.3.3-m1', { watched: true }, DEVICE)),
});

/**
 * A consultation with all kinds of content. Its options have a fixed order: in others, the bottom
 * bar covers half of a foldable element until one scrolls on.
 */
export const poll = (method: Method = 'Gommettes') => ({
  title: 'Priorités',
  question: 'Par quoi commencer ?',
  items: ITEMS,
  own: ['Un marché du soir'],
  method,
  listed: true,
  ...(method === 'Gommettes' && { each: 2 }),
});

export const screens: Screen[] = [
  { name: 'home', show: at('#/', ticksAndNote) },
  { name: 'a global objective', show: at('#/objectif/3', ticksAndNote) },
  { name: 'a strategic objective', show: at('#/objectif/3.3', ticksAndNote) },
  { name: 'an operational objective with ticks and a note', show: at('#/objectif/3.3.3', ticksAndNote) },
  { name: 'a result', show: at('#/resultat/1.2.1-r2') },
  { name: 'a marker with its history and all fields', show: observe },
  {
    name: 'a marker that several devices have observed',
    show: async (app) => {
      await at('#/marqueur/3.3.3-m1', differing)(app);
      await new MarkerPage(app.page).unfoldDetails();
      await app.page.getByRole('checkbox', { name: 'Suivre de près' }).check();
      await expect(app.button('Annuler')).toBeVisible();
    },
  },
  { name: 'the charts of the bilan', show: at('#/bilan', differing) },
  { name: 'what is worth a look', show: at('#/bilan/a-regarder', watched) },
  { name: 'what is worth a look at first', show: at('#/bilan/a-regarder') },
  { name: 'where devices differ', show: at('#/bilan/avis', differing) },
  { name: 'nothing to compare yet', show: at('#/bilan/avis') },
  { name: 'tracking', show: at('#/suivre?objectif=3.3', ticksAndNote) },
  { name: 'tracking without a match', show: at('#/suivre?etat=atteint') },
  { name: 'search with hits', show: at('#/recherche?mots=passage', ticksAndNote) },
  { name: 'search without words', show: at('#/recherche') },
  { name: 'search without hits', show: at('#/recherche?mots=xylophone') },
  { name: 'the carnet with a note', show: at('#/carnet', ticksAndNote) },
  { name: 'the empty carnet', show: at('#/carnet') },
  { name: 'the name asked at the first file', show: leaving((app) => app.make()) },
  {
    name: 'what may lead to a person, before it leaves',
    show: leaving(async (app) => {
      await app.choose('Tableau des notes');
      await app.make();
      await expect(app.review).toBeVisible();
    }),
  },
  {
    name: 'what a merge would change',
    show: joining(async (app) => {
      await app.plan.getByText('1 élément refusé').click();
    }),
  },
  { name: 'the carnet after a merge', show: joining((app) => app.merge()) },
  {
    name: 'the question before erasing',
    show: leaving((app) => app.button('Tout effacer…').click()),
  },
  {
    name: 'the report and the notes to choose',
    show: async (app) => {
      const another = ownNote('3.3.3', 'Appeler le 03 88 00 00 00');
      await seedStores(app.page, { ...ticksAndNote(), ...recorded(another) });
      const report = new Report(app.page);
      await report.openReport();
      await report.unfold();
      await report.group('3.3.3').locator('summary').click();
      await expect(report.group('3.3.3').getByRole('checkbox')).toHaveCount(1);
    },
  },
  { name: 'the report where nothing was observed', show: at('#/bilan/rapport') },
  { name: 'consultations, none yet', show: at('#/consultations') },
  {
    name: 'a consultation being prepared, and what it lacks',
    show: async (app) => {
      await at('#/consultations')(app);
      await app.button('Préparer une consultation').click();
      await expect(app.region('Les choix')).toBeVisible();
    },
  },
  {
    name: 'the room of an open consultation',
    show: async ({ page }) => void (await showRoom(page, poll())),
  },
  { name: 'the urn between two voters', show: async ({ page }) => void (await showUrn(page, poll())) },
  {
    name: 'the urn asking for its code',
    show: async ({ page }) => {
      const app = await showUrn(page, poll());
      await app.leaveUrn('0000');
    },
  },
  ...(['Gommettes', 'Approbation', 'Jugement majoritaire', 'Classement'] as const).flatMap(
    (method): Screen[] => [
      {
        name: `a ballot, ${method}`,
        show: async ({ page }) => {
          const app = await showDraft(page, poll(method));
          await app.link('Voir comme un votant').click();
          await app.expectTitle('Priorités');
          await app.choose(method);
          // Wherever the page is scrolled to, the bar covers a part of what is below it, which axe calls
          // obscured; at the end there is nothing below.
          await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
        },
      },
      {
        name: `a result, ${method}`,
        show: async ({ page }) => void (await showResult(page, poll(method), { votes: ['1.1.1'] })),
      },
    ],
  ),
  {
    name: 'a ballot read again before it is cast',
    show: async ({ page }) => {
      const app = await showDraft(page, poll());
      await app.link('Voir comme un votant').click();
      await app.choose('Gommettes');
      await app.button('Relire mon vote').click();
      await app.expectTitle('Votre vote');
    },
  },
  {
    name: 'a ballot to be handed back',
    show: async ({ page }) => {
      const app = await showRoom(page, poll());
      await app.open(await app.invitation());
      await app.choose('Gommettes');
      await app.button('Relire mon vote').click();
      await app.button('Préparer mon bulletin').click();
      await app.expectTitle('Votre bulletin est prêt');
    },
  },
  {
    name: 'paper ballots to print',
    show: async ({ page }) => {
      const app = await showRoom(page, poll());
      await app.button("Préparer l'impression").click();
      await app.expectTitle('Bulletins à imprimer');
    },
  },
  {
    name: 'keying papers that differ',
    show: async ({ page }) => {
      const app = await showRoom(page, poll(), { printed: 4 });
      await app.link('Saisir les bulletins').click();
      await app.key([{ number: 1, line: '1' }]);
      await app.field('Le second passage').check();
      await app.key([{ number: 1, line: '2' }]);
      await expect(app.region('À départager')).toBeVisible();
    },
  },
  {
    name: 'the minutes of a consultation',
    show: async ({ page }) => {
      const app = await showResult(page, poll(), { votes: ['1.1.1'] });
      await app.link('Procès-verbal à imprimer').click();
      await expect(app.region('Le résultat').or(app.region('Résultat'))).toBeVisible();
    },
  },
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
      await app.page.addInitScript(nothingCanBeStored);
      await app.open('#/objectif/3.1.4');
      await app.expectNotice('Rien ne peut être enregistré ici');
    },
  },
];

