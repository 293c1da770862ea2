import type { MembershipBought, MembershipPurchase } from '@holdfast/contract/memberships';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { type MayComeBack, noteReturn, returnOf } from './come-back.ts';
import { confirmedPhone } from './confirmed-phone.ts';
import type { MembershipsContext } from './context.ts';
import { insertMembership, membershipByKey, offerStanding } from './membership-rows.ts';
import { type TypeRow, typesOnSale } from './membership-type-rows.ts';
import { payMembership } from './pay-membership.ts';

/**
 * A client buys a membership on the salon's page: it is offered to whoever has the confirmed phone, and sold when it is paid. The same draft, telephone and type
 * again answer the same one, while it is offered on the terms that the page shows. Refuses with `phone_not_confirmed`, `not_found`, `changed_meanwhile` (another price), `invalid_phone`, and as {@link payMembership}.
 */
export async function buyMembership(
  ctx: MembershipsContext,
  scope: Scope,
  wish: MembershipPurchase,
  mayComeBack: MayComeBack,
): Promise<MembershipBought> {
  const { payments } = ctx;
  const at = payments.now();
  const phone = await confirmedPhone(payments.db.read, scope, wish, at);
  const type = (await typesOnSale(payments.db.read, scope, at)).find(({ id, online }) => id === wish.typeId && online);
  if (!type) throw new Problem('not_found', 404, 'There is no such membership on sale here.');
  if (Number(type.priceMinor) !== wish.priceMinor)
    throw new Problem('changed_meanwhile', 409, 'It has another price by now.', { priceMinor: Number(type.priceMinor) });
  const membershipId = await offer(ctx, scope, { wish, phone, type, at });
  await noteReturn(payments.db.read, scope, membershipId, await returnOf(scope, wish, mayComeBack));
  await noteMeasured(payments.db.read, scope, membershipId, wish);
  const { pageUrl } = await payMembership(ctx, scope, membershipId);
  return { token: ctx.membershipLinks.sign(scope.chainId, membershipId), pageUrl, linkUrl: ctx.membershipLinks.urlOf(scope.chainId, membershipId) };
}

interface Offer {
  readonly wish: MembershipPurchase;
  readonly phone: string;
  readonly type: TypeRow;
  readonly at: Date;
}

async function offer({ payments }: MembershipsContext, scope: Scope, { wish, phone, type, at }: Offer): Promise<string> {
  const key = `${wish.draftId}/${type.id}`;
  return payments.db.transaction(async (tx) => {
    const clientId = await clientWith(tx, scope, { ...wish, phone, id: payments.newId('cli'), at });
    // two tabs at once: the second finds what the first has made
    await sql`select pg_advisory_xact_lock(hashtextextended(${`offer-of-membership/${scope.chainId}/${key}`}, 0))`.execute(tx);
    const standing = await offerStanding(tx, scope, { key, clientId, typeId: type.id });
    if (standing) return standing;
    const id = payments.newId('mem');
    // bought with this draft before, or offered to another telephone, or on other terms
    const again = await membershipByKey(tx, scope, key);
    const made = { id, clientId, typeId: type.id, way: 'link', key: again ? `${key}/${id}` : key } as const;
    await insertMembership(tx, scope, { ...made, by: { id: null, name: '' }, at, registerId: null, accountTypeId: null });
    return id;
  });
}

/** By which booking link they came, and as part of which visit: what Google is told of the purchase belongs to that. */
async function noteMeasured(
  q: Queryable,
  { chainId, locationId }: Scope,
  membershipId: string,
  { link, analytics }: MembershipPurchase,
): Promise<void> {
  await sql`
    update memberships set analytics = ${analytics ? JSON.stringify(analytics) : null}::jsonb, link_id = (
      select link_id from booking_links where chain_id = ${chainId} and location_id = ${locationId} and (slug = ${link ?? null} or is_default)
       order by slug = ${link ?? null} desc nulls last limit 1)
     where chain_id = ${chainId} and membership_id = ${membershipId} and sold_at is null`.execute(q);
}

async function clientWith(
  tx: Tx,
  { chainId }: Scope,
  { client, language, phone, id, at }: { client: MembershipPurchase['client']; language: string; phone: string; id: string; at: Date },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into clients (chain_id, client_id, name, phone, email, language, created_at)
    values (${chainId}, ${id}, ${client.name}, ${phone}, ${client.email || null}, ${language}, ${at}) on conflict (chain_id, phone) do nothing returning client_id id`.execute(
    tx,
  );
  if (rows[0]) return rows[0].id;
  const { rows: known } = await sql<{ id: string }>`
    select coalesce(merged_into, client_id) id from clients where chain_id = ${chainId} and phone = ${phone} for key share`.execute(tx);
  return known[0]?.id ?? id;
}
