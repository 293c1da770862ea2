import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { readWho, type WhoContext } from '../access/read-who.ts';
import { answerByStream } from '../booking/answer-by-stream.ts';
import { createLiveStreams } from '../booking/live-streams.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { Live } from '../kit/live.ts';
import { Problem } from '../kit/problem.ts';

/** That figures have changed, as it happens: whoever shows them reads them again. */
export async function figuresLiveRoutes(http: Http, ctx: Deps & WhoContext & { readonly live: Live; readonly publicUrl: string }): Promise<void> {
  const streams = createLiveStreams();
  http.addHook('preClose', async () => streams.endAll());

  http.get(
    '/locations/:location/figures-live',
    {
      config: { needs: 'reports.see' },
      schema: {
        operationId: 'followFigures',
        tags: ['salon: reports'],
        summary: 'That money has come or gone, as server-sent events',
        description:
          'A hello opens the stream; every other message only says that something has changed. When it ends, connect again and read everything anew.',
        params: z.object({ location: z.string() }),
        response: { 200: { content: { 'text/event-stream': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { sessionId } = whoOf(request);
      const { scope } = placeOf(request);
      if (!streams.mayOpen(sessionId)) throw new Problem('too_many_requests', 429, 'This session follows enough already.', { retryAfterSeconds: 5 });
      const stream = streams.open(sessionId, {
        now: () => ctx.now().getTime(),
        mayFollow: async () => (await readWho(ctx, request))?.places.get(scope.locationId)?.rights.has('reports.see') === true,
        whichSeen: async () => [],
        figures: true,
      });
      await answerByStream(reply, ctx.live, scope, stream);
    },
  );
}
