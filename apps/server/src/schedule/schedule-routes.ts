import { scheduleAskedShape, scheduleChangedShape, scheduleChangeShape, scheduleShape } from '@holdfast/contract/schedule';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { changeHours, type SchedulePorts } from './change-hours.ts';
import { readSchedule } from './read-schedule.ts';

const here = z.object({ location: z.string().max(60) });

/** Settings → Main settings → Schedule: when the team works. */
export async function scheduleRoutes(http: Http, ctx: Deps & { readonly ports: SchedulePorts }): Promise<void> {
  http.get(
    '/locations/:location/schedule',
    {
      config: { needs: 'schedule.edit' },
      schema: {
        operationId: 'readSchedule',
        tags: ['salon: settings'],
        summary: "Everybody's week, and the dates that differ from it",
        params: here,
        querystring: scheduleAskedShape,
        response: { 200: scheduleShape, ...problemAnswers },
      },
    },
    async (request) => readSchedule(ctx.db.read, placeOf(request).scope, ctx.now(), request.query),
  );

  http.put(
    '/locations/:location/schedule',
    {
      config: { needs: 'schedule.edit' },
      schema: {
        operationId: 'changeSchedule',
        tags: ['salon: settings'],
        summary: 'Change working hours of weekdays and dates, of one or several team members',
        description:
          'All of it or nothing. Appointments that no longer fit are answered and stay where they are. If a day is not what the change was based on, changed_meanwhile names it in detail.stale.',
        params: here,
        body: scheduleChangeShape,
        response: { 200: scheduleChangedShape, ...problemAnswers },
      },
    },
    async (request) => changeHours(ctx, { who: whoOf(request), place: placeOf(request) }, request.body.changes),
  );
}
