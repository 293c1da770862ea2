import { bookablesShape } from '@holdfast/contract/bookables';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import { readBookables } from '../catalog/read-bookables.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';

/** What staff choose from when they make or change an appointment. */
export async function bookableRoutes(http: Http, ctx: Pick<Deps, 'db'>): Promise<void> {
  http.get(
    '/locations/:location/bookables',
    {
      config: { needs: 'calendar.see' },
      schema: {
        operationId: 'readBookables',
        tags: ['salon: calendar'],
        summary: 'What can be booked here, and with whom',
        params: z.object({ location: z.string() }),
        response: { 200: bookablesShape, ...problemAnswers },
      },
    },
    async (request) => readBookables(ctx.db.read, placeOf(request).scope),
  );
}
