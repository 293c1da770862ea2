import { booksQueryShape, booksShape } from '@holdfast/contract/books';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { readBooks } from './read-books.ts';

/** All accounts of a location on some day, as they were known at some moment. */
export async function booksRoutes(http: Http, ctx: Deps): Promise<void> {
  http.get(
    '/locations/:location/books',
    {
      config: { needs: 'reports.see' },
      schema: {
        operationId: 'readBooks',
        tags: ['salon: reports'],
        summary: 'All accounts at the end of a day, as known at some moment',
        description:
          'What was written down after `knownAt` is left out, even if it is dated to before: so what a report said once can be found again.',
        params: z.object({ location: z.string().max(60) }),
        querystring: booksQueryShape,
        response: { 200: booksShape, ...problemAnswers },
      },
    },
    async (request) => readBooks(ctx, placeOf(request), request.query),
  );
}
