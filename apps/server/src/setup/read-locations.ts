import type { Locations } from '@holdfast/contract/location-settings';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Who } from '../access/who.ts';
import { invariant } from '../kit/problem.ts';
import type { SetupContext } from './context.ts';

interface Row {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly address: string;
  readonly country: string;
  readonly currency: string;
  readonly timeZone: string;
  readonly chainSlug: string;
  readonly staff: number;
  readonly services: number;
  readonly takesPayment: boolean;
}

/** The locations where somebody has a role, in the owner's order. */
export async function readLocations(ctx: SetupContext, who: Who): Promise<Locations> {
  const { rows } = await sql<Row>`
    select l.location_id id, l.slug, l.name, l.address, l.country, l.currency, l.time_zone "timeZone", c.slug "chainSlug",
           (select count(*)::int from staff s where s.chain_id = l.chain_id and s.location_id = l.location_id and not s.archived) staff,
           (select count(*)::int from services s where s.chain_id = l.chain_id and s.location_id = l.location_id and not s.archived) services,
           exists (select 1 from payment_methods m where m.chain_id = l.chain_id and m.location_id = l.location_id and m.enabled) "takesPayment"
      from locations l join chains c on c.chain_id = l.chain_id
     where l.chain_id = ${who.chainId} and l.location_id = any(${[...who.places.keys()]}) order by l.position, l.location_id`.execute(ctx.db.read);
  return {
    locations: rows.map(({ chainSlug, ...one }) => ({ ...one, bookingPage: addressOf(ctx, chainSlug, one.slug) })),
    chainPage: `${ctx.publicUrl}/book/${rows[0]?.chainSlug ?? ''}`,
  };
}

/** The address of a location's hosted booking page. */
export async function bookingPageOf(ctx: SetupContext, { chainId, locationId }: Scope): Promise<string> {
  const { rows } = await sql<{ chain: string; location: string }>`
    select c.slug chain, l.slug location from locations l join chains c on c.chain_id = l.chain_id
     where l.chain_id = ${chainId} and l.location_id = ${locationId}`.execute(ctx.db.read);
  const [row] = rows;
  invariant(row, 'a location of a place is there');
  return addressOf(ctx, row.chain, row.location);
}

function addressOf({ publicUrl }: SetupContext, chain: string, location: string): string {
  return `${publicUrl}/book/${chain}/${location}`;
}
