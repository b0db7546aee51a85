// Prepares a device's stored entries for a test. They are written into both stores in the app's own
// form, so that a test about a vote need not click its way through preparing one. The stored form
// is readable for ever, so this code stays valid.
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { DEVICE, noteRecord } from './carnet';
import { CODE, Consultations, type Method, type Plan } from './consult';
import { expect } from './fixtures';
import { type Entries, openBlankPage, store, storeInBoth } from './stored';

/** Events of a vote since it was opened. */
export interface VoteEvents {
  /** The option that each ballot in the urn approves, by name; `BLANK` for a blank vote. */
  votes?: string[];
  /** The number of printed papers. */
  printed?: number;
  /** The first readings of paper 1, paper 2 and so on. */
  keyed?: string[];
}

/** A blank vote. */
export const BLANK = 'blank';

/** Writes the entries into both stores, and leaves the tab on a page that does not run the app. */
export async function seedStores(page: Page, entries: Entries): Promise<void> {
  await openBlankPage(page);
  await storeInBoth(page, { 'jalons/v1/device': DEVICE, ...entries });
  // A device with records has asked for persistent storage already.
  await store(page, { 'jalons/v1/local/asked': '1' });
}

/** Shows a draft. */
export async function showDraft(page: Page, plan: Plan): Promise<Consultations> {
  const app = await show(page, plan, drafted(plan));
  await expect(app.field('Titre')).toBeVisible();
  return app;
}

/** Shows the room of a vote that is open with the tests' code. */
export async function showRoom(page: Page, plan: Plan, events?: VoteEvents): Promise<Consultations> {
  const app = await show(page, plan, opened(plan, events));
  await expect(app.region("À l'urne")).toBeVisible();
  return app;
}

/** Shows the urn of an open vote, between two voters. */
export async function showUrn(page: Page, plan: Plan, events?: VoteEvents): Promise<Consultations> {
  const app = await show(page, plan, { ...opened(plan, events), 'jalons/v1/local/urn': idOf(plan) });
  await app.expectTitle('À vous de voter');
  return app;
}

/** Shows the result of a closed vote. */
export async function showResult(page: Page, plan: Plan, events?: VoteEvents): Promise<Consultations> {
  const app = await show(page, plan, closed(plan, events));
  await expect(app.region('Le résultat')).toBeVisible();
  return app;
}

async function show(page: Page, plan: Plan, entries: Entries): Promise<Consultations> {
  await seedStores(page, entries);
  const app = new Consultations(page);
  await app.open(`#/consultations/${idOf(plan)}`);
  return app;
}

/** An id derived from a text, where the app uses a random one. */
export function tokenOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The id of a consultation, derived from its title, so that it is the same on every device. */
export function idOf({ title }: Plan): string {
  return tokenOf(title);
}

/** Stored records. */
export function recorded(...records: { id: string }[]): Entries {
  return Object.fromEntries(
    records.map((record) => [`jalons/v1/record/${record.id}`, JSON.stringify(record)]),
  );
}

/** A stored note of this device; another text makes another note. */
export function noted(item: string, text: string): Entries {
  return recorded(noteRecord(item, tokenOf(text), text, { device: DEVICE }));
}

/** A stored draft of a note on an item. */
export function begun(item: string, text: string): Entries {
  const draft = { at: 1_615_550_000_000, kind: 'idea', text, private: false };
  return { [`jalons/v1/draft/new/${item}`]: JSON.stringify(draft) };
}

/** A stored draft of a consultation. */
export function drafted(plan: Plan): Entries {
  const { title, question, items, own = [], each = null } = plan;
  const draft = { title, question, items, own, method: kind(plan), each, cap: null, ...orderAndReveal(plan) };
  return consultation(plan, { rank: 0, stage: { draft }, code: null, printed: 0 });
}

/** A stored open consultation with its ballots and papers. */
export function opened(plan: Plan, events: VoteEvents = {}): Entries {
  return voted(plan, events, 1, { open: rules(plan) });
}

/** A stored closed consultation with its ballots and papers. */
export function closed(plan: Plan, events: VoteEvents = {}): Entries {
  return voted(plan, events, 2, { closed: [rules(plan), null] });
}

function voted(plan: Plan, events: VoteEvents, rank: number, stage: unknown): Entries {
  const { votes = [], printed = 0, keyed = [] } = events;
  const code = digest('jalons code', Buffer.from(idOf(plan), 'hex'), CODE);
  return {
    ...consultation(plan, { rank, stage, code, printed }),
    ...Object.fromEntries(votes.map((chosen, number) => ballot(plan, number, chosen))),
    ...Object.fromEntries(keyed.map((chosen, index) => paper(plan, index + 1, chosen))),
  };
}

