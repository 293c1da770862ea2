import { createPublicKey, type KeyObject } from 'node:crypto';
import type { Outcome } from '../payment-provider.ts';

/** Asks monobank for the key that checks its signatures, as it gives it: PEM in base64. */
export type FetchKey = (token: string) => Promise<Outcome<{ readonly key: string }>>;

const askAgainAfterMs = 60_000;

/**
 * The keys that check signatures, one for each token. Kept, because monobank asks not to be asked each time; looked for anew when a check fails, because
 * it changes them, but at most once a minute: forged messages must not make us call.
 */
export function publicKeys(fetchKey: FetchKey) {
  const kept = new Map<string, { readonly key: KeyObject; readonly askedAt: number }>();
  const underway = new Map<string, Promise<Outcome<KeyObject>>>();

  function ask(token: string, now: Date): Promise<Outcome<KeyObject>> {
    const before = underway.get(token);
    if (before) return before;
    const asking = (async (): Promise<Outcome<KeyObject>> => {
      const answer = await fetchKey(token);
      if (answer.kind !== 'done') return answer;
      const key = keyOf(answer.value.key);
      if (!key) return { kind: 'unknown', message: 'MonoBank: its public key cannot be read' };
      kept.set(token, { key, askedAt: now.getTime() });
      return { kind: 'done', value: key };
    })().finally(() => underway.delete(token));
    underway.set(token, asking);
    return asking;
  }

  return {
    /** The key as we know it. */
    async known(token: string, now: Date): Promise<Outcome<KeyObject>> {
      const one = kept.get(token);
      return one ? { kind: 'done', value: one.key } : ask(token, now);
    },
    /** The key as it is now; undefined when it was asked for only just. A clock that was set back does not count. */
    async renewed(token: string, now: Date): Promise<Outcome<KeyObject> | undefined> {
      const askedAt = kept.get(token)?.askedAt ?? 0;
      return Math.abs(now.getTime() - askedAt) < askAgainAfterMs ? undefined : ask(token, now);
    },
  };
}

/** Only a key of the curve that is documented: anything else would check something else. */
function keyOf(base64: string): KeyObject | undefined {
  try {
    const key = createPublicKey(Buffer.from(base64, 'base64').toString('utf8'));
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}
