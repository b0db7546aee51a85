// The convention that the app embeds, so that tests can visit every item.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const FILE = resolve(__dirname, '../../src/convention/illkirch-graffenstaden-2020-2022.json');

interface Entry {
  id: string;
  text: string;
  plain?: string;
}

interface Operational {
  code: string;
  title: string;
  short_name: string;
  plain: string;
  expected_results: Entry[];
  progress_markers: Entry[];
}

interface Strategic {
  code: string;
  title: string;
  short_name: string;
  operational_objectives: Operational[];
}

interface Global {
  code: string;
  title: string;
  short_name: string;
  strategic_objectives: Strategic[];
}

/** An item with an address of its own. */
export interface Item {
  id: string;
  text: string;
  address: string;
}

const source: { global_objectives: Global[] } = JSON.parse(readFileSync(FILE, 'utf8'));

export const globals = source.global_objectives;
export const strategics = globals.flatMap((global) => global.strategic_objectives);
export const operationals = strategics.flatMap((strategic) => strategic.operational_objectives);
export const results = operationals.flatMap((objective) => objective.expected_results);
export const markers = operationals.flatMap((objective) => objective.progress_markers);

const objective = ({ code, title }: { code: string; title: string }): Item => ({
  id: code,
  text: title,
  address: `#/objectif/${code}`,
});

const entry = (kind: string) => ({ id, text }: Entry): Item => ({
  id,
  text,
  address: `#/${kind}/${id}`,
});

/** All items with their addresses. */
export const items: Item[] = [
  ...[...globals, ...strategics, ...operationals].map(objective),
  ...results.map(entry('resultat')),
  ...markers.map(entry('marqueur')),
];

/** The wording of an item. */
export function wording(id: string): string {
  const item = items.find((other) => other.id === id);
  if (!item) throw new Error(`the convention has no ${id}`);
  return item.text;
}

/** The everyday name of an objective. */
export function shortName(code: string): string {
  const found = [...globals, ...strategics, ...operationals].find((objective) => objective.code === code);
  if (!found) throw new Error(`The convention has no objective ${code}.`);
  return found.short_name;
}
