// Page object of consultations: preparing, voting in three ways, collecting, and the result.
import { readFile } from 'node:fs/promises';
import type { Download, Locator } from '@playwright/test';
import { decoded } from './codes';
import { expect } from './fixtures';
import { App } from './pages';
import { containing, exactly, startingWith } from './words';

export const CODE = '2021';

export type Method = 'Gommettes' | 'Approbation' | 'Jugement majoritaire' | 'Classement';

/** The input for preparing a consultation. */
export interface Plan {
  title: string;
  question: string;
  items: string[];
  own?: string[];
  method?: Method;
  each?: number;
  listed?: boolean;
  live?: boolean;
}

/** The options of the tests, by their codes. */
export const ITEMS = ['1.1.1', '1.2.1', '2.1.1', '3.3.3'];

export class Consultations extends App {
  get screen(): Locator {
    return this.page.getByRole('main');
  }

  async list(): Promise<void> {
    await this.open('#/consultations');
  }

  field(label: string): Locator {
    return this.page.getByLabel(exactly(label));
  }

  /** Prepares a draft and leaves its form open. */
  async prepare(plan: Plan): Promise<void> {
    await this.list();
    await this.button('Préparer une consultation').click();
    await this.expectTitle('Préparer');
    await this.field('Titre').fill(plan.title);
    await this.field('Question posée').fill(plan.question);
    for (const item of plan.items) {
      await this.page.getByRole('checkbox', { name: new RegExp(` ${item.replaceAll('.', '\\.')}$`) }).check();
    }
    if (plan.own) await this.field('Autres propositions, une par ligne').fill(plan.own.join('\n'));
    if (plan.method) await this.page.getByRole('radio', { name: new RegExp(`^${plan.method}`) }).check();
    if (plan.each) await this.field('Gommettes par personne').fill(String(plan.each));
    if (plan.listed) await this.page.getByRole('radio', { name: 'Toujours le même' }).check();
    if (plan.live) await this.page.getByRole('radio', { name: 'Pendant le vote' }).check();
  }

  /** Opens the vote of the draft on the screen, with the tests' code. */
  async openVote(): Promise<void> {
    await this.button('Ouvrir le vote').click();
    await this.field("Code de l'animateur").fill(CODE);
    await this.button('Ouvrir le vote').click();
    await expect(this.region("À l'urne")).toBeVisible();
  }

  /** The id of the consultation on the screen. */
  get id(): string {
    return /consultations\/([0-9a-f]{16})/.exec(this.page.url())?.[1] ?? '';
  }

  /** The fingerprint's words and the number of ballots on the screen. */
  async words(): Promise<string> {
    return (await this.page.getByRole('status', { name: 'Empreinte' }).innerText()).trim();
  }

  async expectCount(count: number): Promise<void> {
    await expect(this.page.getByRole('status', { name: 'Bulletins', exact: true })).toHaveText(String(count));
  }

  async startUrn(): Promise<void> {
    await this.button("Faire de cet appareil l'urne").click();
    await this.expectTitle('À vous de voter');
  }

  /** Casts one vote at the urn. */
  async voteAtUrn(choose: () => Promise<void>): Promise<void> {
    await this.button('Je vote').click();
    await choose();
    await this.button('Relire mon vote').click();
    await this.button('Voter').click();
    await this.expectTitle("Votre vote est dans l'urne.");
    await this.button('Au suivant').click();
    await this.expectTitle('À vous de voter');
  }

  /** The bar of the ballot: what is left to choose, and the button to the review. */
  get bar(): Locator {
    return this.page.locator('div', { has: this.button('Relire mon vote') }).last();
  }

  /** The group of an option's controls, by its code or its own text. */
  option(option: string): Locator {
    return this.page.getByRole('group', { name: containing(option) });
  }

  /** Adds a dot to an option. */
  async dot(option: string): Promise<void> {
    const name = startingWith('Ajouter une gommette à');
    await this.option(option).getByRole('button', { name }).click();
  }

  /** Chooses an option on the ballot on the screen, by its method. */
  async choose(method: Method, option = 0): Promise<void> {
    const nth = (name: string) =>
      this.page.getByRole('button', { name: startingWith(name) }).nth(option);
    if (method === 'Gommettes') await nth('Ajouter une gommette à').click();
    if (method === 'Approbation') await this.page.getByRole('checkbox', { name: 'Oui' }).nth(option).check();
    if (method === 'Jugement majoritaire') {
      await this.page.getByRole('radio', { name: exactly('Très bien') }).nth(option).check();
    }
    if (method === 'Classement') await nth('Classer').click();
  }

