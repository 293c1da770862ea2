import type { TopUpLink } from '@holdfast/contract/accounts';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { hasStrayMoney } from '../payments/read-order.ts';
import { topUpOrder } from './top-up-room.ts';
import { type TopUpRow, topUpById } from './top-up-rows.ts';
import { topUpState } from './top-up-rules.ts';

export interface TopUpLinkContext {
  readonly payments: PaymentsContext;
  readonly topUpLinks: { read(token: string): { chainId: string; topUpId: string } | undefined };
}

/** The top-up a link belongs to. A token that we did not sign is the same to whoever asks as one that leads nowhere: `not_found`. */
export async function scopeOfTopUpLink({ payments, topUpLinks }: TopUpLinkContext, token: string): Promise<{ scope: Scope; topUpId: string }> {
  const named = topUpLinks.read(token);
  const { rows } = await sql<{ location_id: string }>`
    select location_id from account_top_ups
     where chain_id = ${named?.chainId ?? ''} and top_up_id = ${named?.topUpId ?? ''} and kind = 'link'`.execute(payments.db.read);
  if (!named || !rows[0]) throw new Problem('not_found', 404, 'There is no such payment link.');
  return { scope: mintScope(named.chainId, rows[0].location_id), topUpId: named.topUpId };
}

/** What the page of a top-up link shows. Changes nothing. */
export async function readTopUpLink({ payments }: TopUpLinkContext, scope: Scope, topUpId: string): Promise<TopUpLink> {
  const q = payments.db.read;
  const topUp = await topUpById(q, scope, topUpId);
  invariant(topUp, `${topUpId} is a top-up`);
  const { rows } = await sql<Pick<TopUpLink, 'chainName' | 'locationName' | 'address' | 'phone' | 'company' | 'language' | 'typeName'>>`
    select c.name "chainName", l.name "locationName", l.address, l.phone,
           coalesce((select language from clients where chain_id = l.chain_id and client_id = ${topUp.clientId}), 'en') "language",
           (select name from account_types where chain_id = l.chain_id and type_id = split_part(${topUp.ownerId}, '/', 2)) "typeName",
           (select jsonb_build_object('legalName', d.legal_name, 'registrationNumber', d.registration_number, 'legalAddress', d.legal_address)
              from company_details d where d.chain_id = l.chain_id and d.location_id = l.location_id) company
      from locations l join chains c on c.chain_id = l.chain_id where l.chain_id = ${scope.chainId} and l.location_id = ${scope.locationId}`.execute(
    q,
  );
  const [place] = rows;
  invariant(place, 'a top-up was made at a location');
  return {
    ...place,
    state: await stateOfTopUpLink(q, scope, topUp),
    amountMinor: toJsonAmount(topUp.amountMinor),
    currency: topUp.currency,
    now: payments.now().toISOString(),
  };
}

/** What the link says now. What has become of the top-up goes before what the salon has switched off. */
export async function stateOfTopUpLink(q: Queryable, scope: Scope, topUp: TopUpRow): Promise<Exclude<TopUpLink['state'], 'unavailable'>> {
  const state = topUpState(topUp);
  switch (state) {
    case 'done':
    case 'refund_under_way':
    case 'refund_failed':
      return 'paid';
    case 'reversed':
      return 'returned';
    case 'checking':
    case 'cancelled':
      return state;
    case 'waiting': {
      // money in another amount has come, and nobody has decided about it yet
      if (await hasStrayMoney(q, scope.chainId, topUpOrder(topUp.id))) return 'checking';
      const { enabled } = await readOnlineMethod(q, scope, 'visit_link');
      return enabled ? 'ready' : 'off';
    }
  }
}
