import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import type { LinksContext } from './context.ts';
import { openLink } from './open-link.ts';

/**
 * Takes a booking link out of use. Its address still leads to the page, by the default link: what is printed stays good. Refuses with `not_found`,
 * `changed_meanwhile`, `still_used` (the default one).
 */
export async function archiveLink(ctx: LinksContext, who: Who, { scope }: Place, linkId: string, version: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const { name, slug, isDefault } = await openLink(tx, scope, linkId, version);
    if (isDefault) throw new Problem('still_used', 409, 'Make another link the default one first.');
    await sql`
      update booking_links set archived_at = ${ctx.now()}, api_secret = null, version = version + 1
       where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and link_id = ${linkId}`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'booking_link.archived',
      subject: { kind: 'booking_link', id: linkId },
      locationId: scope.locationId,
      before: { name, slug },
    });
  });
}
