import { type CSSProperties, memo } from 'react';
import { useWords } from '../words.tsx';
import { AppointmentBlock } from './appointment-block.tsx';
import type { Column, Stretch, View } from './board-columns.ts';
import { type Stop, sameStop } from './board-stops.ts';
import { ColumnHead } from './column-head.tsx';
import { instantAt } from './day-axis.ts';
import { sayDay, sayTimes } from './say-appointment.ts';

interface Props {
  readonly column: Column;
  readonly view: View;
  readonly timeZone: string;
  readonly minute: number;
  readonly today: boolean;
  /** Where the keyboard stands, if in this column. */
  readonly stop: Stop | undefined;
}

/** A team member's day from top to bottom. To a screen reader it is a row of the board: its head, then its appointments in order. */
export const BoardColumn = memo(function BoardColumn({ column, view, timeZone, minute, today, stop }: Props) {
  const words = useWords();
  const { day, staff, works, breaks, blocked, placed } = column;
  const one = staff.length === 1 ? staff[0] : undefined;
  const free = stop?.kind === 'free' ? stop : undefined;
  const sayFree = ({ from, to }: Stretch) => {
    const [fromMs, toMs] = [instantAt(day, from), instantAt(day, to)];
    const facts = { day: sayDay(words, timeZone, fromMs), times: sayTimes(words, timeZone, fromMs, toMs), name: one?.name ?? '' };
    return words.say(one ? 'calendar.free_with' : 'calendar.free', facts);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the block
    // biome-ignore lint/a11y/useFocusableInteractive: its cells are
    <div role="row" className="cal-column" data-column={column.key} data-today={today ? '' : undefined}>
      <ColumnHead column={column} view={view} today={today} />
      <div className="cal-day">
        {works.map((span) => (
          <div key={span.from} className="cal-works" style={placeOf(span)} />
        ))}
        <div className="cal-lines" />
        {breaks.map((span) => (
          <div key={span.from} className="cal-break" style={placeOf(span)} title={words.say('calendar.break')} />
        ))}
        {blocked.map((span) => (
          <div key={`${span.kind} ${span.from}`} className="cal-blocked" style={placeOf(span)}>
            {words.say(span.kind === 'break' ? 'calendar.blocked' : 'calendar.event')}
          </div>
        ))}
        {day.missing.map(([from, to]) => (
          <div key={from} className="cal-missing" style={placeOf({ from, to })} title={words.say('calendar.no_such_hour')} />
        ))}
        {placed.map((block) => (
          <AppointmentBlock
            key={block.appointment.id}
            placed={block}
            staff={one ?? staff.find(({ id }) => id === block.appointment.staffId)}
            timeZone={timeZone}
            minute={minute}
            showStaff={one === undefined}
            active={stop !== undefined && sameStop(stop, { kind: 'block', id: block.appointment.id, from: block.from })}
          />
        ))}
        {free && (
          // biome-ignore lint/a11y/useSemanticElements: see the block
          <div role="gridcell" className="cal-free" tabIndex={0} style={placeOf(free)}>
            <span className="cal-unseen">{sayFree(free)}</span>
          </div>
        )}
      </div>
    </div>
  );
});

function placeOf({ from, to }: Stretch): CSSProperties {
  return { '--from': from, '--long': to - from } as CSSProperties;
}
