import type { Fitting } from '@holdfast/contract/free-times';
import type { Scope } from '../access/scope.ts';
import { busySpans } from '../schedule/busy-spans.ts';
import { whyNotOffered } from '../schedule/explain-time.ts';
import type { BookingContext } from './context.ts';
import { dealWith } from './deal.ts';
import { freshRules } from './fresh-rules.ts';

/** The time is chosen: who could do what then? Of each person every service that fits together with what is chosen already. */
export async function whatFits(ctx: BookingContext, scope: Scope, startsAt: Date, chosen: readonly string[]): Promise<Fitting> {
  const rules = await freshRules(ctx, scope);
  const { catalog, hours } = rules;
  const now = ctx.now();
  const wishes = [...catalog.offers].flatMap(([staffId, offers]) =>
    [...offers.keys()].flatMap((serviceId) => {
      const deal = dealWith(rules, staffId, chosen.includes(serviceId) ? chosen : [...chosen, serviceId]);
      return deal ? [{ staffId, serviceId, deal }] : [];
    }),
  );
  const start = startsAt.getTime();
  const from = start - Math.max(0, ...wishes.map(({ deal }) => deal.time.beforeMs));
  const to = start + Math.max(60_000, ...wishes.map(({ deal: { time } }) => time.lengthMs + time.afterMs));
  const { busy } = await busySpans(ctx.db, scope, [...catalog.offers.keys()], new Date(from), new Date(to), now);
  const fitting = new Map<string, string[]>();
  for (const { staffId, serviceId, deal } of wishes) {
    const serviceIds = deal.services.map((one) => one.serviceId);
    if (whyNotOffered({ catalog, hours, staffId, serviceIds, startsAt, now, busy: busy.get(staffId) ?? [] })) continue;
    fitting.set(staffId, [...(fitting.get(staffId) ?? []), serviceId]);
  }
  return { staff: [...fitting].map(([id, services]) => ({ id, services })) };
}
