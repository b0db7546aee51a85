// Page objects of planned days, watched markers, and the opinions of several devices.
import type { Locator } from '@playwright/test';
import { deviceRecord } from './carnet';
import { wording } from './convention';
import { expect } from './fixtures';
import { App, MarkerPage } from './pages';
import { recorded, seedStores } from './state';
import { exactly } from './words';

export const SAMIA = '5a11a00000000003';
export const TOWN = 'ec01e00000000002';

/** The records of the names of two other devices. */
export const NEIGHBOURS = [
  deviceRecord(SAMIA, 'Téléphone de Samia', 'residents'),
  deviceRecord(TOWN, 'Service de la ville', 'staff'),
];

/** A record of another device's follow-up of a marker. */
export function followRecord(
  marker: string,
  followed: { due?: string; watched?: true },
  device = TOWN,
) {
  const stamp = { edit: 1, at: 1_615_550_000_000, device };
  return { id: `follow-up/${marker}/${device}`, stamp, body: { 'follow-up': followed } };
}

/** Stores the records of two other devices, a resident's and the town's, as after a merge. */
export async function storeMerged(app: App, records: { id: string }[]): Promise<void> {
  await seedStores(app.page, recorded(...records, ...NEIGHBOURS));
}

/** The list "à regarder". */
export class AttentionPage extends App {
  async openList(): Promise<void> {
    await this.open('#/bilan/a-regarder');
    await this.expectTitle('À regarder');
  }

  /** The markers under a reason. */
  under(reason: string): Locator {
    return this.region(reason).getByRole('listitem');
  }

  /** A quick action on a marker. */
  act(name: string, marker: string): Locator {
    return this.button(`${name} : ${wording(marker)}`);
  }
}

/** The screen of disagreements between devices. */
export class ViewsPage extends App {
  async openList(): Promise<void> {
    await this.open('#/bilan/avis');
    await this.expectTitle('Là où les avis diffèrent');
  }

  /** The card of a marker. */
  card(marker: string): Locator {
    const title = this.page.getByRole('heading', { name: exactly(`${wording(marker)} ${marker}`) });
    return this.page.getByRole('listitem').filter({ has: title });
  }

  /** The titles of all cards, in order. */
  get titles(): Locator {
    return this.page.getByRole('main').getByRole('heading', { level: 2 });
  }
}

/** A marker with its planned day and each device's opinion. */
export class FollowedMarker extends MarkerPage {
  get due(): Locator {
    return this.page.getByLabel(exactly('Échéance'));
  }

  get watched(): Locator {
    return this.page.getByRole('checkbox', { name: exactly('Suivre de près') });
  }

  get views(): Locator {
    return this.region('Tous les avis').getByRole('listitem');
  }

  get noDay(): Locator {
    return this.region('La suite').getByRole('alert');
  }

  async openMarker(marker: string): Promise<void> {
    await this.open(`#/marqueur/${marker}`);
    await this.unfoldDetails();
    await expect(this.due).toBeVisible();
  }
}
