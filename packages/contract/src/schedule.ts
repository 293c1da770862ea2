import { z } from 'zod';
import { dayShape, instantShape } from './time.ts';

const minutesShape = z
  .strictObject({ from: z.int().min(0).max(1439), to: z.int().min(1).max(1440) })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'It ends before it begins.' })
  .describe('Local wall-clock minutes from midnight, half open');

/** One day's hours of one team member. Nothing in `works`: a day off. */
export const dayHoursShape = z.strictObject({ works: z.array(minutesShape).max(12), breaks: z.array(minutesShape).max(12) });
export type DayHours = z.infer<typeof dayHoursShape>;

const weekdayShape = z.int().min(1).max(7).describe('ISO: 1 = Monday');

/** `GET …/schedule?from=2026-11-23&days=28`: everybody's week, and the dates of this stretch that differ from it. */
export const scheduleShape = z
  .object({
    today: dayShape,
    staff: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          position: z.string(),
          color: z.string(),
          week: z.array(dayHoursShape.extend({ weekday: weekdayShape })).describe('A weekday that is not here is a day off'),
          days: z.array(dayHoursShape.extend({ day: dayShape })).describe("Instead of the week's"),
        }),
      )
      .describe('In the owner’s order, nobody archived'),
  })
  .meta({ id: 'Schedule' });
export type Schedule = z.infer<typeof scheduleShape>;
export const scheduleAskedShape = z.object({ from: dayShape, days: z.coerce.number().int().min(1).max(62) });

const staffIdShape = z.string().min(3).max(60);
const hours = {
  was: dayHoursShape.nullable().describe('What the change is based on: if it is something else by now, the answer is changed_meanwhile'),
  becomes: dayHoursShape.nullable().describe('null: of a weekday, a day off; of a date, as every week'),
};

/** One day of one team member: of every week, or a date. */
export const hoursChangeShape = z.union([
  z.strictObject({ staffId: staffIdShape, weekday: weekdayShape, ...hours }),
  z.strictObject({ staffId: staffIdShape, day: dayShape, ...hours }),
]);
export type HoursChange = z.infer<typeof hoursChangeShape>;

/** `PUT …/schedule`: all of it or nothing. */
export const scheduleChangeShape = z.strictObject({ changes: z.array(hoursChangeShape).min(1).max(400) });

/** What the change left standing: appointments that fitted the hours before and do not any more. Nothing is moved. */
export const scheduleChangedShape = z
  .object({
    outside: z.array(
      z.object({ appointmentId: z.string(), staffId: z.string(), staffName: z.string(), startsAt: instantShape, endsAt: instantShape }),
    ),
  })
  .meta({ id: 'ScheduleChanged' });
export type ScheduleChanged = z.infer<typeof scheduleChangedShape>;

/** `detail.stale` of a changed_meanwhile: the days that somebody else has changed, as they are now. */
export interface StaleHours {
  readonly staffId: string;
  readonly weekday?: number;
  readonly day?: string;
  readonly now: DayHours | null;
}
