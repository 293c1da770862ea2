import type { LocationPage } from '@holdfast/contract/location-page';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { LocationAddress } from '../api.ts';
import type { PickedAppointment } from '../booking-draft.ts';
import { firstFreeDay, withoutOwnTimes } from '../free-days.ts';
import { addMonths, clampDay, monthOf } from '../month-grid.ts';
import { type TimesWanted, useFreeMonth, useNextFreeDay } from '../use-free-month.ts';
import { useWords } from '../words.tsx';
import { MonthCalendar } from './month-calendar.tsx';
import { TimeList, TimeListWaiting } from './time-list.tsx';
import { TroubleNotice } from './trouble-notice.tsx';

interface Props {
  page: LocationPage;
  at: LocationAddress;
  wanted: PickedAppointment & { staff: string };
  /** The other appointments of this booking: their times are theirs. */
  others: readonly PickedAppointment[];
  onPick: (startsAt: string) => void;
  /** What can be done about a day on which nothing is free; left out: such days cannot be chosen. */
  onFullDay?: (day: string) => ComponentChildren;
}

/** A month of days and the free times of one of them. Loading, trouble and "no free times" are three different sights. */
export function PickTime({ page, at, wanted, others, onPick, onFullDay }: Props) {
  const words = useWords();
  const list = useRef<HTMLDivElement>(null);
  const { firstDay, lastDay, timeZone } = page.location;
  const around = wanted.startsAt ?? wanted.around;
  const chosenDay = around ? clampDay(dayAt(around, timeZone), firstDay, lastDay) : null;
  const [month, setMonth] = useState(monthOf(chosenDay ?? firstDay));
  const [day, setDay] = useState<string | null>(chosenDay);
  const asked: TimesWanted = { at, serviceIds: wanted.serviceIds, staff: wanted.staff, firstDay, lastDay };
  const { found, retry } = useFreeMonth(asked, month);
  const days = found.state === 'ready' ? withoutOwnTimes(found.days, page, wanted, others) : null;
  const firstFree = days ? firstFreeDay(days) : null;
  const none = days !== null && firstFree === null;
  const nextFree = useNextFreeDay(asked, month, none);

  useEffect(() => {
    if (firstFree && (day === null || monthOf(day) !== month)) setDay(firstFree);
  }, [firstFree, month]);

  const closed = new Set(days?.flatMap((one) => (one.closed ? one.day : [])));
  const showDay = (wantedDay: string) => {
    setMonth(monthOf(wantedDay));
    setDay(wantedDay);
  };
  const times = days?.find((one) => one.day === day)?.times ?? [];
  // a closed day never becomes free; where nothing is free in the whole month it is the first one on which somebody works
  const full = days?.filter((one) => one.times.length === 0 && !one.closed).map((one) => one.day) ?? [];
  const fullDay = day && monthOf(day) === month ? full.find((one) => one === day) : full[0];

  return (
    <div class="pick-time">
      <MonthCalendar
        month={month}
        firstDay={firstDay}
        lastDay={lastDay}
        freeTimes={days && new Map(days.map((one) => [one.day, one.times.length]))}
        failed={found.state === 'trouble'}
        chosen={day}
        full={onFullDay && ((one) => !closed.has(one))}
        onDay={(picked) => {
          showDay(picked);
          // on a phone the times are below the calendar
          list.current?.scrollIntoView({ block: 'nearest' });
        }}
        onMonth={(step) => setMonth(addMonths(month, step))}
      />
      <div class="day-times" ref={list}>
        {found.state === 'trouble' && <TroubleNotice trouble={found.trouble} retry={retry} />}
        {found.state === 'loading' && <TimeListWaiting />}
        {none && (
          <div class="empty" role="status">
            <p>{words.say('time.none_in_month', { month: words.month(month) })}</p>
            {nextFree === undefined && <p class="muted">{words.say('time.looking_further')}</p>}
            {nextFree === null && <p class="muted">{words.say('time.none_later', { phone: page.location.phone })}</p>}
            {nextFree && (
              <button type="button" class="button button-quiet" onClick={() => showDay(nextFree)}>
                {words.say('time.next_free', { day: words.day(nextFree) })}
              </button>
            )}
          </div>
        )}
        {days && !none && day && monthOf(day) === month && (
          <TimeList day={day} times={times} chosen={wanted.startsAt} timeZone={timeZone} onPick={onPick} />
        )}
        {fullDay && onFullDay?.(fullDay)}
      </div>
    </div>
  );
}

function dayAt(instant: string, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(instant));
}
