import { type CSSProperties, memo } from 'react';
import { useServerNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';
import { axisMinuteOf, type DayAxis, ticksOf } from './day-axis.ts';

/** The hours at the left. The hour that comes twice says so. */
export const TimeAxis = memo(function TimeAxis({ axis }: { axis: DayAxis }) {
  const { time, say } = useWords();
  // a wall-clock hour, whatever the day: said as if the clock were UTC's
  const hour = (wall: number) => time(wall * 60_000, 'UTC');
  return (
    <div className="cal-axis" aria-hidden>
      <div className="cal-corner" />
      <div className="cal-hours">
        {ticksOf(axis).map(({ at, wall, second }) => (
          <span key={at} style={{ '--from': at } as CSSProperties} title={second ? say('calendar.hour_again') : undefined}>
            {hour(wall)}
            {second && '²'}
          </span>
        ))}
      </div>
    </div>
  );
});

/** Where it is now, on the server's clock, across today's columns. */
export function NowLine({ axis, dayIndex, timeZone }: { axis: DayAxis; dayIndex: number; timeZone: string }) {
  const now = useServerNow(15_000);
  const { time } = useWords();
  const day = axis.days[dayIndex];
  if (!day || now < day.startsAtMs || now >= day.endsAtMs) return null;
  return (
    <div className="cal-now" aria-hidden style={{ '--from': axisMinuteOf(axis, day, now) } as CSSProperties}>
      <span>{time(now, timeZone)}</span>
    </div>
  );
}
