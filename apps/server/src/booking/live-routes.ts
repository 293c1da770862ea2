import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { readWho, type WhoContext } from '../access/read-who.ts';
import type { Place } from '../access/who.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { Live } from '../kit/live.ts';
import { Problem } from '../kit/problem.ts';
import { answerByStream } from './answer-by-stream.ts';
import { onlyColumnOf } from './calendar-viewer.ts';
import { createLiveStreams } from './live-streams.ts';
import { whichConcern } from './which-concern.ts';

/** What other screens have changed, as it happens. */
export async function liveRoutes(http: Http, ctx: Deps & WhoContext & { readonly live: Live }): Promise<void> {
  const streams = createLiveStreams();
  // a stream never ends by itself, and closing waits for whoever is being answered
  http.addHook('preClose', async () => streams.endAll());

  http.get(
    '/locations/:location/live',
    {
      config: { needs: 'calendar.see' },
      schema: {
        operationId: 'followLive',
        tags: ['salon: calendar'],
        summary: 'What changes here, as server-sent events',
        description:
          'Each message is a LiveMessage; a hello opens the stream. When the stream ends something may have been missed: connect again and read everything anew.',
        params: z.object({ location: z.string() }),
        response: { 200: { content: { 'text/event-stream': { schema: z.string() } } }, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { sessionId } = whoOf(request);
      const { scope } = placeOf(request);
      let place: Place | undefined = placeOf(request);
      if (!streams.mayOpen(sessionId)) throw new Problem('too_many_requests', 429, 'This session follows enough already.', { retryAfterSeconds: 5 });
      const stream = streams.open(sessionId, {
        now: () => ctx.now().getTime(),
        // as the guard would decide if it were asked now
        mayFollow: async () => {
          place = (await readWho(ctx, request))?.places.get(scope.locationId);
          return place?.rights.has('calendar.see') === true;
        },
        whichSeen: async (ids) => (place ? whichConcern(ctx.db.read, scope, onlyColumnOf(place), ids) : []),
      });
      await answerByStream(reply, ctx.live, scope, stream);
    },
  );
}
