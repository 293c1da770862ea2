import { Problem } from '../kit/problem.ts';

const A_SCREENS_MINUTE_MS = 60_000;
const EARLIEST = new Date('2000-01-01T00:00:00Z');

/**
 * When something happened that somebody writes down: not in the future (a minute of it is a clock that goes fast, and is now), and not before there could have
 * been books. Refuses with `invalid_request`.
 */
export function happenedAtOf(said: string, now: Date): Date {
  const at = new Date(said);
  const wrong = (sentence: string) => new Problem('invalid_request', 422, sentence, { fields: [{ field: 'happenedAt' }] });
  if (at.getTime() > now.getTime() + A_SCREENS_MINUTE_MS) throw wrong('This is still to come.');
  if (at < EARLIEST) throw wrong('This is too long ago.');
  return at > now ? now : at;
}
