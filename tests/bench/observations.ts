// A carnet of ten years, with the requested number of observations.
import { carnetOf, noteRecord, seenRecord } from '../e2e/carnet';
import { markers } from '../e2e/convention';

/** The number of devices with observations. */
const DEVICES = 25;

/** The first and the last day, both in the past. */
const FIRST = Date.UTC(2015, 0, 1);
const DAYS = 3_650;
const DAY = 86_400_000;

/** The number of notes, the same for every number of observations, for the chart of notes. */
const NOTES = 100;

const LEVELS = ['not-yet', 'in-progress', 'reached', 'not-observable'] as const;

/**
 * A carnet with this many observations, the same at every call: all markers are observed in turn,
 * at even intervals over the ten years. Only the frequency depends on the number. In the last round
 * no marker is reached, so each tick changes the charts.
 */
export function observations(count: number): string {
  const turns = Math.ceil(count / markers.length);
  const apart = DAYS / turns;
  const seen = Array.from({ length: count }, (_, at) => {
    const turn = Math.floor(at / markers.length);
    const place = at % markers.length;
    const within = Math.floor((apart * place) / markers.length);
    const on = FIRST + (Math.floor(apart * turn) + within) * DAY;
    const isLast = at + markers.length >= count;
    const level = isLast ? 'in-progress' : LEVELS[(turn + place * 7) % LEVELS.length];
    const device = (0xb000 + (turn % DEVICES)).toString(16).padStart(16, '0');
    return seenRecord(markers[place].id, new Date(on).toISOString().slice(0, 10), level, {
      at: on,
      device,
    });
  });
  const notes = Array.from({ length: NOTES }, (_, at) => {
    const token = (at + 1).toString(16).padStart(16, '0');
    return noteRecord(markers[at % markers.length].id, token, `Note ${at + 1}`);
  });
  return carnetOf([...seen, ...notes]);
}
