import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import type { PublicEvents } from '@holdfast/contract/events';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import { dealAtEvent } from '../booking/deal.ts';
import { freshRules } from '../booking/fresh-rules.ts';
import type { BookableEvent } from '../booking/read-event.ts';
import { DAY_MS } from '../schedule/local-day.ts';
import { instantOf } from './series-days.ts';

const MOST = 500;

/** What clients may book of these days, full ones too. Places whose hold has run out are free. Nothing that cannot be booked online any more. */
export async function publicEvents(
  ctx: BookingContext,
  scope: Scope,
  asked: { from?: string | undefined; to?: string | undefined; service?: string | undefined },
): Promise<PublicEvents> {
  const rules = await freshRules(ctx, scope);
  const { location, services, staff } = rules.catalog;
  const at = ctx.now();
  const first = new Date(at.getTime() + location.leadMinutes * 60_000);
  const from = asked.from ? instantOf(location.timeZone, asked.from, 0) : first;
  const last = new Date(at.getTime() + (location.horizonDays + 1) * DAY_MS);
  const to = asked.to ? new Date(instantOf(location.timeZone, asked.to, 0).getTime() + DAY_MS) : last;
  const { rows } = await sql<BookableEvent & { description: string; waiting: number }>`
    select e.event_id "eventId", e.service_id "serviceId", e.staff_id "staffId", e.title, e.description, e.starts_at "startsAt", e.ends_at "endsAt", lower(e.busy) "busyFrom",
           upper(e.busy) "busyTo", e.status, e.version,
           (e.capacity - e.places_taken - e.places_offered
             + coalesce((select sum(a.places) from appointments a
                          where a.chain_id = e.chain_id and a.event_id = e.event_id and a.status = 'held' and a.frees_at <= ${at}), 0))::int "placesLeft",
           (select count(*) from waiting_entries w where w.chain_id = e.chain_id and w.event_id = e.event_id and w.kind = 'event' and w.status in ('waiting', 'offered'))::int waiting
      from events e
     where e.chain_id = ${scope.chainId} and e.location_id = ${scope.locationId} and e.status = 'open' and e.starts_at >= ${from > first ? from : first}
       and e.starts_at < ${to < last ? to : last} and (${asked.service ?? null}::text is null or e.service_id = ${asked.service ?? null})
     order by e.starts_at, e.event_id limit ${MOST}`.execute(ctx.db.read);
  return {
    events: rows.flatMap((event) => {
      const deal = dealAtEvent(rules, event, 1);
      const service = deal?.services[0];
      if (!deal || !service) return [];
      return [
        {
          id: event.eventId,
          serviceId: event.serviceId,
          serviceName: services.get(event.serviceId)?.name ?? '',
          title: service.name,
          description: event.description || (services.get(event.serviceId)?.description ?? ''),
          staffId: event.staffId,
          staffName: staff.get(event.staffId)?.name ?? '',
          startsAt: event.startsAt.toISOString(),
          endsAt: event.endsAt.toISOString(),
          placesLeft: Math.max(0, event.placesLeft),
          waiting: event.waiting,
          priceMinMinor: toJsonAmount(deal.priceMinMinor),
          priceMaxMinor: toJsonAmount(deal.priceMaxMinor),
          policy: service.policy,
          membership: service.membership,
          cancellation: shownPolicy(services.get(event.serviceId)?.cancellation ?? null),
        },
      ];
    }),
    now: at.toISOString(),
  };
}

function shownPolicy(policy: CancellationPolicy | null): PublicEvents['events'][number]['cancellation'] {
  return policy && { ...policy, steps: [...policy.steps] };
}
