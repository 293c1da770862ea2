import { createHash } from 'node:crypto';
import type { Picture } from '@holdfast/contract/booking-links';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import { pictureAddress } from '../booking/settings-of-link.ts';
import { Problem } from '../kit/problem.ts';
import type { LinksContext } from './context.ts';
import { pictureType } from './picture-rules.ts';

const MOST_BYTES = 204_800;

/** Takes a logo in. The same picture twice is one. Those that no link shows any more go after a day. Refuses with `unreadable_file`, `too_large`. */
export async function takePicture(ctx: LinksContext, { chainId, locationId }: Scope, base64: string): Promise<Picture> {
  const bytes = Buffer.from(base64, 'base64');
  const type = pictureType(bytes);
  if (!type) throw new Problem('unreadable_file', 422, 'A picture is a PNG, a JPEG or a WebP.');
  if (bytes.length > MOST_BYTES) throw new Problem('too_large', 413, 'A picture has at most 200 kB.', { mostBytes: MOST_BYTES });
  // of the place too: what one location takes away another may still show
  const id = createHash('sha256').update(`${locationId}\n`).update(bytes).digest('base64url').slice(0, 32);
  const at = ctx.now();
  await sql`
    delete from pictures p where p.chain_id = ${chainId} and p.location_id = ${locationId} and p.created_at < ${new Date(at.getTime() - 86_400_000)}
       and not exists (select 1 from booking_links l where l.chain_id = p.chain_id and l.location_id = p.location_id and l.settings->>'logo' = p.picture_id)`.execute(
    ctx.db.read,
  );
  await sql`
    insert into pictures (chain_id, picture_id, location_id, media_type, bytes, created_at)
    values (${chainId}, ${id}, ${locationId}, ${type}, ${bytes}, ${at})
    on conflict (chain_id, picture_id) do update set created_at = excluded.created_at`.execute(ctx.db.read);
  return { id, address: pictureAddress(chainId, id) };
}
