import { plainLinkSettings } from '@holdfast/contract/link-settings';
import { sql } from 'kysely';
import { noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { Problem } from '../kit/problem.ts';
import { takenAddress } from './change-link.ts';
import type { LinksContext } from './context.ts';
import { linksOf } from './store-links.ts';

const MOST_LINKS = 50;

/**
 * Another booking link, plain or with the settings of one that is there. What is measured with is not copied: each link has its own. Answers its id. Refuses
 * with `not_found`, `already_there`, `step_not_allowed` (there are fifty).
 */
export async function makeLink(
  ctx: LinksContext,
  who: Who,
  { scope }: Place,
  { name, slug, copyOf }: { name: string; slug: string; copyOf: string | null },
): Promise<string> {
  const linkId = ctx.newId('lnk');
  try {
    await ctx.db.transaction(async (tx) => {
      const links = await linksOf(tx, scope, 'lock');
      const pattern = links.find((one) => one.linkId === copyOf);
      if (copyOf !== null && !pattern) throw new Problem('not_found', 404, 'There is no such booking link.');
      if (links.length >= MOST_LINKS) throw new Problem('step_not_allowed', 409, `A location has at most ${MOST_LINKS} booking links.`);
      const settings = pattern?.settings ?? plainLinkSettings;
      await sql`
        insert into booking_links (chain_id, location_id, link_id, slug, name, settings, allowed_origins, created_at)
        values (${scope.chainId}, ${scope.locationId}, ${linkId}, ${slug}, ${name}, ${JSON.stringify(settings)}::jsonb, ${pattern?.allowedOrigins ?? []}, ${ctx.now()})`.execute(
        tx,
      );
      await noteAudit(tx, ctx, who, {
        action: 'booking_link.created',
        subject: { kind: 'booking_link', id: linkId },
        locationId: scope.locationId,
        after: { name, slug, ...(copyOf === null ? {} : { copyOf }) },
      });
    });
  } catch (error) {
    throw takenAddress(error);
  }
  return linkId;
}
