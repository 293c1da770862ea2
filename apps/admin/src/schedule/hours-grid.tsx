import type { DayHours, Schedule } from '@holdfast/contract/schedule';
import { ScrollArea, Text } from '@mantine/core';
import { Fragment, type KeyboardEvent, useRef, useState } from 'react';
import { useWords } from '../words.tsx';
import { clockOf, spansText, weekdayOf } from './hours-text.ts';
import type { Cell, HoursDraft } from './use-hours-draft.ts';
import './schedule.css';

/**
 * People in lines, days in columns. A stroke of the mouse paints all days it passes; a click, a tap, Enter or the space bar one; a name its line, a
 * day its column. The arrow keys walk, with Shift they paint.
 */
export function HoursGrid({
  schedule,
  days,
  draft,
  onStroke,
}: {
  schedule: Schedule;
  /** Weekdays (1 = Monday) or dates. */
  days: readonly (number | string)[];
  draft: HoursDraft;
  onStroke: (cells: readonly Cell[]) => void;
}) {
  const { say, weekday, shortDay, day: longDay } = useWords();
  const table = useRef<HTMLTableElement>(null);
  const [focus, setFocus] = useState<readonly [line: number, column: number]>([0, 0]);
  const isOver = (day: number | string) => typeof day === 'string' && day < schedule.today;
  const open = days.filter((day) => !isOver(day));
  const name = (day: number | string) => (typeof day === 'number' ? weekday(day, 'long') : longDay(day));
  const shortName = (day: number | string) => (typeof day === 'number' ? weekday(day, 'short') : shortDay(day));
  const walk = (event: KeyboardEvent, line: number, column: number) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step) return;
    event.preventDefault();
    const [nextLine, nextColumn] = [line + (step[0] ?? 0), column + (step[1] ?? 0)];
    const [person, day] = [schedule.staff[nextLine], days[nextColumn]];
    if (!person || day === undefined) return;
    setFocus([nextLine, nextColumn]);
    table.current?.querySelector<HTMLElement>(`[data-at="${nextLine}-${nextColumn}"]`)?.focus();
    if (event.shiftKey && !isOver(day)) onStroke([{ staffId: person.id, day }]);
  };
  return (
    <ScrollArea type="auto" scrollbarSize={10} offsetScrollbars="x">
      <table ref={table} className="hf-hours" aria-label={say('schedule.grid')}>
        <thead>
          <tr>
            <th scope="col">
              <span className="hf-hours-hidden">{say('schedule.team_member')}</span>
            </th>
            {days.map((day) => (
              <th scope="col" key={day} data-today={day === schedule.today || undefined}>
                <button
                  type="button"
                  disabled={isOver(day)}
                  // with the very words that are seen, for whoever speaks to the browser
                  aria-label={say('schedule.paint_all', { name: shortName(day) })}
                  title={say('schedule.paint_all', { name: name(day) })}
                  onClick={() => onStroke(schedule.staff.map(({ id }) => ({ staffId: id, day })))}
                >
                  {shortName(day)}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {schedule.staff.map((person, line) => (
            <tr key={person.id}>
              <th scope="row">
                <button
                  type="button"
                  aria-label={say('schedule.paint_all', { name: [person.name, person.position].filter(Boolean).join(' ') })}
                  title={say('schedule.paint_all', { name: person.name })}
                  onClick={() => onStroke(open.map((day) => ({ staffId: person.id, day })))}
                >
                  <span className="hf-hours-name">{person.name}</span>{' '}
                  <Text size="xs" c="dimmed" component="span" display="block" truncate>
                    {person.position}
                  </Text>
                </button>
              </th>
              {days.map((day, column) => {
                const cell = { staffId: person.id, day };
                const own = draft.own(cell);
                const usual = typeof day === 'string' && own === null;
                const hours = usual ? draft.own({ staffId: person.id, day: weekdayOf(day) }) : own;
                const kind = isOver(day) ? 'over' : typeof day === 'number' ? 'week' : usual ? 'usual' : 'own';
                const said = [
                  person.name,
                  name(day),
                  wordsOf(hours, say),
                  ...(usual ? [say('schedule.usual')] : []),
                  ...(draft.isEdited(cell) ? [say('schedule.edited')] : []),
                ];
                return (
                  <td key={day} data-today={day === schedule.today || undefined}>
                    <button
                      type="button"
                      data-at={`${line}-${column}`}
                      data-kind={kind}
                      data-works={(hours?.works.length ?? 0) > 0 || undefined}
                      data-edited={draft.isEdited(cell) || undefined}
                      aria-label={said.join(', ')}
                      aria-disabled={isOver(day)}
                      tabIndex={focus[0] === line && focus[1] === column ? 0 : -1}
                      onFocus={() => setFocus([line, column])}
                      onKeyDown={(event) => walk(event, line, column)}
                      onPointerDown={({ pointerType, button }) => pointerType !== 'touch' && button === 0 && !isOver(day) && onStroke([cell])}
                      onPointerEnter={({ pointerType, buttons }) => pointerType !== 'touch' && buttons === 1 && !isOver(day) && onStroke([cell])}
                      // a mouse has painted when it went down; detail 0 is the keyboard
                      onClick={({ detail, nativeEvent }) => {
                        const isMouse = detail > 0 && (nativeEvent as PointerEvent).pointerType === 'mouse';
                        if (!isMouse && !isOver(day)) onStroke([cell]);
                      }}
                    >
                      <Hours hours={hours} />
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

function Hours({ hours }: { hours: DayHours | null }) {
  const { say } = useWords();
  if (!hours || hours.works.length === 0) return <span className="hf-hours-off">{say('schedule.off.short')}</span>;
  return (
    <>
      {hours.works.map(({ from, to }) => (
        <Fragment key={from}>
          <span className="hf-hours-span">
            {clockOf(from)}
            <wbr />–{clockOf(to)}
          </span>{' '}
        </Fragment>
      ))}
      {hours.breaks.length > 0 && <span className="hf-hours-break">{say('schedule.breaks.short', { breaks: spansText(hours.breaks) })}</span>}
    </>
  );
}

/** A day's hours in words. */
export function wordsOf(hours: DayHours | null, say: ReturnType<typeof useWords>['say']): string {
  if (!hours || hours.works.length === 0) return say('schedule.brush.off');
  const works = spansText(hours.works);
  return hours.breaks.length > 0 ? say('schedule.with_breaks', { works, breaks: spansText(hours.breaks) }) : works;
}
