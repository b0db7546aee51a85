// A whole room votes: thirty at the urn, twelve on phones, ten on paper, on two devices that are
// joined on a third. Counts, order and words are the same everywhere, also for a later reader of
// the file.
import type { Browser } from '@playwright/test';
import { decoded } from './codes';
import { CODE, Consultations, ITEMS, content } from './consult';
import { expect, test } from './fixtures';
import { showRoom } from './state';
import { openBlankPage, deleteIndexedDb } from './stored';
import { exactly } from './words';

const PLAN = {
  title: 'Par où commencer ?',
  question: 'Quels objectifs doivent passer en premier ?',
  items: ITEMS,
  own: ['Un marché du soir'],
  each: 2,
  listed: true,
};

async function device(browser: Browser, baseURL: string): Promise<Consultations> {
  const context = await browser.newContext({ baseURL, permissions: ['clipboard-write'] });
  return new Consultations(await context.newPage());
}

/** The ranking on the screen. */
async function ranking(app: Consultations): Promise<string[]> {
  return app.region('Le résultat').getByRole('list').first().getByRole('listitem').allInnerTexts();
}

/** A voter's phone. */
class Phone extends Consultations {
  static async of(browser: Browser): Promise<Phone> {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    return new Phone(await context.newPage());
  }

  /** Votes: the invitation leads to the ballot, and the ballot to a code with a link. */
  async votes(invitation: string, option: string): Promise<string> {
    await this.page.goto(invitation);
    await this.expectTitle(PLAN.title);
    await this.dot(option);
    await this.button('Relire mon vote').click();
    await this.button('Préparer mon bulletin').click();
    await this.expectTitle('Votre bulletin est prêt');
    return decoded(this.code('Code de votre bulletin'));
  }

  /**
   * Becomes another person's phone by clearing its storage: a new browser would have to compile the
   * app again.
   */
  async becomesAnother(): Promise<void> {
    await openBlankPage(this.page);
    await deleteIndexedDb(this.page);
    await this.page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
  }
}

test('a room of 52 decides in three ways on three devices, and all count the same', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const here = await device(browser, baseURL ?? '');
  await showRoom(here.page, PLAN);
  const opened = await content(await here.exported());

  // Thirty at the urn.
  await here.startUrn();
  for (let voter = 0; voter < 30; voter += 1) {
    await here.voteAtUrn(async () => {
      await here.dot(voter % 3 === 0 ? '1.2.1' : '2.1.1');
      if (voter % 2 === 0) await here.dot('Un marché du soir');
    });
  }
  await here.leaveUrn();
  await here.expectCount(30);

  // Twelve on phones, collected on another device: by scanned codes and by links.
  const there = await device(browser, baseURL ?? '');
  await there.list();
  await there.importAndJoin({ name: 'consultation.json', text: opened });
  await there.link(`${PLAN.title} Vote ouvert 0 bulletin`).click();
  await there.expectTitle(PLAN.title);
  const invitation = await decoded(there.code('Code à scanner pour voter'));
  const scanner = new Consultations(await there.page.context().newPage());
  const phone = await Phone.of(browser);
  for (let voter = 0; voter < 12; voter += 1) {
    const link = await phone.votes(invitation, voter < 8 ? '2.1.1' : '3.3.3');
    await phone.becomesAnother();
    if (voter % 2 === 0) {
      await there.toFront();
      await there.paste(link);
      await there.expectAnswer(`Bulletin compté. ${voter + 1} bulletin`);
    } else {
      // Opened in another tab of the device, like by a phone's own scanner.
      await scanner.page.goto(link);
      await expect(scanner.page.getByText('Bulletin compté.')).toBeVisible();
      await scanner.page.goto('about:blank');
    }
    await there.expectCount(voter + 1);
    if (voter === 0) {
      await there.paste(link);
      await there.expectAnswer('Déjà compté.');
    }
  }
  await there.toFront();

  // Ten on paper, one of them keyed differently the second time.
  await there.printPapers(10);
  const papers: string[] = Array.from({ length: 10 }, (_, index) => (index < 6 ? '1 5' : '2 2'));
  await there.keyPapers(papers, papers.map((line, index) => (index === 3 ? '1 4' : line)), 1);
  await there.expectCount(22);

  // Joined on a third device.
  const third = await device(browser, baseURL ?? '');
  await third.list();
  const [fromHere, fromThere] = [
    await content(await here.exported()),
    await content(await there.exported()),
  ];
  await third.importAndJoin(
    { name: 'ici.json', text: fromHere },
    { name: 'ailleurs.json', text: fromThere },
  );
  await third.link(`${PLAN.title} Vote ouvert 52 bulletins`).click();
  await third.expectCount(52);
  await here.importAndJoin({ name: 'ailleurs.json', text: fromThere });
  await here.expectCount(52);
  await there.importAndJoin({ name: 'ici.json', text: fromHere });
  await there.expectCount(52);
  const words = await third.words();
  expect(words.split(' ')).toHaveLength(6);
  expect(await here.words()).toBe(words);
  expect(await there.words()).toBe(words);

  // Closed, shown, exported, counted again.
  await third.close();
  await expect.poll(() => ranking(third)).toHaveLength(5);
  const order = await ranking(third);
  expect(order[0]).toContain('2.1.1');
  const closed = await content(await third.exported());
  const again = await device(browser, baseURL ?? '');
  await again.list();
  await again.importAndJoin({ name: 'close.json', text: closed });
  await again.link(`${PLAN.title} Vote clos 52 bulletins`).click();
  await expect.poll(() => ranking(again)).toEqual(order);
  await expect(again.page.getByText(words).first()).toBeVisible();
  await here.hand({ name: 'close.json', text: closed });
  await here.plan.getByLabel(exactly("Code de l'animateur")).fill(CODE);
  await here.plan.getByRole('button', { name: exactly('Le clore ici aussi') }).click();
  await here.join();
  await expect.poll(() => ranking(here)).toEqual(order);
  expect(await content(await here.exported())).toBe(closed);
});
