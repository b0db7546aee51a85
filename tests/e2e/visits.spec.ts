// A screen that is left leaves nothing behind: no listener, no node, however often it is visited.
import type { CDPSession } from '@playwright/test';
import { decoded } from './codes';
import { Consultations, ITEMS } from './consult';
import { ownNote, ownSeen, seenRecord } from './carnet';
import { expect, test } from './fixtures';
import { SAMIA } from './follow';
import { closed, drafted, idOf, opened, recorded, seedStores } from './state';

const plan = (title: string) => ({ title, question: 'Par quoi commencer ?', items: ITEMS, each: 2 });
const [DRAFT, OPEN, CLOSED] = ['Brouillon', 'Ouverte', 'Close'].map(plan) as [Plan, Plan, Plan];
type Plan = ReturnType<typeof plan>;

interface Counts {
  nodes: number;
  jsEventListeners: number;
}

/** The nodes and listeners that are left once all garbage is collected. */
async function left(devtools: CDPSession): Promise<Counts> {
  await devtools.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
  return { nodes, jsEventListeners };
}

/** Waits for two frames: charts are drawn in the first. */
const painted = ({ page }: Consultations) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Where the words of the title begin, in whole pixels from the left. */
const leftEdge = (app: Consultations): Promise<number> =>
  app.title.evaluate((title) => {
    const range = document.createRange();
    range.selectNodeContents(title);
    return Math.round(range.getBoundingClientRect().left);
  });

/** The screens by where their titles begin. */
async function leftEdges(app: Consultations, addresses: string[]): Promise<Map<number, string[]>> {
  const edges = new Map<number, string[]>();
  for (const address of addresses) {
    await app.follow(address);
    await painted(app);
    await expect(app.title).toBeVisible();
    const edge = await leftEdge(app);
    edges.set(edge, [...(edges.get(edge) ?? []), address]);
  }
  return edges;
}

test('a screen leaves nothing behind, begins at one left edge, and no key event without a key stops it', async ({ page }) => {
  test.setTimeout(120_000);
  const seen = [
    ownSeen('3.3.3-m1', '2021-01-05', 'in-progress'),
    ownSeen('3.3.3-m1', '2021-02-10', 'reached'),
    seenRecord('3.3.3-m1', '2021-02-11', 'not-yet', { device: SAMIA }),
    ownNote('3.3.3', 'Le passage est dangereux'),
  ];
  await seedStores(page, {
    ...recorded(...seen),
    ...drafted(DRAFT),
    ...opened(OPEN, { printed: 4, keyed: ['1.1.1'], votes: ['1.1.1'] }),
    ...closed(CLOSED, { votes: ['1.1.1', '2.1.1'] }),
  });
  const app = new Consultations(page);
  await app.open(`#/consultations/${idOf(OPEN)}`);
  const invitation = await decoded(app.code('Code à scanner pour voter'));
  const addresses = [
    '#/',
    '#/objectif/3',
    '#/objectif/3.3.3',
    '#/resultat/1.2.1-r2',
    '#/marqueur/3.3.3-m1',
    '#/recherche?mots=passage',
    '#/suivre?objectif=3.3',
    '#/texte',
    '#/bilan',
    '#/bilan/a-regarder',
    '#/bilan/avis',
    '#/bilan/rapport',
    '#/carnet',
    '#/consultations',
    `#/consultations/${idOf(DRAFT)}`,
    `#/consultations/${idOf(DRAFT)}/apercu`,
    `#/consultations/${idOf(OPEN)}`,
    `#/consultations/${idOf(OPEN)}/papier`,
    `#/consultations/${idOf(OPEN)}/saisie`,
    `#/consultations/${idOf(CLOSED)}`,
    `#/consultations/${idOf(CLOSED)}/proces-verbal`,
    invitation.slice(invitation.indexOf('#')),
    '#/a-propos',
    '#/nulle/part',
  ];
  const round = async () => {
    for (const address of addresses) {
      await app.follow(address);
      await painted(app);
      await expect(app.title).toBeVisible();
    }
  };
  await round();
  // What fills in forms dispatches events of no key.
  const keyless = async (address: string) => {
    await app.follow(address);
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('input, textarea, select, li, [tabindex]')) {
        element.dispatchEvent(new Event('keydown', { bubbles: true }));
      }
    });
  };
  for (const address of addresses) await keyless(address);
  // The minutes are a sheet of paper.
  const screens = addresses.filter((address) => !address.endsWith('/proces-verbal'));
  for (const width of [320, 1440, 1920]) {
    await page.setViewportSize({ width, height: 800 });
    expect(Object.fromEntries(await leftEdges(app, screens)), `${width} px wide`).toEqual({
      [await leftEdge(app)]: screens,
    });
  }
  await round();

  const devtools = await page.context().newCDPSession(page);
  let before = await left(devtools);
  await expect(async () => {
    const again = await left(devtools);
    const isSettled = again.nodes === before.nodes && again.jsEventListeners === before.jsEventListeners;
    before = again;
    expect(isSettled).toBe(true);
  }).toPass();
  await round();
  await round();
  await round();
  await expect(async () => {
    const { nodes, jsEventListeners } = await left(devtools);
    expect({ nodes: nodes - before.nodes, listeners: jsEventListeners - before.jsEventListeners }).toEqual({
      nodes: 0,
      listeners: 0,
    });
  }).toPass({ timeout: 20_000 });
});
