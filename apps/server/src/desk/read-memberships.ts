import type { MembershipsOfClient } from '@holdfast/contract/memberships';
import { toJsonAmount } from '@holdfast/contract/money';
import { mayTouchRegister } from '../access/limits-of-place.ts';
import { accountIdOf } from '../accounts/account-name.ts';
import { accountRowsOfClient } from '../accounts/account-rows.ts';
import { spendableMinor } from '../accounts/account-rules.ts';
import { mayBeUsed } from '../accounts/find-account.ts';
import type { BookingContext } from '../booking/context.ts';
import { readClientRecord } from '../clients/read-client.ts';
import { registersOf } from '../finance/read-registers.ts';
import { Problem } from '../kit/problem.ts';
import { membershipsOf } from '../memberships/membership-rows.ts';
import { typesOnSale } from '../memberships/membership-type-rows.ts';
import { shownMembership } from '../memberships/shown-membership.ts';
import { visitsOf } from '../memberships/visit-rows.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { readSecondLook } from '../refunds/second-look.ts';
import { shownSecondLook } from './shown-second-look.ts';
import type { AtDesk } from './take-for-visit.ts';

/** A client's memberships, and how one could be sold to them here. Refuses with `not_found`. */
export async function readMemberships(ctx: BookingContext, { who, place }: AtDesk, clientId: string): Promise<MembershipsOfClient> {
  const { scope, rights } = place;
  const q = ctx.db.read;
  const at = ctx.now();
  const client = await readClientRecord(q, scope.chainId, clientId);
  if (!client) throw new Problem('not_found', 404, 'There is no such client.');
  const rows = await membershipsOf(q, scope.chainId, clientId);
  const history = await visitsOf(
    q,
    scope.chainId,
    rows.map(({ id }) => id),
  );
  const types = await typesOnSale(q, scope, at);
  const accounts = rights.has('accounts.pay') ? await accountRowsOfClient(q, scope, clientId) : [];
  const looks = new Map<string, ReturnType<typeof shownSecondLook>>();
  for (const { id } of rows) looks.set(id, shownSecondLook(await readSecondLook(q, scope, { kind: 'membership', id }, at), who));
  return {
    clientId,
    clientName: rights.has('clients.see') ? client.name : '',
    memberships: rows.map((row) => ({
      ...shownMembership(row, history, { at, here: scope.locationId, linkUrl: ctx.membershipLinks.urlOf(scope.chainId, row.id) }),
      refundAsked: looks.get(row.id) ?? null,
    })),
    onSale: types.map(({ id, name, currency, priceMinor }) => ({ typeId: id, name, currency, priceMinor: toJsonAmount(priceMinor) })),
    registers: (await registersOf(q, scope)).map(({ id, name }) => ({ id, name, mayTake: mayTouchRegister(place, id) })),
    accounts: accounts
      .filter((one) => mayBeUsed(one).mayPay && spendableMinor(one) > 0n)
      .map((one) => ({ id: accountIdOf(one), name: one.typeName ?? '', spendableMinor: toJsonAmount(spendableMinor(one)) })),
    link: (await readOnlineMethod(q, scope, 'visit_link')).enabled,
    rights: { sell: rights.has('accounts.top_up'), refund: rights.has('transactions.delete') && rights.has('refunds.make') },
    now: at.toISOString(),
  };
}
