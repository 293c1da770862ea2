import type { MembershipLink } from '@holdfast/contract/memberships';
import { toJsonAmount } from '@holdfast/contract/money';
import { sql } from 'kysely';
import { mintScope, type Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { invariant, Problem } from '../kit/problem.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { hasStrayMoney } from '../payments/read-order.ts';
import type { MembershipsContext } from './context.ts';
import { membershipOrder } from './membership-room.ts';
import { type MembershipRow, membershipById } from './membership-rows.ts';
import { stateOf } from './membership-rules.ts';

/** The membership a link belongs to. A token that we did not sign is the same to whoever asks as one that leads nowhere: `not_found`. */
export async function scopeOfMembershipLink(
  { payments, membershipLinks }: MembershipsContext,
  token: string,
): Promise<{ scope: Scope; membershipId: string }> {
  const named = membershipLinks.read(token);
  const { rows } = await sql<{ location_id: string }>`
    select location_id from memberships
     where chain_id = ${named?.chainId ?? ''} and membership_id = ${named?.membershipId ?? ''} and way = 'link'`.execute(payments.db.read);
  if (!named || !rows[0]) throw new Problem('not_found', 404, 'There is no such payment link.');
  return { scope: mintScope(named.chainId, rows[0].location_id), membershipId: named.membershipId };
}

/** What the page of a membership's link shows. Changes nothing. */
export async function readMembershipLink({ payments }: MembershipsContext, scope: Scope, membershipId: string): Promise<MembershipLink> {
  const q = payments.db.read;
  const membership = await membershipById(q, scope, membershipId);
  invariant(membership, `${membershipId} is a membership`);
  const { rows } = await sql<Pick<MembershipLink, 'chainName' | 'locationName' | 'address' | 'phone' | 'company' | 'language'>>`
    select c.name "chainName", l.name "locationName", l.address, l.phone,
           coalesce((select language from clients where chain_id = l.chain_id and client_id = ${membership.clientId}), 'en') "language",
           (select jsonb_build_object('legalName', d.legal_name, 'registrationNumber', d.registration_number, 'legalAddress', d.legal_address)
              from company_details d where d.chain_id = l.chain_id and d.location_id = l.location_id) company
      from locations l join chains c on c.chain_id = l.chain_id where l.chain_id = ${scope.chainId} and l.location_id = ${scope.locationId}`.execute(
    q,
  );
  const [place] = rows;
  invariant(place, 'a membership is sold at a location');
  return {
    ...place,
    state: await stateOfMembershipLink(q, scope, membership, payments.now()),
    name: membership.name,
    amountMinor: toJsonAmount(membership.priceMinor),
    currency: membership.currency,
    now: payments.now().toISOString(),
  };
}

/** What the link says now. What has become of the membership goes before what the salon has switched off. */
export async function stateOfMembershipLink(
  q: Queryable,
  scope: Scope,
  membership: MembershipRow,
  at: Date,
): Promise<Exclude<MembershipLink['state'], 'unavailable'>> {
  const state = stateOf(membership, at);
  switch (state) {
    case 'refunded':
    case 'refunding':
      return 'returned';
    case 'checking':
    case 'cancelled':
      return state;
    case 'offered': {
      // money in another amount has come, and nobody has decided about it yet
      if (await hasStrayMoney(q, scope.chainId, membershipOrder(membership.id))) return 'checking';
      return (await readOnlineMethod(q, scope, 'visit_link')).enabled ? 'ready' : 'off';
    }
    default:
      return 'paid';
  }
}
