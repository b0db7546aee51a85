// Published elections, and votes that decide nothing, imported as files and read from the screen.
import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { CONVENTION } from './carnet';
import { Consultations } from './consult';
import { expect, test } from './fixtures';
import { tokenOf } from './state';
import { containing } from './words';

const FOLDER = resolve(__dirname, '../fixtures/votes');

/** An election of a fixture; the folder's README explains the form. */
interface Election {
  name: string;
  method: 'approval' | 'judgment' | 'ranking';
  options: string;
  votes?: [number, string][];
  mentions?: number[][];
  places?: string[];
  first?: string;
}

const GRADES = ['reject', 'insufficient', 'passable', 'fairly-good', 'good', 'very-good', 'excellent'];

const elections: Election[] = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => JSON.parse(readFileSync(resolve(FOLDER, name), 'utf8')).elections);

/** Votes that decide nothing: none, blank ones only, and such that all options are tied. */
const undecided = (['approval', 'judgment', 'ranking'] as const).flatMap((method): Election[] => {
  const tied: [number, string][] = method === 'judgment' ? [[2, '444'], [1, '000']] : [[1, 'ABC'], [1, 'BCA'], [1, 'CAB']];
  return [
    { name: `${method}, nobody`, method, options: 'ABC', votes: [] },
    { name: `${method}, blank`, method, options: 'ABC', votes: [[3, '']] },
    { name: `${method}, tied`, method, options: 'ABC', votes: [...tied, [2, '']], places: ['ABC'] },
  ];
});

function votesOf({ method, options, votes = [], mentions = [] }: Election): unknown[] {
  const vote = (written: string) => {
    if (written === '') return 'blank';
    if (method === 'judgment') return { judgment: [...written].map((value) => GRADES[Number(value)]) };
    const places = [...options].map((option) => written.indexOf(option));
    if (method === 'approval') return { approval: places.map((place) => place >= 0) };
    return { ranking: places.map((place) => (place < 0 ? null : place + 1)) };
  };
  const dealt = mentions.map((counts) => counts.flatMap((count, value) => Array(count).fill(GRADES[value])));
  const rows = (dealt[0] ?? []).map((_, person) => ({ judgment: dealt.map((column) => column[person]) }));
  return [...votes.flatMap(([count, written]) => Array(count).fill(vote(written))), ...rows];
}

/** The file of the closed consultation, as its facilitator saves it. */
function fileOf(election: Election): { name: string; text: string } {
  const rules = {
    title: election.name,
    question: 'Quel ordre ?',
    options: [...election.options].map((letter) => ({ own: `Choix ${letter}` })),
    method: election.method,
    order: 'listed',
    reveal: 'after-closing',
  };
  const stamp = { edit: 3, at: 1_700_000_000_000, device: '00000000000000bb' };
  const ballots = votesOf(election).map((vote, number) => {
    const id = `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
    return { id, way: 'urn', content: { vote } };
  });
  const text = JSON.stringify({
    format: 'jalons-consultation',
    version: 1,
    convention: { id: CONVENTION, wording: 'e24d5d0b0c2b5c30' },
    consultation: { id: tokenOf(election.name), stamp, stage: { closed: [rules, null] }, code: null, printed: 0 },
    ballots,
  });
  return { name: `${tokenOf(election.name)}.json`, text };
}

test('published elections are imported, and the places on the screen are those that were published', async ({ page }) => {
  test.slow();
  const app = new Consultations(page);
  const all = [...elections, ...undecided];
  expect(elections).toHaveLength(26);
  await app.list();
  await app.importAndJoin(...all.map(fileOf));
  for (const election of all) {
    await app.follow(`#/consultations/${tokenOf(election.name)}`);
    await app.expectTitle(election.name);
    const result = app.region('Le résultat');
    await expect(result).toBeVisible();
    const votes = votesOf(election);
    const blank = votes.filter((vote) => vote === 'blank').length;
    if (votes.length === blank) {
      const why = blank > 0 ? `Aucun bulletin n'exprime de choix (${blank} blancs)` : "Aucun bulletin n'a été déposé";
      await expect(result, election.name).toContainText(containing(why));
      continue;
    }
    const places = new Map<string, string>();
    for (const row of await result.getByRole('listitem').allInnerTexts()) {
      const [, place = '', tied, letter = ''] = /^\s*(\d+er?)(\s+ex æquo)?[^]*Choix\s(\S)/u.exec(row) ?? [];
      places.set(place, (places.get(place) ?? '') + letter);
      if (tied === undefined) expect(places.get(place), row).toBe(letter);
    }
    const shown = [...places.values()];
    expect(shown.join('').length, election.name).toBe(election.options.length);
    if (election.places) expect(shown, election.name).toEqual(election.places);
    else expect(shown[0], election.name).toBe(election.first);
  }
});
