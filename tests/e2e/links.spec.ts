// Links as people pass them on: with something behind them, broken over lines, wrapped by a mail
// service. What each form means is tested natively, in `tests/native/links.rs` and
// `src/route/mended.rs`.
import { decoded } from './codes';
import { Consultations, ITEMS } from './consult';
import { expect, test } from './fixtures';
import { App } from './pages';
import { idOf, showRoom } from './state';

const PLAN = { title: 'Priorités', question: 'Par quoi commencer ?', items: ITEMS, each: 2 };

test('an address that was meant to be a page opens it, and is that address from then on', async ({ page }) => {
  const app = new App(page);
  const meant: [string, string, RegExp][] = [
    ['#/objectif/1.2.1).', '#/objectif/1.2.1', /./],
    ['#/marqueur/1.2.%20%201-m3%C2%A0%C2%BB', '#/marqueur/1.2.1-m3', /./],
    ['#/objectif%2F3.3.', '#/objectif/3.3', /./],
    ['#/suivre?etat=atteint].', '#/suivre?etat=atteint', /Suivre/],
    ['#/bilan/avis,', '#/bilan/avis', /./],
    ['#/bilan?au=2021-03-12).', '#/bilan?au=2021-03-12', /Bilan/],
    ['#/consultations%20', '#/consultations', /./],
    ['#/car=net.', '#/carnet', /Mon carnet/],
  ];
  for (const [address, meaning, title] of meant) {
    await app.open(address);
    await expect.poll(() => page.url()).toMatch(new RegExp(`/${meaning.replaceAll(/[.?]/g, '\\$&')}$`));
    await expect(app.title).toHaveText(title);
    await expect(page.getByText('Adresse demandée')).toHaveCount(0);
    await page.goto('about:blank');
  }
  // Within the page as well, and without a step in the history that leads back into the mistake.
  await app.open('#/a-propos');
  await app.follow('#/carnet).');
  await app.expectTitle('Mon carnet');
  await page.goBack();
  await app.expectTitle('À propos de Jalons');
});

test('a vote goes from hand to hand by links that mails have broken and wrapped', async ({
  page,
  browser,
  baseURL,
}) => {
  const room = await showRoom(page, PLAN);
  // What has sent a person here is no part of the links that they pass on.
  await room.open(`?fbclid=IwAR0#/consultations/${idOf(PLAN)}`);
  const invitation = await decoded(room.code('Code à scanner pour voter'));
  expect(invitation).toMatch(/^http:\/\/[^/?]+\/#\/voter\/[A-Z2-7]+$/);

  const context = await browser.newContext({ baseURL });
  const phone = new Consultations(await context.newPage());
  const fragment = invitation.slice(invitation.indexOf('#'));
  await phone.open(`?#${fragment.slice(1, 60)}%20${fragment.slice(60)}).`);
  await phone.choose('Gommettes');
  await phone.button('Relire mon vote').click();
  await phone.button('Préparer mon bulletin').click();
  await phone.expectTitle('Votre bulletin est prêt');
  const ballot = await decoded(phone.code('Code de votre bulletin'));
  await context.close();

  const lines = ballot.match(/.{1,60}/g) ?? [];
  await room.paste(`Voici mon bulletin :\n> ${lines.join('=\n> ')}.\nBonne soirée !`);
  await room.expectAnswer('Bulletin compté. 1 bulletin');
  await room.paste(`https://safe.example/?url=${encodeURIComponent(ballot)}&data=05%7C01&reserved=0`);
  await room.expectAnswer('Déjà compté.');
  await room.open(`${ballot.slice(ballot.indexOf('#'))}%C2%A0%C2%BB.`);
  await expect(page.getByText('Déjà compté.')).toBeVisible();
  await room.link('Revenir à la consultation').click();
  await room.expectCount(1);

  await room.paste('Regarde : https://jalons.example/#/objectif/1.2.1.');
  await room.expectAnswer("C'est le lien d'une autre page de Jalons.");
  await room.link('Ouvrir cette page').click();
  await expect.poll(() => page.url()).toMatch(/#\/objectif\/1\.2\.1$/);
});
