import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { invariant } from '../kit/problem.ts';
import type { MessagesContext } from './context.ts';

interface MessagePlace {
  readonly name: string;
  readonly address: string;
  readonly phone: string;
  readonly timeZone: string;
  readonly currency: string;
}

/** Where a message comes from. */
export async function placeOf(ctx: Pick<MessagesContext, 'db'>, { chainId, locationId }: Scope): Promise<MessagePlace> {
  const { rows } = await sql<MessagePlace>`
    select name, address, phone, time_zone "timeZone", currency from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(
    ctx.db.read,
  );
  invariant(rows[0], 'a message has a location');
  return rows[0];
}