interface Version {
  /** The stage: 0 for a draft, 1 open, 2 closed. */
  rank: number;
  stage: unknown;
  code: string | null;
  printed: number;
}

function consultation(plan: Plan, { rank, stage, code, printed }: Version): Entries {
  const id = idOf(plan);
  const stamp = { edit: rank + 1, at: 1_700_000_000_000, device: DEVICE };
  const padded = (number: number, digits: number) => String(number).padStart(digits, '0');
  const order = `${rank}${padded(stamp.edit, 10)}${padded(stamp.at, 20)}${DEVICE}${padded(printed, 5)}`;
  const content = JSON.stringify({ id, stamp, stage, code, printed });
  return { [`jalons/v1/consultation/${id}`]: opaqueEntry(order, content) };
}

const KINDS: Record<Method, string> = {
  Gommettes: 'dots',
  Approbation: 'approval',
  'Jugement majoritaire': 'judgment',
  Classement: 'ranking',
};

const kind = ({ method = 'Gommettes' }: Plan) => KINDS[method];

const orderAndReveal = ({ listed, live }: Plan) => ({
  order: listed ? 'listed' : 'shuffled',
  reveal: live ? 'live' : 'after-closing',
});

const options = ({ items, own = [] }: Plan) => [...items, ...own];

function rules(plan: Plan) {
  const { title, question, items, own = [] } = plan;
  const each = plan.each ?? Math.ceil(options(plan).length / 4);
  const dots = { dots: { each, cap: Math.min(each, 2) } };
  return {
    title,
    question,
    options: [...items.map((item) => ({ item })), ...own.map((text) => ({ own: text }))],
    method: kind(plan) === 'dots' ? dots : kind(plan),
    ...orderAndReveal(plan),
  };
}

/** A vote for one option, and the text that orders votes. */
function vote(plan: Plan, chosen: string): { vote: unknown; order: string } {
  if (chosen === BLANK) return { vote: 'blank', order: '0' };
  if (!options(plan).includes(chosen)) throw new Error(`nobody can choose ${chosen}`);
  // For each method: its number, the values for yes and for no, and the code for yes.
  const [way, yes, no, first] = {
    dots: [1, 1, 0, 1],
    approval: [2, true, false, 1],
    judgment: [3, 'very-good', null, 6],
    ranking: [4, 1, null, 1],
  }[kind(plan)] ?? [];
  const isChosen = options(plan).map((option) => option === chosen);
  const bytes = isChosen.map((chosen) => (chosen ? `0${first}` : '00'));
  return {
    vote: { [kind(plan)]: isChosen.map((chosen) => (chosen ? yes : no)) },
    order: `${way}${bytes.join('')}`,
  };
}

function ballot(plan: Plan, number: number, chosen: string): [string, string] {
  const id = `${number.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`;
  const { order, ...content } = vote(plan, chosen);
  const text = JSON.stringify({ id, way: 'urn', content });
  return [`jalons/v1/ballot/${idOf(plan)}/${id}`, opaqueEntry(`${order}u`, text)];
}

function paper(plan: Plan, number: number, chosen: string): [string, string] {
  const { order: _, ...reading } = vote(plan, chosen);
  const text = JSON.stringify({ round: 0, first: [reading], second: [] });
  return [`jalons/v1/paper/${idOf(plan)}/${number}`, opaqueEntry('000000000000001', text)];
}

/** The beginning of the SHA-256 of the parts, each preceded by its length. */
function digest(...parts: (string | Buffer)[]): string {
  const hash = createHash('sha256');
  for (const part of parts.map((part) => Buffer.from(part))) {
    const length = Buffer.alloc(8);
    length.writeUInt32BE(part.length, 4);
    hash.update(length).update(part);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * An opaque entry, as written by `codec/stored/opaque.rs`: with an FNV-1a of 64 bits, in two
 * halves.
 */
function opaqueEntry(order: string, content: string): string {
  let [high, low] = [0xcbf29ce4, 0x84222325];
  for (const byte of [...Buffer.from(order), 0xff, ...Buffer.from(content)]) {
    low = (low ^ byte) >>> 0;
    const product = low * 0x1b3;
    high = (high * 0x1b3 + Math.floor(product / 2 ** 32) + low * 0x100) >>> 0;
    low = product >>> 0;
  }
  const sum = [high, low].map((half) => half.toString(16).padStart(8, '0')).join('');
  return `${order}|${sum}|${content}`;
}
