import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { readPhone } from '../clients/read-phone.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';

/** The phone a client has confirmed for their draft, E.164. Refuses with `phone_not_confirmed` and `invalid_phone`. Nothing is used up by asking. */
export async function confirmedPhone(
  q: Queryable,
  { chainId, locationId }: Scope,
  wish: { readonly draftId: string; readonly phoneConfirmation: string; readonly client: { readonly phone: string } },
  at: Date,
): Promise<string> {
  const { rows } = await sql<{ country: string }>`
    select country from locations where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  const phone = readPhone(wish.client.phone, rows[0]?.country ?? '');
  const { rows: said } = await sql<{ confirmed: boolean }>`
    select phone_is_confirmed(${chainId}, ${locationId}, ${wish.draftId}, ${phone}, ${wish.phoneConfirmation}, ${at}) confirmed`.execute(q);
  if (said[0]?.confirmed !== true) throw new Problem('phone_not_confirmed', 409, 'The phone has to be confirmed first.', {});
  return phone;
}
