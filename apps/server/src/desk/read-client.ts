import type { Client } from '@holdfast/contract/clients';
import { toJsonAmount } from '@holdfast/contract/money';
import { mayAnywhere, type Who } from '../access/who.ts';
import { countVisits, visitsOfClient } from '../booking/visits-of-client.ts';
import { lookAlikesOf, readClientRecord } from '../clients/read-client.ts';
import type { FoundClient } from '../clients/search-clients.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { clientBalances } from '../ledger/client-money.ts';

const SHOWN_VISITS = 100;

/**
 * All that is known of a client, as far as whoever asks may see it: contacts only with their right, visits only where they have a role. Refuses with
 * `not_found`.
 */
export async function readClient({ db, now }: Deps, who: Who, clientId: string): Promise<Client> {
  const record = await readClientRecord(db.read, who.chainId, clientId);
  if (!record) throw new Problem('not_found', 404, 'There is no such client.');
  const contacts = mayAnywhere(who, 'clients.contacts');
  const at = now();
  const places = [...who.places.values()];
  const seen = await visitsOfClient(db.read, { chainId: who.chainId, locationIds: [...who.places.keys()], clientId }, SHOWN_VISITS);
  // who sees one column only sees the visits in it
  const visits = seen.filter(({ locationId, staffId }) => {
    const place = who.places.get(locationId);
    return place?.rights.has('calendar.see_all') || place?.rights.has('checkout.see') || staffId === place?.staffId;
  });
  const money = places.some(({ rights }) => rights.has('checkout.see'));
  const alike = record.mergedInto || record.erasedAt ? [] : await lookAlikesOf(db.read, who.chainId, record);
  const balances = await clientBalances(db.read, who.chainId, clientId);
  const paid = new Map<string, bigint>();
  for (const { currency, paidMinor } of visits) paid.set(currency, (paid.get(currency) ?? 0n) + paidMinor);
  const count = (fits: (visit: (typeof visits)[number]) => boolean) => visits.filter(fits).length;
  const stands = (status: string) => status === 'held' || status === 'waiting' || status === 'confirmed' || status === 'arrived';
  return {
    id: record.id,
    version: record.version,
    name: record.name,
    phone: contacts ? record.phone : null,
    otherPhones: contacts ? [...record.otherPhones] : [],
    email: contacts ? record.email : null,
    language: record.language,
    note: record.note,
    createdAt: record.createdAt.toISOString(),
    erasedAt: record.erasedAt?.toISOString() ?? null,
    mergedInto: record.mergedInto,
    visits: visits.map((one) => ({
      appointmentId: one.appointmentId,
      locationId: one.locationId,
      locationSlug: one.locationSlug,
      locationName: one.locationName,
      timeZone: one.timeZone,
      status: one.status,
      startsAt: one.startsAt.toISOString(),
      staffName: one.staffName,
      serviceNames: [...one.serviceNames],
      // what was paid is for who works at the checkout there
      costMinor: who.places.get(one.locationId)?.rights.has('checkout.see') ? toJsonAmount(one.costMinor) : null,
      paidMinor: who.places.get(one.locationId)?.rights.has('checkout.see') ? toJsonAmount(one.paidMinor) : null,
      currency: one.currency,
    })),
    counts: {
      visited: count(({ status, startsAt }) => status === 'arrived' || ((status === 'waiting' || status === 'confirmed') && startsAt <= at)),
      upcoming: count(({ status, startsAt }) => stands(status) && status !== 'arrived' && startsAt > at),
      noShows: count(({ status }) => status === 'no_show'),
      cancelled: count(({ status }) => status === 'cancelled'),
    },
    money: (money ? [...new Set([...paid.keys(), ...balances.keys()])] : [])
      .sort()
      .map((currency) => ({
        currency,
        paidMinor: toJsonAmount(paid.get(currency) ?? 0n),
        creditMinor: toJsonAmount(notBelowZero(balances.get(currency))),
      }))
      .filter(({ paidMinor, creditMinor }) => paidMinor > 0 || creditMinor > 0),
    consents: visits.flatMap(({ consent, locationName }) => (consent ? [{ locationName, version: consent.version, at: consent.at }] : [])),
    lookAlikes: await asListed({ db, now }, who, alike),
  };
}

/** Clients with how often they come, and contacts only for whoever may see them. */
export async function asListed({ db }: Pick<Deps, 'db' | 'now'>, who: Who, clients: readonly FoundClient[]) {
  const visits = await countVisits(
    db.read,
    who.chainId,
    clients.map(({ id }) => id),
  );
  const contacts = mayAnywhere(who, 'clients.contacts');
  return clients.map(({ id, name, phone, email }) => {
    const theirs = visits.get(id);
    return {
      id,
      name,
      phone: contacts ? phone : null,
      email: contacts ? email : null,
      visits: theirs?.visits ?? 0,
      lastVisitAt: theirs?.lastVisitAt?.toISOString() ?? null,
    };
  });
}

function notBelowZero(amount: bigint | undefined): bigint {
  return amount === undefined || amount < 0n ? 0n : amount;
}
