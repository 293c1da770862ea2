import type { PaymentAsked } from '@holdfast/contract/booking';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { chooseLink } from '../catalog/choose-link.ts';
import { behindItsMark } from '../kit/behind-its-mark.ts';
import type { BookingContext } from './context.ts';
import { freshRules } from './fresh-rules.ts';

type ReturnTo = NonNullable<PaymentAsked['returnTo']>;

/** Remembers from which page a client leaves for the payment; undefined: from one of ours. A page that the booking link does not allow is not remembered. */
export async function noteReturn(ctx: BookingContext, scope: Scope, bookingId: string, asked: ReturnTo | undefined): Promise<void> {
  const { returnTo: before, linkId } = await readReturn(ctx, scope, bookingId);
  const allowed = asked && (await isAllowed(ctx, scope, linkId, asked.url)) ? asked : null;
  if (before?.url === allowed?.url && before?.place === allowed?.place) return;
  await sql`update bookings set return_to = ${allowed && JSON.stringify(allowed)}::jsonb
             where chain_id = ${scope.chainId} and booking_id = ${bookingId}`.execute(ctx.db.read);
}

/**
 * Where somebody goes on to who comes back from a payment: the page they left, with the booking behind its `#`, so that its server never hears of it;
 * undefined: our own page. Allowed once is not allowed for ever: the link's origins are asked again.
 */
export async function whereToComeBack(ctx: BookingContext, scope: Scope, bookingId: string, from: string): Promise<string | undefined> {
  const { returnTo, linkId } = await readReturn(ctx, scope, bookingId);
  if (!returnTo || !(await isAllowed(ctx, scope, linkId, returnTo.url))) return undefined;
  return behindItsMark(returnTo, { booking: ctx.tokens.sign(scope.chainId, bookingId), from });
}

/** The same for whoever left their booking to pay something else: `slug` names the booking link that it is made by. */
export async function mayComeBackTo(ctx: BookingContext, scope: Scope, slug: string | undefined, address: string): Promise<boolean> {
  return allows(chooseLink((await freshRules(ctx, scope)).catalog, slug), address);
}

async function readReturn({ db }: Pick<BookingContext, 'db'>, { chainId }: Scope, bookingId: string) {
  const { rows } = await sql<{ returnTo: ReturnTo | null; linkId: string | null }>`
    select return_to "returnTo", link_id "linkId" from bookings where chain_id = ${chainId} and booking_id = ${bookingId}`.execute(db.read);
  return rows[0] ?? { returnTo: null, linkId: null };
}

/** A booking that came by a link that is gone, or by none, is held against the default one. */
async function isAllowed(ctx: BookingContext, scope: Scope, linkId: string | null, address: string): Promise<boolean> {
  const { links } = (await freshRules(ctx, scope)).catalog;
  return allows(links.find((one) => one.linkId === linkId) ?? links[0], address);
}

function allows(link: { readonly allowedOrigins: readonly string[] }, address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url !== undefined && !url.username && !url.password && link.allowedOrigins.includes(url.origin);
}
