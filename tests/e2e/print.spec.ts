// Screens on paper: at any usual margin every word is whole on its page and over no other, no sheet
// is empty, and nothing is printed that only a screen can use.
import { DEVICE, ownNote, ownSeen, seenRecord } from './carnet';
import { markers, operationals } from './convention';
import { ITEMS, type Method, type Plan } from './consult';
import { expect, test } from './fixtures';
import { NEIGHBOURS, SAMIA, TOWN, followRecord } from './follow';
import { App } from './pages';
import { Printed, tight, type Page } from './printed';
import { type VoteEvents, closed, drafted, idOf, opened, recorded, seedStores } from './state';
import type { Entries } from './stored';
import { containing } from './words';

/** Papers, and their margins in millimetres. */
const PAPERS = [
  ['A4', 8],
  ['A4', 12],
  ['Letter', 10],
  ['Letter', 15],
  ['A4', 20],
] as const;

const POINTS = 72 / 25.4;

const NOTES = Array.from({ length: 40 }, (_, number) =>
  ownNote('3.3.3', `Note numéro ${number}, ${'assez longue pour deux lignes sur le papier, '.repeat(3)}fin`),
);

const DAYS = Array.from({ length: 60 }, (_, day) => `20${20 + Math.floor(day / 28)}-03-${String((day % 28) + 1).padStart(2, '0')}`);

/** Observations of two devices that differ on fifty markers, half of which are due. */
const differing = (): Entries =>
  recorded(
    ...NEIGHBOURS,
    ...markers.slice(0, 50).flatMap(({ id }, number) => [
      seenRecord(id, '2020-01-05', 'not-yet', { device: SAMIA }),
      seenRecord(id, '2020-02-05', 'reached', { device: TOWN }, { evidence: 'Vu sur place' }),
      ...(number % 2 ? [followRecord(id, { due: '2020-03-31' }, DEVICE)] : []),
    ]),
  );

const ALL = operationals.map(({ code }) => code);

/** The address of a consultation, and its entries in this stage. */
function vote(method: Method, stage: (plan: Plan, events: VoteEvents) => Entries, events: VoteEvents = {}) {
  const items = method === 'Gommettes' ? ITEMS : ALL;
  const plan: Plan = { title: 'Priorités', question: 'Par quoi commencer ?', items, method, listed: true };
  const entries = stage(plan, { votes: ['1.1.1', '3.3.3', '1.1.1'], ...events });
  return { address: `#/consultations/${idOf(plan)}`, entries };
}

function below(path: string, { address, entries }: { address: string; entries: Entries }) {
  return { address: `${address}/${path}`, entries };
}

interface Sheet {
  name: string;
  address: string;
  entries?: Entries;
  /** Words that are printed. */
  has: string[];
  /** Its own margin in millimetres, whatever the person chooses. */
  own?: number;
}

