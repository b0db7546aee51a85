// Page object of the carnet: exporting, importing, devices and erasing.
import { readFile } from 'node:fs/promises';
import { expect, type Download, type Locator } from '@playwright/test';
import { wording } from './convention';
import { CarnetPage } from './pages';
import { exactly } from './words';

export type FormOfFile =
  | 'Fichier Jalons'
  | 'Tableau des observations'
  | 'Tableau des notes'
  | 'Rapport à lire';

export interface Saved {
  name: string;
  text: string;
}

/** A file to hand in: its name and its bytes. */
export interface Handed {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Builds a file to hand in. */
export function handed(name: string, content: string | Buffer): Handed {
  return { name, mimeType: 'application/json', buffer: Buffer.from(content) };
}

/** The import and export parts of the carnet screen. */
export class Exchange extends CarnetPage {
  get leaving(): Locator {
    return this.region('Emporter');
  }

  get joining(): Locator {
    return this.region('Réunir des carnets');
  }

  get plan(): Locator {
    return this.joining.getByRole('group', { name: exactly('Ce qui changerait') });
  }

  get devices(): Locator {
    return this.region('Les appareils réunis ici').getByRole('listitem');
  }

  get conflictLosers(): Locator {
    return this.region('Versions mises de côté').getByRole('listitem');
  }

  get review(): Locator {
    return this.leaving.getByRole('group', { name: exactly('À vérifier avant de partager') });
  }

  get scope(): Locator {
    return this.leaving.getByRole('combobox', { name: exactly('Quoi ?') });
  }

  get refusal(): Locator {
    return this.leaving.getByRole('alert').filter({ hasText: /\S/ });
  }

  async openCarnet(): Promise<void> {
    await this.open('#/carnet');
    await expect(this.leaving).toBeVisible();
  }

  async choose(form: FormOfFile): Promise<void> {
    await this.leaving.getByRole('radio', { name: form }).check();
  }

  async make(): Promise<void> {
    await this.leaving.getByRole('button', { name: exactly('Créer le fichier') }).click();
  }

  async withoutName(): Promise<void> {
    await this.leaving.getByRole('button', { name: exactly('Continuer sans nom') }).click();
  }

  async name(label: string, voice: string): Promise<void> {
    await this.page.getByRole('textbox', { name: exactly("Nom de l'appareil") }).fill(label);
    await this.page.getByRole('radio', { name: exactly(voice) }).check();
    await this.button('Enregistrer ce nom').click();
  }

  /** Runs an action that downloads a file, and reads the file. */
  async file(act: () => Promise<void>): Promise<Saved> {
    const waiting = this.page.waitForEvent('download');
    await act();
    return read(await waiting);
  }

  /** Exports everything, on a device that does not ask for its name any more. */
  async exported(form: FormOfFile = 'Fichier Jalons'): Promise<Saved> {
    await this.choose(form);
    return this.file(() => this.make());
  }

  /** Hands files in and waits for the plan. */
  async importFiles(...files: Handed[]): Promise<void> {
    await this.joining.getByLabel(exactly('Choisir des fichiers')).setInputFiles(files);
    await expect(this.plan).toBeVisible();
  }

  async merge(): Promise<void> {
    await this.plan.getByRole('button', { name: /^Réunir/ }).click();
    await expect(this.plan).toBeHidden();
  }

  /** The part of the plan about one file. */
  planOf(name: string): Locator {
    return this.plan.getByRole('listitem').filter({ hasText: name }).first();
  }
}

async function read(download: Download): Promise<Saved> {
  const text = await readFile(await download.path(), 'utf8');
  return { name: download.suggestedFilename(), text };
}

export const CONVENTION = 'illkirch-graffenstaden-2020-2022';

/** The fingerprint of the convention's wording in an exported file. */
export function wordingOf(file: Saved): string {
  return JSON.parse(file.text).convention.wording;
}

interface Stamped {
  edit?: number;
  at?: number;
  device?: string;
}

const stamp = ({ edit = 1, at = 1_615_550_000_000, device = '00000000000000bb' }: Stamped) => ({
  edit,
  at,
  device,
});

/** Optional fields of a note. */
interface NoteParts {
  kind?: 'finding' | 'idea' | 'question' | 'alert';
  private?: boolean;
  created?: number;
  wording?: string;
}

/** Optional fields of an observation. */
interface SeenParts {
  confidence?: 'low' | 'medium' | 'high';
  evidence?: string;
  wording?: string;
}

/** A note's record, as written by another device. */
export function noteRecord(item: string, token: string, text: string, by: Stamped = {}, parts: NoteParts = {}) {
  const created = 1_615_550_000_000;
  const note = { kind: 'idea', text, private: false, created, wording: '00000000', ...parts };
  return { id: `note/${item}/${token}`, stamp: stamp(by), body: { note } };
}

/** An observation's record, as written by another device. */
export function seenRecord(marker: string, day: string, level: string, by: Stamped = {}, parts: SeenParts = {}) {
  const written = stamp(by);
  const observation = { level, wording: '00000000', ...parts };
  return { id: `observation/${marker}/${day}/${written.device}`, stamp: written, body: { observation } };
}

/** The id of this device in tests that write the stores themselves. */
export const DEVICE = '00000000000000aa';

/** A record of a note by this device, just written. */
export function ownNote(item: string, text: string, parts: NoteParts = {}) {
  const at = Date.now();
  const token = fingerprint(text);
  const written = { kind: 'finding', created: at, wording: wordingHash(item), ...parts } as const;
  return noteRecord(item, token, text, { at, device: DEVICE }, written);
}

/** A record of an observation by this device, just made; by default a tick of today. */
export function ownSeen(marker: string, day = today(), level = 'reached', parts: SeenParts = {}) {
  const seen = { wording: wordingHash(marker), ...parts };
  return seenRecord(marker, day, level, { at: Date.now(), device: DEVICE }, seen);
}

/** Today in the tests' browser. */
function today(): string {
  return new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Paris' });
}

/** The fingerprint of an item's wording, stored with records about it. */
function wordingHash(item: string): string {
  const hash = fnv(wording(item));
  return ((hash >> 32n) ^ (hash & 0xffffffffn)).toString(16).padStart(8, '0');
}

/** The key's token of a version that lost a conflict. */
export function fingerprint(text: string): string {
  return fnv(text).toString(16).padStart(16, '0');
}

/** FNV-1a of 64 bits. */
function fnv(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of Buffer.from(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash;
}

/** The record of a device's name. */
export function deviceRecord(device: string, label: string, speaks_for = 'association') {
  return { id: `device/${device}`, stamp: stamp({ device }), body: { device: { label, speaks_for } } };
}

/** A carnet file of another device. */
export function carnetOf(records: unknown[], convention = CONVENTION): string {
  return JSON.stringify({
    format: 'jalons-carnet',
    version: 1,
    convention: { id: convention, wording: '0000000000000000' },
    records,
  });
}
