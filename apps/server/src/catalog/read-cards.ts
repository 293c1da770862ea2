import type { OwnTerms, SalonCatalog, ServiceCard, StaffCard } from '@holdfast/contract/catalog';
import { type OnlinePaymentStatus, onlinePaymentStatuses } from '@holdfast/contract/online-payment';
import { sql } from 'kysely';
import type { LocationKey } from './catalog.ts';
import type { CatalogContext } from './context.ts';
import { onlinePaymentWarnings } from './online-payment-warnings.ts';
import { ratesInUse } from './read-taxes.ts';
import { categories, offers, positions, service, services, staff, teamMember } from './store.ts';

/** The lists of the settings' pages, archived ones included. */
export async function readSalonCatalog({ db, ports }: CatalogContext, key: LocationKey): Promise<SalonCatalog> {
  const { rows } = await sql<{ currency: string }>`
    select currency from locations where chain_id = ${key.chainId} and location_id = ${key.locationId}`.execute(db.read);
  const { here } = await ports.payingAt(key);
  const sold = await services(db.read, key);
  const team = await staff(db.read, key);
  return {
    currency: rows[0]?.currency ?? '',
    paying: here,
    taxes: await ratesInUse(db.read, key),
    categories: (await categories(db.read, key)).map(({ id, version, name, archived }) => ({ id, version, name, archived })),
    positions: [...(await positions(db.read, key))],
    services: sold.map(({ id, version, archived, staffCount, fields }) => {
      const { name, categoryId, priceMinMinor, priceMaxMinor, durationMinutes, onlineBooking, onlinePayment, kind, places } = fields;
      return {
        id,
        version,
        archived,
        staffCount,
        name,
        categoryId,
        kind,
        places,
        priceMinMinor,
        priceMaxMinor,
        durationMinutes,
        onlineBooking,
        onlinePayment,
      };
    }),
    staff: team.map(({ id, version, archived, serviceCount, fields }) => {
      const { name, positionId, color, onlineBooking, onlinePayment } = fields;
      return { id, version, archived, serviceCount, name, positionId, color, onlineBooking, onlinePayment };
    }),
  };
}

/** The card of a service. Refuses with `not_found`. */
export async function readServiceCard({ db, now, ports }: CatalogContext, key: LocationKey, serviceId: string): Promise<ServiceCard> {
  const { id, version, archived, fields } = await service(db.read, key, serviceId);
  const paying = await ports.payingAt(key);
  const uses = await ports.usesOf(db.read, key, { serviceId }, now());
  const theirs = new Map((await offers(db.read, key, { serviceId })).map((offer) => [offer.staffId, offer.own]));
  const people = (await staff(db.read, key)).filter((member) => !member.archived || theirs.has(member.id));
  const team = people.map((member) => {
    const own = theirs.get(member.id) ?? null;
    const { name, color, onlineBooking, onlinePayment } = member.fields;
    const prepayMinor = own?.priceMinMinor ?? fields.priceMinMinor;
    const policies = underEach((status) => paying.policy({ service: status, staff: onlinePayment, prepayMinor }));
    return { staffId: member.id, name, color, archived: member.archived, onlineBooking, onlinePayment, own, policies };
  });
  const pairs = working(team).map(({ name, policies }) => ({ name, policy: policies[fields.onlinePayment] }));
  return {
    id,
    version,
    archived,
    fields,
    team,
    warnings: onlinePaymentWarnings(fields, paying.here, pairs),
    appointmentsAhead: uses.ahead,
    everBooked: uses.ever,
  };
}

/** The card of a team member. Refuses with `not_found`. */
export async function readStaffCard({ db, now, ports }: CatalogContext, key: LocationKey, staffId: string): Promise<StaffCard> {
  const { id, version, archived, fields } = await teamMember(db.read, key, staffId);
  const paying = await ports.payingAt(key);
  const uses = await ports.usesOf(db.read, key, { staffId }, now());
  const theirs = new Map((await offers(db.read, key, { staffId })).map((offer) => [offer.serviceId, offer.own]));
  const sold = (await services(db.read, key)).filter((one) => !one.archived || theirs.has(one.id));
  const rows = sold.map((one) => {
    const own = theirs.get(one.id) ?? null;
    const { name, categoryId, onlineBooking, onlinePayment, priceMinMinor, priceMaxMinor, durationMinutes } = one.fields;
    const prepayMinor = own?.priceMinMinor ?? priceMinMinor;
    const policies = underEach((status) => paying.policy({ service: onlinePayment, staff: status, prepayMinor }));
    return {
      serviceId: one.id,
      categoryId,
      name,
      archived: one.archived,
      onlineBooking,
      onlinePayment,
      priceMinMinor,
      priceMaxMinor,
      durationMinutes,
      own,
      policies,
    };
  });
  const pairs = working(rows).map(({ name, policies }) => ({ name, policy: policies[fields.onlinePayment] }));
  return {
    id,
    version,
    archived,
    fields,
    services: rows,
    warnings: onlinePaymentWarnings(fields, paying.here, pairs),
    appointmentsAhead: uses.ahead,
    everBooked: uses.ever,
  };
}

function working<T extends { readonly own: OwnTerms | null; readonly archived: boolean }>(rows: readonly T[]): readonly T[] {
  return rows.filter((row) => row.own !== null && !row.archived);
}

function underEach<T>(decide: (status: OnlinePaymentStatus) => T): Record<OnlinePaymentStatus, T> {
  const [none, some, all] = onlinePaymentStatuses;
  return { [none]: decide(none), [some]: decide(some), [all]: decide(all) } as Record<OnlinePaymentStatus, T>;
}