const SHEETS: Sheet[] = [
  { name: 'home', address: '#/', entries: differing(), has: ['Ce qui a été promis', 'Accompagner les personnes', 'Maintien des commerces'] },
  { name: 'the whole text', address: '#/texte', has: ['Maintenir et renforcer', 'Relier le quartier'] },
  {
    name: 'an objective and its notes',
    address: '#/objectif/3.3.3',
    entries: recorded(...NOTES),
    has: ['Renforcer les fréquences', 'Note numéro 39'],
  },
  {
    name: 'a marker and its history',
    address: '#/marqueur/3.3.3-m1',
    entries: recorded(...DAYS.map((day) => ownSeen('3.3.3-m1', day, 'in-progress', { evidence: 'Horaires affichés' }))),
    has: ['Ce qui a été observé', '3 mars 2020'],
  },
  { name: 'all markers', address: '#/suivre', entries: differing(), has: ['105 marqueurs', 'Renforcer les fréquences'] },
  { name: 'hits of a search', address: '#/recherche?mots=quartier', has: ['quartier'] },
  { name: 'the charts', address: '#/bilan', entries: differing(), has: ['L’évolution', 'Où sont les notes'] },
  { name: 'the report', address: '#/bilan/rapport', entries: differing(), has: ['Comment lire ce bilan'], own: 8 },
  { name: 'what is worth a look', address: '#/bilan/a-regarder', entries: differing(), has: ['À regarder', '2020'] },
  { name: 'where devices differ', address: '#/bilan/avis', entries: differing(), has: ['Là où les avis diffèrent', '2 appareils'] },
  { name: 'the carnet', address: '#/carnet', entries: recorded(...NOTES), has: ['Ce qu’il contient', 'Note numéro'] },
  {
    name: 'consultations',
    address: '#/consultations',
    entries: { ...vote('Gommettes', opened).entries, ...vote('Approbation', closed).entries },
    has: ['Priorités'],
  },
  { name: 'preparing a vote', ...vote('Approbation', drafted), has: ['Préparer'] },
  { name: 'a ballot tried out', ...below('apercu', vote('Jugement majoritaire', drafted)), has: ['Priorités'] },
  { name: 'the room of a vote', ...vote('Gommettes', opened), has: ['Priorités', '3 bulletins'] },
  { name: 'paper ballots', ...below('papier', vote('Approbation', opened, { printed: 8 })), has: ['Feuille de dépouillement'], own: 8 },
  { name: 'keying papers', ...below('saisie', vote('Approbation', opened, { printed: 40, keyed: ALL })), has: ['Les bulletins saisis'] },
  { name: 'a result, dots', ...vote('Gommettes', closed), has: ['Le résultat', '1er'] },
  { name: 'a result, mentions', ...vote('Jugement majoritaire', closed), has: ['Le résultat', 'Bus, vélo et piétons'] },
  { name: 'a result, rankings', ...vote('Classement', closed), has: ['Le résultat', 'Bus, vélo et piétons'] },
  { name: 'minutes', ...below('proces-verbal', vote('Jugement majoritaire', closed)), has: ['Procès-verbal', 'Relier le quartier'] },
  { name: 'about', address: '#/a-propos', has: ['À propos'] },
];

/** Words over others, and words outside the margins. */
function misplaced({ width, height, words }: Page, margin: number): string[] {
  const outside = words.filter(
    ({ left, right, top, bottom }) =>
      left < margin - 2 || right > width - margin + 2 || top < margin - 4 || bottom > height - margin + 4,
  );
  const found = outside.map(({ text }) => `${text} is outside the margins`);
  words.forEach((one, at) => {
    for (const other of words.slice(at + 1)) {
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      // The boxes are those of the fonts, which are higher than lines.
      const least = Math.min(one.bottom - one.top, other.bottom - other.top) * 0.4;
      if (across > 1 && down > least) found.push(`${one.text} is over ${other.text}`);
    }
  });
  return found;
}

/** What only a screen can use. The names of the home screen's cards are printed. */
const CONTROLS =
  'button:not([aria-pressed]), a[class*=button], input, select, textarea, summary:not(.text summary), label, video';

for (const { name, address, entries, has, own } of SHEETS) {
  test(`on paper: ${name}`, async ({ page }) => {
    const app = new App(page);
    await seedStores(page, entries ?? {});
    await app.open(address);
    await expect(page.getByRole('main')).toContainText(containing(has.at(-1) ?? ''));
    for (const [format, millimetres] of PAPERS) {
      const margin = `${millimetres}mm`;
      const sides = { top: margin, right: margin, bottom: margin, left: margin };
      const printed = new Printed(await page.pdf({ format, margin: sides, printBackground: true }));
      const texts = printed.pages.map((sheet) => printed.text(sheet));
      const on = `${format}, ${margin}`;
      for (const words of has) expect.soft(texts.join(''), on).toContain(tight(words));
      expect.soft(texts.filter((text) => !text), `empty, ${on}`).toEqual([]);
      // A title is not alone on its page because what follows does not fit.
      expect.soft(printed.pages[0]?.words.length, on).toBeGreaterThan(texts.length > 1 ? 50 : 0);
      const wrong = printed.pages.flatMap((sheet) => misplaced(sheet, (own ?? millimetres) * POINTS));
      expect.soft(wrong.slice(0, 5), on).toEqual([]);
    }
    await page.emulateMedia({ media: 'print' });
    expect.soft(await page.locator(CONTROLS).filter({ visible: true }).allInnerTexts()).toEqual([]);
  });
}
