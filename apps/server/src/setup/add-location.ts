import type { LocationMade, NewLocation } from '@holdfast/contract/location-settings';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import { mintScope, type Scope } from '../access/scope.ts';
import type { Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { openLocationBooks } from '../ledger/open-location-books.ts';
import { checkPlace } from './check-place.ts';
import { copyLocation } from './copy-location.ts';

/**
 * Another location of the chain: empty or with what another one has, with books of its own in its own currency. Providers are not copied: whom clients
 * pay there is to be said anew. The chain's owners own it, and so does whoever made it. Refuses with `already_there`, `invalid_request`, `not_found`.
 */
export async function addLocation(deps: Deps, who: Who, wish: NewLocation): Promise<LocationMade> {
  checkPlace(wish);
  const source = wish.copyFrom && who.places.get(wish.copyFrom.locationId);
  if (wish.copyFrom && !source?.rights.has('location.edit')) throw new Problem('not_found', 404, 'There is no such location to copy from.');
  const scope = mintScope(who.chainId, deps.newId('loc'));
  try {
    return await deps.db.transaction(async (tx) => {
      await insertLocation(tx, deps, scope, wish);
      await ownIt(tx, scope, who);
      await openLocationBooks(tx, deps, scope, wish.currency);
      let withoutPrices = false;
      if (wish.copyFrom && source) {
        withoutPrices = wish.copyFrom.catalogue && (await currencyOf(tx, source.scope)) !== wish.currency;
        if (wish.copyFrom.settings) await copySettings(tx, source.scope, scope);
        await copyLocation(tx, deps.newId, source.scope, scope, { ...wish.copyFrom, withoutPrices });
      }
      const { copyFrom, ...made } = wish;
      await noteAudit(tx, deps, who, {
        action: 'location.created',
        subject: { kind: 'location', id: scope.locationId },
        locationId: scope.locationId,
        after: { ...made, ...(copyFrom ? { copyFrom } : {}) },
      });
      return { id: scope.locationId, slug: wish.slug, withoutPrices };
    });
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'locations_slug')
      throw new Problem('already_there', 409, 'Another location has this address.', { field: 'slug' });
    throw error;
  }
}

/** The row itself, last in the chain's order. That the place makes sense is decided before; its books are opened beside it. */
export async function insertLocation(
  tx: Tx,
  deps: Pick<Deps, 'now'>,
  { chainId, locationId }: Scope,
  wish: Omit<NewLocation, 'copyFrom'>,
): Promise<void> {
  await sql`
    insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, address, phone, position, created_at)
    values (${chainId}, ${locationId}, ${wish.slug}, ${wish.name}, ${wish.country}, ${wish.currency}, ${wish.timeZone}, ${wish.defaultLanguage}, ${wish.languages},
            ${wish.address}, ${wish.phone}, (select coalesce(max(position), -1) + 1 from locations where chain_id = ${chainId}), ${deps.now()})`.execute(
    tx,
  );
}

async function ownIt(tx: Tx, { chainId, locationId }: Scope, who: Who): Promise<void> {
  await sql`
    insert into user_locations (chain_id, user_id, location_id, role)
    select distinct ${chainId}, user_id, ${locationId}, 'owner' from user_locations
     where chain_id = ${chainId} and (role = 'owner' or user_id = ${who.userId})`.execute(tx);
}

async function currencyOf(tx: Tx, { chainId, locationId }: Scope): Promise<string> {
  const { rows } = await sql<{
    currency: string;
  }>`select currency from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(tx);
  invariant(rows[0], 'a location of a place is there');
  return rows[0].currency;
}

/** How one books there: steps, limits, cancellation and the words clients agree to. */
async function copySettings(tx: Tx, from: Scope, to: Scope): Promise<void> {
  await sql`
    update locations l set precedence = o.precedence, step_minutes = o.step_minutes, lead_minutes = o.lead_minutes, horizon_days = o.horizon_days, any_staff = o.any_staff,
           processing_extension_minutes = o.processing_extension_minutes, holds_per_phone = o.holds_per_phone,
           holds_per_address_per_hour = o.holds_per_address_per_hour, holds_share_percent = o.holds_share_percent, cancellation = o.cancellation,
           terms = o.terms
      from locations o
     where o.chain_id = ${from.chainId} and o.location_id = ${from.locationId} and l.chain_id = ${to.chainId} and l.location_id = ${to.locationId}`.execute(
    tx,
  );
}
