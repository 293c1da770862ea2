import { effectivePolicy } from '@holdfast/contract/effective-policy';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import { mintScope } from '../access/scope.ts';
import type { CatalogPorts } from '../catalog/context.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';

/** What the catalogue asks of us: the same rule that a client's quote goes by, and whether something is or was booked. */
export function catalogPorts(ctx: Pick<BookingContext, 'db' | 'rules'>): CatalogPorts {
  return {
    async payingAt({ chainId, locationId }) {
      const { catalog, paying } = await freshRules(ctx, mintScope(chainId, locationId));
      const methodOn = paying.connectionId !== undefined;
      return {
        here: {
          methodOn,
          companyDetails: catalog.company !== undefined,
          minimumChargeMinor: methodOn ? toJsonAmount(paying.minimumChargeMinor) : null,
        },
        policy: ({ service, staff, prepayMinor }) =>
          effectivePolicy(paying, { service, staff, prepayMinor: BigInt(prepayMinor), precedence: catalog.location.precedence }),
      };
    },
    async usesOf(q, { chainId, locationId }, of, at) {
      const theirs =
        'staffId' in of
          ? sql`a.staff_id = ${of.staffId}`
          : sql`a.appointment_id in (select l.appointment_id from appointment_services l where l.chain_id = ${chainId} and l.service_id = ${of.serviceId})`;
      const here = sql`a.chain_id = ${chainId} and a.location_id = ${locationId} and ${theirs}`;
      const held = 'staffId' in of ? sql`e.staff_id = ${of.staffId}` : sql`e.service_id = ${of.serviceId}`;
      const { rows } = await sql<{ ever: boolean; ahead: number }>`
        select exists (select 1 from appointments a where ${here})
               or exists (select 1 from events e where e.chain_id = ${chainId} and e.location_id = ${locationId} and ${held}) ever,
               (select count(*)::int from appointments a where ${here} and a.starts_at > ${at} and a.status in ('held', 'waiting', 'confirmed', 'arrived')) ahead`.execute(
        q,
      );
      return rows[0] ?? { ever: false, ahead: 0 };
    },
  };
}
