import { toJsonAmount } from '@holdfast/contract/money';
import type { SimulatedClient, SimulatedFact } from '@holdfast/contract/simulation';
import type { House } from './open-house.ts';
import { attentionOf, type Cast, changesOf, messagesOf, postingsOf } from './store.ts';

type OfLane<Lane extends SimulatedFact['lane']> = Extract<SimulatedFact, { lane: Lane }>;

/** What came true, in the order in which it did. */
export interface Notes {
  client(fact: Pick<OfLane<'client'>, 'who' | 'what' | 'code'>): void;
  provider(fact: { what: OfLane<'provider'>['what']; who?: SimulatedClient; amountMinor?: bigint; currency?: string; times?: number }): void;
  /** Writes down what has become true since the last look. */
  look(cast: Cast, whoseIs: (id: string) => SimulatedClient | null): Promise<void>;
  timeline(): readonly SimulatedFact[];
}

export function createNotes({ app, clock, entrance }: House, begins: Date): Notes {
  const facts: SimulatedFact[] = [];
  const seen = new Set<string>();
  const secondsAt = (at: Date) => Math.max(0, Math.round((at.getTime() - begins.getTime()) / 1000));
  const now = () => ({ atSeconds: secondsAt(clock.now()) });
  const fresh = <Row extends { key: string }>(rows: readonly Row[]) => {
    const found = rows.filter(({ key }) => !seen.has(key));
    for (const { key } of found) seen.add(key);
    return found;
  };

  const provider: Notes['provider'] = ({ what, who, amountMinor, currency, times = 1 }) => {
    const amount = { amountMinor: amountMinor === undefined ? null : toJsonAmount(amountMinor), currency: currency ?? null };
    facts.push({ lane: 'provider', ...now(), what, who: who ?? null, ...amount, times });
  };

  return {
    client: (fact) => void facts.push({ lane: 'client', ...now(), ...fact }),
    provider,
    async look(cast, whoseIs) {
      const { taken, refused } = entrance.heard();
      if (taken > 0) provider({ what: 'webhook_taken', times: taken });
      if (refused > 0) provider({ what: 'webhook_refused', times: refused });
      const q = app.payments.db.read;
      for (const { at, appointmentId, what, status } of fresh(await changesOf(q, cast)))
        facts.push({ lane: 'calendar', atSeconds: secondsAt(at), who: whoseIs(appointmentId) ?? 'first', what, status });
      for (const { at, from, to, amountMinor, currency } of fresh(await postingsOf(q, cast)))
        facts.push({ lane: 'money', atSeconds: secondsAt(at), from, to, amountMinor: toJsonAmount(amountMinor), currency });
      for (const { at, kind, amountMinor, currency } of fresh(await attentionOf(q, cast)))
        facts.push({
          lane: 'attention',
          atSeconds: secondsAt(at),
          kind,
          amountMinor: amountMinor === null ? null : toJsonAmount(amountMinor),
          currency,
        });
      for (const { at, subjectId, kind, channel, subject, body } of fresh(await messagesOf(q, cast)))
        facts.push({ lane: 'messages', atSeconds: secondsAt(at), who: whoseIs(subjectId), kind, channel, subject, body });
    },
    timeline: () => facts,
  };
}
