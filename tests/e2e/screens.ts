// Every screen in every state worth looking at, for the checks that hold everywhere.
import { Exchange, carnetOf, deviceRecord, handed, noteRecord, seenRecord } from './carnet';
import { Consultations, ITEMS, type Method } from './consult';
import { expect } from './fixtures';
import { SAMIA, TOWN, bringIn, followRecord } from './follow';
import { App, MarkerPage, Notes } from './pages';
import { nothingIsKept } from './refusals';
import { Report } from './report';

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

/** The carnet with a note that should not leave unseen, and what a person then does. */
const leaving =
  (act: (app: Exchange) => Promise<void>) =>
  async (app: App): Promise<void> => {
    await app.open('#/objectif/3.3.3');
    await new Notes(app).write('Appeler le 03 88 00 00 00 ou ecole@example.fr');
    const exchange = new Exchange(app.page);
    await exchange.openCarnet();
    await act(exchange);
  };

/** The files of another device, with something new, something that differs, something refused and
    something that is no carnet, and what a person then does. */
const joining =
  (act: (app: Exchange) => Promise<void>) =>
  async (app: App): Promise<void> => {
    const exchange = new Exchange(app.page);
    await exchange.openCarnet();
    const mine = noteRecord('1.2.1', '0000000000000001', 'Le banc est cassé');
    await exchange.handIn(handed('ancien.json', carnetOf([mine])));
    await exchange.merge();
    const theirs = noteRecord('1.2.1', '0000000000000001', 'Le banc est réparé', { at: 1 });
    const records = [
      theirs,
      seenRecord('3.3.3-m1', '2021-03-12', 'reached'),
      seenRecord('3.3.3-m1', '2021-03-12', 'finished'),
      deviceRecord('00000000000000bb', 'Tablette de l’accueil'),
    ];
    await exchange.handIn(
      handed('voisine.json', carnetOf(records)),
      handed('un-fichier-au-nom-interminable-et-sans-le-moindre-espace.json', 'PK\x03\x04'),
    );
    await act(exchange);
  };

/** What two other devices have seen and planned, with every reason to look again. */
async function differing(app: App): Promise<void> {
  await bringIn(app, [
    seenRecord('3.3.3-m1', '2020-01-05', 'not-yet', { device: SAMIA }),
    seenRecord('3.3.3-m1', '2020-02-05', 'reached', { device: TOWN }),
    seenRecord('3.3.3-m2', '2020-02-05', 'in-progress', { device: TOWN }),
    seenRecord('3.3.3-m3', '2020-02-05', 'in-progress', { device: TOWN }),
    seenRecord('3.3.3-m3', '2020-02-06', 'not-yet', { device: SAMIA }),
    seenRecord('1.2.1-m3', '2020-02-06', 'not-observable', { device: SAMIA }),
    followRecord('3.3.3-m2', { due: '2020-03-31' }),
  ]);
  await app.open('#/marqueur/3.3.3-m1');
  await app.page.getByRole('checkbox', { name: 'Suivre de près' }).check();
  await expect(app.button('Annuler')).toBeVisible();
}

/** A consultation that is ready to be opened, and what becomes of it. */
const polled =
  (act: (app: Consultations) => Promise<void>, method: Method = 'Gommettes') =>
  async (app: App): Promise<void> => {
    const poll = new Consultations(app.page);
    await poll.prepare({
      title: 'Priorités',
      question: 'Par quoi commencer ?',
      items: ITEMS,
      own: ['Un marché du soir'],
      method,
      each: method === 'Gommettes' ? 2 : undefined,
    });
    await act(poll);
  };

