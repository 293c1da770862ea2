import { closeDayWishShape, dayFiguresShape, reopenDayWishShape } from '@holdfast/contract/reports';
import { dayShape } from '@holdfast/contract/time';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { closeDay } from './close-day.ts';
import { readDay } from './read-day.ts';
import { reopenDay } from './reopen-day.ts';

const tags = ['salon: reports'];
const params = z.object({ location: z.string().max(60), day: dayShape });
const response = { 200: dayFiguresShape, ...problemAnswers };

/** Finance → Daily financial data, and closing a day. Every change answers the day anew. */
export async function dayRoutes(http: Http, ctx: Deps): Promise<void> {
  http.get(
    '/locations/:location/days/:day',
    {
      config: { needs: 'reports.see' },
      schema: { operationId: 'readDay', tags, summary: 'Daily financial data of a day, and whether it is closed', params, response },
    },
    async (request) => readDay(ctx, placeOf(request), request.params.day),
  );

  http.post(
    '/locations/:location/days/:day/closing',
    {
      config: { needs: 'days.close' },
      schema: {
        operationId: 'closeDay',
        tags,
        summary: 'Close all days up to this one',
        description:
          'What happens on a closed day afterwards is dated to the first open moment. Each count says what the books said when it was made.',
        params,
        body: closeDayWishShape,
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await closeDay(ctx, { who: whoOf(request), place }, request.params.day, request.body);
      return readDay(ctx, place, request.params.day);
    },
  );

  http.post(
    '/locations/:location/days/:day/reopening',
    {
      config: { needs: 'days.close' },
      schema: {
        operationId: 'reopenDay',
        tags,
        summary: 'Take the last closing back',
        description: 'Only the owner. What was dated later meanwhile stays so.',
        params,
        body: reopenDayWishShape,
        response,
      },
    },
    async (request) => {
      const place = placeOf(request);
      await reopenDay(ctx, { who: whoOf(request), place }, request.params.day, request.body.because);
      return readDay(ctx, place, request.params.day);
    },
  );
}
