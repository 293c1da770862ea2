import { createHash } from 'node:crypto';
import type { Draft } from '../../sandbox-kit/journal.ts';
import { Refusal } from './refusal.ts';
import type { AnswerRow, Kinds } from './work.ts';

/** Stripe keeps keys for at least 24 hours; the sandbox for exactly that. */
const KEPT = 24 * 60 * 60 * 1000;

/** A request's key within its account, and what must be the same when the key comes again. */
export interface OnceKey {
  readonly key: string;
  readonly row: string;
  readonly fingerprint: string;
  readonly endpoint: string;
}

export function onceKey(key: string, accountId: string, endpoint: string, body: string): OnceKey {
  if (key.length > 255) throw new Refusal(400, 'Idempotency keys can be up to 255 characters long.', { type: 'idempotency_error' });
  // The order in which a client happens to write its parameters says nothing.
  const sorted = [...new URLSearchParams(body)].map(([name, value]) => `${name}=${value}`).sort();
  const fingerprint = createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
  return { key, row: `${accountId} ${key}`, fingerprint, endpoint };
}

/** The answer given before under this key, or a refusal when the key now comes with something else. */
export function earlierAnswer(tx: Pick<Draft<Kinds>, 'get'>, once: OnceKey, now: Date): AnswerRow | undefined {
  const before = tx.get('answer', once.row);
  if (before === undefined || before.at + KEPT <= now.getTime()) return undefined;
  const advice = `Try using a key other than '${once.key}' if you meant to execute a different request.`;
  if (before.endpoint !== once.endpoint) {
    const message = `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${before.endpoint}' vs '${once.endpoint}'). ${advice}`;
    throw new Refusal(400, message, { type: 'idempotency_error' });
  }
  if (before.fingerprint !== once.fingerprint) {
    throw new Refusal(400, `Keys for idempotent requests can only be used with the same parameters they were first used with. ${advice}`, {
      type: 'idempotency_error',
    });
  }
  return before;
}

export function keyInUse(once: OnceKey): Refusal {
  const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${once.key}. Please try again later.`;
  return new Refusal(409, message, { code: 'idempotency_key_in_use', type: 'idempotency_error' });
}

export function forgetOldAnswers(tx: Draft<Kinds>, entries: Iterable<[string, AnswerRow]>, now: Date): void {
  for (const [id, answer] of entries) if (answer.at + KEPT <= now.getTime()) tx.drop('answer', id);
}
