// What somebody followed for ten years: a carnet with as many observations as are asked for.
import { carnetOf, noteRecord, seenRecord } from '../e2e/carnet';
import { markers } from '../e2e/convention';

/** How many devices the observations come from. */
const DEVICES = 25;

/** From the first day to the last, so that all of them lie in the past. */
const FIRST = Date.UTC(2015, 0, 1);
const DAYS = 3_650;
const DAY = 86_400_000;

/** How many notes there are beside them, whatever their number: one chart shows where notes are. */
const NOTES = 100;

const LEVELS = ['not-yet', 'in-progress', 'reached', 'not-observable'] as const;

/**
 * A carnet with this many observations, the same at every call: all markers are looked at in
 * turns, at even distances over the ten years. Only how often differs with the number. In the last
 * turn nothing is reached, so that each tick changes what the charts show.
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
