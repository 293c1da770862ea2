import { instantOf } from '@holdfast/contract/move-rules';

/** A moment as one types it: the date and the clock at the place. */
export interface PlaceTime {
  /** YYYY-MM-DD */
  readonly day: string;
  /** HH:MM */
  readonly time: string;
}

export function placeTimeOf(instant: string, timeZone: string): PlaceTime {
  const [day = '', time = ''] = wallClock(Date.parse(instant), timeZone).split(' ');
  return { day, time };
}

/** Undefined: not typed to the end, or a time that the clocks jump over that day. Of an hour that comes twice the first is meant. */
export function instantOfPlaceTime({ day, time }: PlaceTime, timeZone: string): string | undefined {
  const [hours, minutes] = time.split(':').map(Number);
  if (hours === undefined || minutes === undefined || Number.isNaN(Date.parse(`${day}T${time}Z`))) return undefined;
  const at = instantOf(timeZone, day, hours * 60 + minutes);
  return wallClock(at, timeZone) === `${day} ${time.slice(0, 5)}` ? new Date(at).toISOString() : undefined;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Swedes write YYYY-MM-DD HH:MM. */
function wallClock(atMs: number, timeZone: string): string {
  const clock =
    clocks.get(timeZone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' });
  clocks.set(timeZone, clock);
  return clock.format(atMs);
}
