import type { MembershipPurchase } from '@holdfast/contract/memberships';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { behindItsMark } from '../kit/behind-its-mark.ts';
import type { Queryable } from '../kit/database.ts';

/** Whether a booking link allows a page of somebody else's. */
export type MayComeBack = (scope: Scope, link: string | undefined, url: string) => Promise<boolean>;

interface ReturnTo {
  /** Of our own pages only the path. */
  readonly url: string;
  readonly place: string;
  readonly link: string | null;
}

/** Pages of ours where a membership is bought. Only their path is kept: whatever host was named, it leads to us. */
const OURS = /^\/(book|b|my)\/[^/]/;

/** From where a client leaves to pay; null: from nowhere that they may come back to. */
export async function returnOf(
  scope: Scope,
  { returnTo, link }: Pick<MembershipPurchase, 'returnTo' | 'link'>,
  mayComeBack: MayComeBack,
): Promise<ReturnTo | null> {
  if (!returnTo || !URL.canParse(returnTo.url)) return null;
  const { pathname, search, hash } = new URL(returnTo.url);
  if (returnTo.place === '') return OURS.test(pathname) ? { url: `${pathname}${search}${hash}`, place: '', link: null } : null;
  return (await mayComeBack(scope, link, returnTo.url)) ? { ...returnTo, link: link ?? null } : null;
}

export async function noteReturn(q: Queryable, { chainId }: Scope, membershipId: string, to: ReturnTo | null): Promise<void> {
  await sql`
    update memberships set return_to = ${to && JSON.stringify(to)}::jsonb where chain_id = ${chainId} and membership_id = ${membershipId}`.execute(q);
}

/** Where a client goes on who bought a membership in the middle of something else; undefined: they stay on its own page. */
export async function whereToGoOn(
  q: Queryable,
  scope: Scope,
  membershipId: string,
  { from, mayComeBack }: { from: string; mayComeBack: MayComeBack },
): Promise<string | undefined> {
  const { rows } = await sql<{ to: ReturnTo | null }>`
    select return_to "to" from memberships where chain_id = ${scope.chainId} and membership_id = ${membershipId}`.execute(q);
  const to = rows[0]?.to;
  if (!to) return undefined;
  if (to.place === '') return to.url;
  return (await mayComeBack(scope, to.link ?? undefined, to.url)) ? behindItsMark(to, { membership: from }) : undefined;
}
