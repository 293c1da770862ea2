import type { Scope } from '../access/scope.ts';
import type { Queryable, Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { type LinkRow, linksOf } from './store-links.ts';

/** The booking link as it stands, locked for a change that is based on this version. Refuses with `not_found` and `changed_meanwhile`. */
export async function openLink(tx: Tx, scope: Scope, linkId: string, version: string): Promise<LinkRow> {
  const link = (await linksOf(tx, scope, 'lock')).find((one) => one.linkId === linkId);
  if (!link) throw new Problem('not_found', 404, 'There is no such booking link.');
  if (link.version !== version) throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this meanwhile.', { now: link });
  return link;
}

export async function linkIsThere(q: Queryable, scope: Scope, linkId: string): Promise<boolean> {
  return (await linksOf(q, scope)).some((one) => one.linkId === linkId);
}
