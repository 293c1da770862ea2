import { sentEventsShape } from '@holdfast/contract/booking-links';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import { linkIsThere } from '../links/open-link.ts';
import { readEvents } from './read-events.ts';

/** Whether measuring works: the last events of a booking link. */
export async function measuredEventRoutes(http: Http, { db }: Pick<Deps, 'db'>): Promise<void> {
  http.get(
    '/locations/:location/booking-links/:link/events',
    {
      config: { needs: 'location.edit' },
      schema: {
        operationId: 'readMeasuredEvents',
        tags: ['salon: settings'],
        summary: 'The last events of a booking link that were told to Google Analytics',
        params: z.object({ location: z.string().max(60), link: z.string().max(60) }),
        response: { 200: sentEventsShape, ...problemAnswers },
      },
    },
    async (request) => {
      const { scope } = placeOf(request);
      if (!(await linkIsThere(db.read, scope, request.params.link))) throw new Problem('not_found', 404, 'There is no such booking link.');
      return readEvents(db.read, scope, request.params.link);
    },
  );
}
