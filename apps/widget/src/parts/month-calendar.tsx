import { directionOf } from '@holdfast/contract/client-language';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { addMonths, clampDay, dayAfterKey, firstDayOf, monthGrid, monthOf } from '../month-grid.ts';
import { useWords } from '../words.tsx';
import { Icon } from './icon.tsx';

interface Props {
  month: string;
  firstDay: string;
  lastDay: string;
  /** How many free times each day has; null while they are being fetched. */
  freeTimes: Map<string, number> | null;
  failed: boolean;
  chosen: string | null;
  /** Which days with nothing free can be chosen too; left out: none. */
  full?: ((day: string) => boolean) | undefined;
  onDay: (day: string) => void;
  onMonth: (step: 1 | -1) => void;
}

/** A grid of days after the ARIA grid pattern: one tab stop, arrows, Home, End, Page Up and Page Down move inside. */
export function MonthCalendar({ month, firstDay, lastDay, freeTimes, failed, chosen, full, onDay, onMonth }: Props) {
  const words = useWords();
  const table = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const [follow, setFollow] = useState(false);
  const weekdays = Array.from({ length: 7 }, (_, index) => ((words.weekStartsOn - 1 + index) % 7) + 1);
  const inMonth = (day: string | null) => day !== null && monthOf(day) === month;
  const tabStop = inMonth(focused) ? focused : inMonth(chosen) ? chosen : clampDay(firstDayOf(month), firstDay, lastDay);

  // before the next key: somebody who holds one down must not lose the place
  useLayoutEffect(() => {
    if (!follow || !focused) return;
    table.current?.querySelector<HTMLButtonElement>(`[data-day="${focused}"]`)?.focus();
    setFollow(false);
  }, [follow, focused, month]);

  const onKeyDown = (event: KeyboardEvent, day: string) => {
    const rightToLeft = directionOf(words.language) === 'rtl';
    const wanted = dayAfterKey(event.key, day, words.weekStartsOn, rightToLeft);
    if (!wanted) return;
    event.preventDefault();
    const next = clampDay(wanted, firstDay, lastDay);
    if (monthOf(next) > month) onMonth(1);
    if (monthOf(next) < month) onMonth(-1);
    setFocused(next);
    setFollow(true);
  };

  return (
    <div class="calendar" data-waiting={!freeTimes && !failed}>
      <div class="calendar-top">
        <button
          type="button"
          class="round-button"
          disabled={addMonths(month, -1) < monthOf(firstDay)}
          aria-label={words.say('time.month_before')}
          onClick={() => onMonth(-1)}
        >
          <Icon name="back" />
        </button>
        <h2 class="calendar-month" id="calendar-month" aria-live="polite">
          {words.month(month)}
        </h2>
        <button
          type="button"
          class="round-button"
          disabled={addMonths(month, 1) > monthOf(lastDay)}
          aria-label={words.say('time.month_after')}
          onClick={() => onMonth(1)}
        >
          <Icon name="forward" />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the ARIA grid pattern, a table whose buttons are reached by arrows */}
      <table ref={table} role="grid" aria-labelledby="calendar-month" aria-busy={!freeTimes && !failed}>
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col" abbr={words.weekday(weekday, 'long')}>
                {words.weekday(weekday, 'short')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sixWeeks(monthGrid(month, words.weekStartsOn)).map((week, row) => (
            <tr key={row}>
              {week.map((day, column) => (
                // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a td inside role=grid is a gridcell
                <td key={day ?? `gap-${column}`} aria-selected={day ? day === chosen : undefined}>
                  {day && (
                    <DayButton
                      day={day}
                      count={freeTimes?.get(day) ?? 0}
                      known={freeTimes !== null}
                      bookable={day >= firstDay && day <= lastDay}
                      full={full?.(day) ?? false}
                      chosen={day === chosen}
                      tabStop={day === tabStop}
                      onKeyDown={onKeyDown}
                      onDay={(picked) => {
                        setFocused(picked);
                        onDay(picked);
                      }}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="unseen" aria-live="polite">
        {!freeTimes && !failed ? words.say('time.loading') : ''}
      </p>
    </div>
  );
}

interface DayProps {
  day: string;
  count: number;
  known: boolean;
  bookable: boolean;
  full: boolean;
  chosen: boolean;
  tabStop: boolean;
  onKeyDown: (event: KeyboardEvent, day: string) => void;
  onDay: (day: string) => void;
}

function DayButton({ day, count, known, bookable, full, chosen, tabStop, onKeyDown, onDay }: DayProps) {
  const { say, day: dayName } = useWords();
  const free = bookable && count > 0;
  const canBeChosen = free || (full && bookable && known);
  const state = free ? say('time.free_count', { count }) : say('time.day_full');
  return (
    <button
      type="button"
      class="day"
      data-day={day}
      data-free={free}
      data-chosen={chosen}
      tabIndex={tabStop ? 0 : -1}
      aria-disabled={!canBeChosen}
      aria-label={known || !bookable ? `${dayName(day)}, ${state}` : dayName(day)}
      onKeyDown={(event) => onKeyDown(event, day)}
      onClick={() => canBeChosen && onDay(day)}
    >
      {Number(day.slice(8))}
    </button>
  );
}

/** Always six rows: the page must not jump when a month has five. */
function sixWeeks(weeks: (string | null)[][]): (string | null)[][] {
  return [...weeks, ...Array.from({ length: 6 - weeks.length }, () => Array.from({ length: 7 }, () => null))];
}
