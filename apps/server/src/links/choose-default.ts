import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import type { LinksContext } from './context.ts';
import { openLink } from './open-link.ts';

/** From now on this is the link of who comes without one. Refuses with `not_found`, `changed_meanwhile`. */
export async function chooseDefault(ctx: LinksContext, who: Who, { scope }: Place, linkId: string, version: string): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const link = await openLink(tx, scope, linkId, version);
    if (link.isDefault) return;
    const here = sql`chain_id = ${scope.chainId} and location_id = ${scope.locationId}`;
    await sql`update booking_links set is_default = false, version = version + 1 where ${here} and is_default`.execute(tx);
    await sql`update booking_links set is_default = true, version = version + 1 where ${here} and link_id = ${linkId}`.execute(tx);
    await noteAudit(tx, ctx, who, {
      action: 'booking_link.made_default',
      subject: { kind: 'booking_link', id: linkId },
      locationId: scope.locationId,
      after: { isDefault: true },
    });
  });
}
