import type { MembershipCoverAsked, MembershipPurchase } from '@holdfast/contract/memberships';
import type { Scope } from '../access/scope.ts';
import { askCover } from './ask-cover.ts';
import { buyMembership } from './buy-membership.ts';
import type { MayComeBack } from './come-back.ts';
import type { MembershipsContext } from './context.ts';
import { readOnSale } from './read-on-sale.ts';

interface Place {
  readonly chain: string;
  readonly location: string;
}

/** The deeds behind the API, for pages that are filled in without a script. */
export function membershipsByForms(
  ctx: MembershipsContext,
  { scopeOf, mayComeBack }: { scopeOf: (chain: string, location: string) => Promise<Scope>; mayComeBack: MayComeBack },
) {
  const { db, now } = ctx.payments;
  const at = ({ chain, location }: Place) => scopeOf(chain, location);
  return {
    cover: async (place: Place, asked: MembershipCoverAsked) => askCover(db.read, await at(place), asked, now()),
    onSale: async (place: Place) => readOnSale(db.read, await at(place), now()),
    /** Only the path of where to come back to is kept, so any host will do. */
    async buyMembership(place: Place, wish: Omit<MembershipPurchase, 'returnTo'>, back: string): Promise<string> {
      const returnTo = { url: new URL(back, 'https://ours.invalid').href, place: '' };
      return (await buyMembership(ctx, await at(place), { ...wish, returnTo }, mayComeBack)).pageUrl;
    },
  };
}
