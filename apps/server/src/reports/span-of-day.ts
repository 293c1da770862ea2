import { Temporal } from 'temporal-polyfill';

/** A calendar day as it passes at a place: its first moment, and the first of the next day. 23 or 25 hours where the clocks are changed. */
export function spanOfDay(day: string, timeZone: string): { readonly from: Date; readonly until: Date } {
  const date = Temporal.PlainDate.from(day);
  const start = (one: Temporal.PlainDate) => new Date(one.toZonedDateTime(timeZone).epochMilliseconds);
  return { from: start(date), until: start(date.add({ days: 1 })) };
}

/** From the first moment of one day until the last of another. */
export function spanOfDays(from: string, to: string, timeZone: string): { readonly from: Date; readonly until: Date } {
  return { from: spanOfDay(from, timeZone).from, until: spanOfDay(to, timeZone).until };
}

export function dayOf(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** As many days as there are from `from` to `to`, ending the day before. */
export function periodBefore(from: string, to: string): { readonly from: string; readonly to: string } {
  const first = Temporal.PlainDate.from(from);
  const days = first.until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days + 1;
  return { from: first.subtract({ days }).toString(), to: first.subtract({ days: 1 }).toString() };
}
