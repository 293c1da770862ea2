import { sql } from 'kysely';
import { z } from 'zod';
import type { Deps } from '../kit/deps.ts';
import type { Http } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';

/** Logos, as anybody's browser asks for them. */
export async function pictureRoutes(http: Http, { db }: Pick<Deps, 'db'>): Promise<void> {
  http.get(
    '/pictures/:chain/:picture',
    { schema: { hide: true, params: z.object({ chain: z.string().max(60), picture: z.string().max(64) }) } },
    async ({ params }, reply) => {
      const { rows } = await sql<{ mediaType: string; bytes: Uint8Array }>`
        select media_type "mediaType", bytes from pictures where chain_id = ${params.chain} and picture_id = ${params.picture}`.execute(db.read);
      const [picture] = rows;
      if (!picture) throw new Problem('not_found', 404, 'There is no such picture.');
      return (
        reply
          .type(picture.mediaType)
          // its address names its content
          .header('cache-control', 'public, max-age=31536000, immutable')
          // a partner's page shows it too
          .header('cross-origin-resource-policy', 'cross-origin')
          .send(Buffer.from(picture.bytes))
      );
    },
  );
}
