import type { OwnTerms } from '@holdfast/contract/catalog';
import { sql } from 'kysely';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import type { LocationKey } from './catalog.ts';
import { changedMeanwhile } from './decide-change.ts';
import { refuseRangesOfLeaders } from './one-price.ts';
import { offers, services, staff } from './store.ts';

export interface OfferChange {
  readonly staffId: string;
  readonly serviceId: string;
  /** What the change was based on. */
  readonly was: OwnTerms | null;
  readonly becomes: OwnTerms | null;
}

/**
 * Who does what, and on which terms of their own. A pair has two cards, so it carries what it was based on instead of a card's version: whoever
 * changes a service's team disturbs only those who change the same pair. Call with the catalogue locked.
 */
export async function changeOffers(tx: Tx, { chainId, locationId }: LocationKey, changes: readonly OfferChange[]): Promise<void> {
  if (changes.length === 0) return;
  const key = { chainId, locationId };
  const nameOf = ({ staffId, serviceId }: { staffId: string; serviceId: string }) => `${staffId} ${serviceId}`;
  if (new Set(changes.map(nameOf)).size < changes.length) throw new Problem('invalid_request', 400, 'One pair is named twice.');
  const people = new Set((await staff(tx, key)).map(({ id }) => id));
  const sold = new Set((await services(tx, key)).map(({ id }) => id));
  if (!changes.every(({ staffId, serviceId }) => people.has(staffId) && sold.has(serviceId)))
    throw new Problem('not_found', 404, 'There is no such team member or service.');
  const now = new Map((await offers(tx, key)).map((offer) => [nameOf(offer), offer.own]));
  if (!changes.every((change) => sameTerms(now.get(nameOf(change)) ?? null, change.was))) throw changedMeanwhile();
  for (const { staffId, serviceId, becomes } of changes) {
    if (becomes === null) {
      await sql`
        delete from staff_services where chain_id = ${chainId} and location_id = ${locationId} and staff_id = ${staffId} and service_id = ${serviceId}`.execute(
        tx,
      );
    } else {
      await sql`
        insert into staff_services (chain_id, location_id, staff_id, service_id, price_min_minor, price_max_minor, duration_minutes)
        values (${chainId}, ${locationId}, ${staffId}, ${serviceId}, ${becomes.priceMinMinor}, ${becomes.priceMaxMinor}, ${becomes.durationMinutes})
        on conflict (chain_id, location_id, staff_id, service_id) do update
          set price_min_minor = excluded.price_min_minor, price_max_minor = excluded.price_max_minor, duration_minutes = excluded.duration_minutes`.execute(
        tx,
      );
    }
  }
  await refuseRangesOfLeaders(
    tx,
    key,
    changes.map(({ serviceId }) => serviceId),
  );
}

function sameTerms(one: OwnTerms | null, other: OwnTerms | null): boolean {
  if (one === null || other === null) return one === other;
  return one.priceMinMinor === other.priceMinMinor && one.priceMaxMinor === other.priceMaxMinor && one.durationMinutes === other.durationMinutes;
}
