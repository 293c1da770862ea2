import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import type { PaymentMethod } from './purposes.ts';

export type OnlineMethod =
  | { readonly enabled: true; readonly connectionId: string; readonly providerName: string; readonly sandbox: boolean }
  | { readonly enabled: false; readonly connectionId: undefined; readonly providerName: undefined; readonly sandbox: false };

/** Can be paid by this method here, and through what? A change of it moves the location's `rules_version`, so the answer may be kept with the rules. */
export async function readOnlineMethod(q: Queryable, { chainId, locationId }: Scope, method: PaymentMethod): Promise<OnlineMethod> {
  const { rows } = await sql<{ connection_id: string; provider: string; sandbox: boolean }>`
    select c.connection_id, c.provider, c.sandbox from payment_methods m
      join provider_connections c on c.chain_id = m.chain_id and c.connection_id = m.connection_id
     where m.chain_id = ${chainId} and m.location_id = ${locationId} and m.method = ${method} and m.enabled`.execute(q);
  const [row] = rows;
  if (!row) return { enabled: false, connectionId: undefined, providerName: undefined, sandbox: false };
  return { enabled: true, connectionId: row.connection_id, providerName: row.provider, sandbox: row.sandbox };
}

/** Whether anything can be paid online here, by whatever method. */
export async function paysOnline(q: Queryable, { chainId, locationId }: Scope): Promise<boolean> {
  const { rows } = await sql`select 1 from payment_methods where chain_id = ${chainId} and location_id = ${locationId} and enabled`.execute(q);
  return rows.length > 0;
}