  /** The link in the code on the voting room's screen. */
  async invitation(): Promise<string> {
    const link = await decoded(this.code('Code à scanner pour voter'));
    return link.slice(link.indexOf('#'));
  }

  async leaveUrn(code = CODE): Promise<void> {
    await this.button("Quitter l'urne").click();
    await this.field("Code de l'animateur").fill(code);
    await this.button('Quitter').click();
  }

  async close(code = CODE): Promise<void> {
    const part = this.region('Clore le vote');
    await part.getByRole('button', { name: 'Clore le vote' }).click();
    await this.field("Code de l'animateur").fill(code);
    await part.getByRole('button', { name: exactly('Clore') }).click();
  }

  /** The exported file of the consultation. */
  async exported(): Promise<Download> {
    const download = this.page.waitForEvent('download');
    await this.button("Enregistrer la copie de l'animateur").first().click();
    return download;
  }

  /** Hands files to the screen. */
  async hand(...files: { name: string; text: string }[]): Promise<void> {
    const payloads = files.map(({ name, text }) => ({
      name,
      mimeType: 'application/json',
      buffer: Buffer.from(text),
    }));
    await this.page.getByLabel('Choisir des fichiers').setInputFiles(payloads);
  }

  /** The plan of joining files. */
  get plan(): Locator {
    return this.page.getByRole('group', { name: exactly('Ce qui changerait') });
  }

  planOf(name: string): Locator {
    return this.plan.getByRole('listitem').filter({ hasText: name }).first();
  }

  /** Confirms the plan, and waits until the result is saved. */
  async join(): Promise<void> {
    await this.plan.getByRole('button', { name: exactly('Réunir') }).click();
    await expect(this.plan).toHaveCount(0);
    await expect(this.page.getByText('Mise en commun…')).toHaveCount(0);
  }

  /** Hands in files of consultations and confirms the plan. */
  async importAndJoin(...files: { name: string; text: string }[]): Promise<void> {
    await this.hand(...files);
    await expect(this.plan.getByRole('listitem').filter({ hasText: '.json' })).toHaveCount(files.length);
    await this.join();
  }

  /** Pastes a text into the field for links and files. */
  async paste(text: string): Promise<void> {
    const summary = this.page.getByText('Coller un lien ou un fichier');
    const area = this.field("Lien, code ou contenu d'un fichier");
    if (!(await area.isVisible())) await summary.click();
    await area.fill(text);
    await this.button('Lire').click();
  }

  /** The answer to the last input. */
  get answer(): Locator {
    return this.page.getByRole('log').getByRole('paragraph').first();
  }

  async expectAnswer(words: string): Promise<void> {
    await expect(this.answer).toHaveText(containing(words));
  }

  /** Prepares this many paper ballots for printing, and returns. */
  async printPapers(count: number): Promise<void> {
    await this.field('Bulletins à imprimer, en tout').fill(String(count));
    await this.button("Préparer l'impression").click();
    await this.expectTitle('Bulletins à imprimer');
    await this.link('Revenir à la consultation').first().click();
  }

  /** Keys papers one after the other by keyboard alone: number, Enter, choices, Enter. */
  async key(papers: { number: number; line: string }[]): Promise<void> {
    const desk = this.region('Saisie des bulletins');
    const number = desk.getByLabel(exactly('Bulletin n°'));
    const line = desk.getByLabel(exactly('Choix'));
    await number.focus();
    for (const paper of papers) {
      await this.page.keyboard.type(String(paper.number));
      await this.page.keyboard.press('Enter');
      await expect(line).toBeFocused();
      await this.page.keyboard.type(paper.line);
      await this.page.keyboard.press('Enter');
      await expect(number).toBeFocused();
      await expect(number).toHaveValue('');
    }
  }

  /** Keys all papers twice, and settles differences by the first keying. */
  async keyPapers(first: string[], second: string[], differ: number): Promise<void> {
    await this.link('Saisir les bulletins').click();
    await this.expectTitle('Saisir les bulletins papier');
    const numbered = (line: string, index: number) => ({ number: index + 1, line });
    await this.key(first.map(numbered));
    await this.field('Le second passage').check();
    await this.key(second.map(numbered));
    const differing = this.region('À départager');
    await expect(differing.getByRole('button', { name: exactly('Garder la première') })).toHaveCount(differ);
    for (let left = differ; left > 0; left -= 1) {
      await differing.getByRole('button', { name: exactly('Garder la première') }).first().click();
    }
    await this.link('Revenir à la consultation').click();
  }

  code(name: string): Locator {
    return this.page.getByRole('img', { name: exactly(name) });
  }
}

/** The text of a downloaded file. */
export async function content(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}