export const screens: Screen[] = [
  { name: 'home', show: at('#/', tickAndNote) },
  { name: 'a global objective', show: at('#/objectif/3', tickAndNote) },
  { name: 'a strategic objective', show: at('#/objectif/3.3', tickAndNote) },
  { name: 'an operational objective with ticks and a note', show: at('#/objectif/3.3.3', tickAndNote) },
  { name: 'a result', show: at('#/resultat/1.2.1-r2') },
  { name: 'a marker with its history and all fields', show: observe },
  { name: 'a marker that several devices have observed', show: differing },
  { name: 'what is worth a look', show: at('#/bilan/a-regarder', differing) },
  { name: 'what is worth a look at first', show: at('#/bilan/a-regarder') },
  { name: 'where devices differ', show: at('#/bilan/avis', differing) },
  { name: 'nothing to compare yet', show: at('#/bilan/avis') },
  { name: 'tracking', show: at('#/suivre?objectif=3.3', tickAndNote) },
  { name: 'tracking without a match', show: at('#/suivre?etat=atteint') },
  { name: 'search with hits', show: at('#/recherche?mots=passage', tickAndNote) },
  { name: 'search without words', show: at('#/recherche') },
  { name: 'search without hits', show: at('#/recherche?mots=xylophone') },
  { name: 'the carnet with a note', show: at('#/carnet', tickAndNote) },
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
      await tickAndNote(app);
      await new Notes(app).write('Appeler le 03 88 00 00 00');
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
  { name: 'the room of an open consultation', show: polled((app) => app.openVote()) },
  {
    name: 'the urn between two voters',
    show: polled(async (app) => {
      await app.openVote();
      await app.startUrn();
    }),
  },
  {
    name: 'the urn asking for its code',
    show: polled(async (app) => {
      await app.openVote();
      await app.startUrn();
      await app.leaveUrn('0000');
    }),
  },
  ...(['Gommettes', 'Approbation', 'Jugement majoritaire', 'Classement'] as const).flatMap(
    (method): Screen[] => [
      {
        name: `a ballot, ${method}`,
        show: polled(async (app) => {
          await app.link('Voir comme un votant').click();
          await app.expectTitle('Priorités');
          await app.choose(method);
        }, method),
      },
      {
        name: `a result, ${method}`,
        show: polled(async (app) => {
          await app.openVote();
          await app.startUrn();
          await app.voteAtUrn(() => app.choose(method));
          await app.leaveUrn();
          await app.close();
          await expect(app.region('Le résultat')).toBeVisible();
        }, method),
      },
    ],
  ),
  {
    name: 'a ballot read again before it is cast',
    show: polled(async (app) => {
      await app.link('Voir comme un votant').click();
      await app.choose('Gommettes');
      await app.button('Relire mon vote').click();
      await app.expectTitle('Votre vote');
    }),
  },
  {
    name: 'a ballot to be handed back',
    show: polled(async (app) => {
      await app.openVote();
      await app.open(await app.invitation());
      await app.choose('Gommettes');
      await app.button('Relire mon vote').click();
      await app.button('Préparer mon bulletin').click();
      await app.expectTitle('Votre bulletin est prêt');
    }),
  },
  {
    name: 'paper ballots to print',
    show: polled(async (app) => {
      await app.openVote();
      await app.button("Préparer l'impression").click();
      await app.expectTitle('Bulletins à imprimer');
    }),
  },
  {
    name: 'keying papers that differ',
    show: polled(async (app) => {
      await app.openVote();
      await app.printPapers(4);
      await app.link('Saisir les bulletins').click();
      await app.key([{ number: 1, line: '1' }]);
      await app.field('Le second passage').check();
      await app.key([{ number: 1, line: '2' }]);
      await expect(app.region('À départager')).toBeVisible();
    }),
  },
  {
    name: 'the minutes of a consultation',
    show: polled(async (app) => {
      await app.openVote();
      await app.startUrn();
      await app.voteAtUrn(() => app.choose('Gommettes'));
      await app.leaveUrn();
      await app.close();
      await app.link('Procès-verbal à imprimer').click();
      await expect(app.region('Le résultat').or(app.region('Résultat'))).toBeVisible();
    }),
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
      await app.page.addInitScript(nothingIsKept);
      await app.open('#/objectif/3.1.4');
      await app.expectNotice('Rien ne peut être enregistré ici');
    },
  },
];

