import { z } from 'zod';
import { dayShape, instantShape } from './time.ts';

/** `GET …/free-times?services=a,b&staff=any&from=2026-11-21&days=30` */
export const freeTimesAskedShape = z.object({
  services: z
    .string()
    .min(1)
    .max(400)
    .optional()
    .describe(
      'Service ids in the order they are done, comma-separated: back to back, one team member. Left out: times at which anything can be done',
    ),
  staff: z.string().min(1).max(60).describe('A team member id, "any", or "all" where who it is is asked later'),
  from: dayShape,
  days: z.coerce.number().int().min(1).max(62),
});

export const freeTimesShape = z
  .object({
    timeZone: z.string(),
    days: z.array(
      z.object({
        day: dayShape,
        times: z
          .array(
            z.object({
              at: instantShape.describe('Start'),
              local: z.string().describe('HH:MM at the location'),
              staff: z.array(z.string()).describe('Who could do it, best terms first'),
            }),
          )
          .describe('Empty: that day has no free time. An error is never an empty list.'),
        closed: z.boolean().optional().describe('Of a day with no free time: nobody works then, so none can become free'),
      }),
    ),
  })
  .meta({ id: 'FreeTimes' });
export type FreeTimes = z.infer<typeof freeTimesShape>;

/** `GET …/fitting?at=…&services=a,b`: the time is chosen, who and what fits? */
export const fittingAskedShape = z.object({
  at: instantShape,
  services: z.string().min(1).max(400).optional().describe('What is chosen already, comma-separated'),
});
export const fittingShape = z
  .object({
    staff: z.array(
      z.object({
        id: z.string(),
        services: z.array(z.string()).describe('What this person could do then, each together with what is chosen already'),
      }),
    ),
  })
  .meta({ id: 'Fitting' });
export type Fitting = z.infer<typeof fittingShape>;
