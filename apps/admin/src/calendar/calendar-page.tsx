import type { CalendarAppointment } from '@holdfast/contract/calendar';
import { localDay } from '@holdfast/contract/move-rules';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { codeOf } from '../api.ts';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow, useServerNow } from '../server-clock.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AskOutsideHours } from './ask-outside-hours.tsx';
import { Board, type BoardDeeds } from './board.tsx';
import { boardQuery } from './board-query.ts';
import { BoardSkeleton } from './board-skeleton.tsx';
import { BoardToast } from './board-toast.tsx';
import './board-columns.css';
import './board-blocks.css';
import './board-drag.css';
import './board-signs.css';
import './board-frame.css';
import { CalendarBar } from './calendar-bar.tsx';
import { addDays, firstOfWeek } from './calendar-days.ts';
import { ConnectionNotice } from './connection-notice.tsx';
import { eventIn } from './events-on-board.ts';
import { freshen } from './freshen.ts';
import { MoveDialog } from './move-dialog.tsx';
import { NobodyHere } from './nobody-here.tsx';
import { shownStaff } from './shown-staff.ts';
import { useCalendarAddress } from './use-calendar-address.ts';
import { useConnection } from './use-connection.ts';
import { useFocusBack } from './use-focus-back.ts';
import { useLive } from './use-live.ts';
import { useMoves } from './use-moves.ts';
import { useZoom } from './use-zoom.ts';
import { type Ground, mayInsist, whyLocked, whyNot, whyNotNew } from './why-not.ts';

// the board is drawn without waiting for the windows over it
const AppointmentWindow = lazy(() => import('../appointment/appointment-window.tsx').then((one) => ({ default: one.AppointmentWindow })));
const NewAppointmentWindow = lazy(() => import('../appointment/new-appointment-window.tsx').then((one) => ({ default: one.NewAppointmentWindow })));

/** The Appointment Calendar: the screen that is open all day. */
export function CalendarPage() {
  const words = useWords();
  const { say } = words;
  const here = useLocationHere();
  const may = useMay();
  const { search, go } = useCalendarAddress();
  const navigate = useNavigate();
  const narrow = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false;
  const zoom = useZoom();
  const today = localDay(here.timeZone, useServerNow(60_000));
  const day = search.day ?? today;
  const view = search.view ?? 'day';
  const [from, days] = view === 'week' ? ([firstOfWeek(day, words.weekStartsOn), 7] as const) : ([day, 1] as const);
  const reading = useQuery(boardQuery(here.id, from, days));
  const board = reading.data;
  const scroll = useRef<HTMLDivElement>(null);
  const live = useLive(here.id, day, (ids) => freshen(scroll.current, ids, saved.current));
  const { lostSinceMs, quiet } = useConnection(reading, live);

  const chosen = useMemo(() => search.staff?.split(',').filter(Boolean) ?? [], [search.staff]);
  const staff = board?.staff;
  const shown = useMemo(() => shownStaff(staff ?? [], chosen, view, narrow), [staff, chosen, view, narrow]);
  const ground = useRef<Ground>({ may: { edit: false, onlyStaffId: null }, offline: false, saving: new Set() });
  const moves = useMoves(here.id, (appointment, to) => board && whyNot(board, ground.current, serverNow(), appointment, to));
  const saved = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    ground.current = {
      may: { edit: may('calendar.edit'), onlyStaffId: may('calendar.see_all') ? null : (here.staffId ?? '') },
      offline: lostSinceMs !== undefined,
      saving: moves.saving,
    };
    if (moves.saving.size > 0) saved.current = moves.saving;
  });
  const [moving, setMoving] = useState<CalendarAppointment>();
  useFocusBack(scroll, search.appointment ?? moving?.id ?? moves.asked?.appointment.id ?? search.new);

  const title = view === 'week' ? `${words.shortDay(from)} – ${words.shortDay(addDays(from, 6))}` : words.day(day);
  useEffect(() => {
    document.title = `${title} · ${say('calendar.title')} · Holdfast`;
  }, [title, say]);

  const deeds: BoardDeeds = {
    whyNot: (appointment, to) => board && whyNot(board, ground.current, serverNow(), appointment, to),
    whyNotNew: (to) => board && whyNotNew(board, ground.current, serverNow(), to),
    open: (id) => {
      const one = board?.appointments.find((each) => each.id === id);
      if (one && eventIn(one)) void navigate({ to: `/${here.slug}/events/${id}` as never });
      else go({ appointment: id, new: undefined });
    },
    move: moves.wish,
    moveByDialog: (appointment) => {
      const refusal = whyLocked(ground.current, serverNow(), appointment);
      if (refusal) moves.refuse(refusal);
      else setMoving(appointment);
    },
    create: ({ staffId, startsAtMs, endsAtMs }) => {
      const refusal = board && whyNotNew(board, ground.current, serverNow(), { staffId, startsAtMs, endsAtMs });
      if (refusal && !mayInsist(refusal)) moves.refuse(refusal);
      else go({ new: `${staffId}~${new Date(startsAtMs).toISOString()}`, appointment: undefined });
    },
    undo: () => moves.told?.kind === 'moved' && moves.told.undo?.(),
  };
  const [newStaffId, newStartsAt] = search.new?.split('~') ?? [];
  const nameOf = (staffId: string | undefined) => board?.staff.find(({ id }) => id === staffId)?.name ?? '';
  const refused = ['right_missing', 'not_signed_in', 'not_found'].includes(codeOf(reading.error) ?? '');

  return (
    <div className="cal-page">
      <div className="cal-top">
        <h1>
          {say('calendar.title')} <span>{title}</span>
        </h1>
        <CalendarBar
          day={day}
          today={today}
          view={view}
          staff={board?.staff ?? []}
          chosen={narrow && view === 'day' ? shown.map(({ id }) => id) : chosen}
          narrow={narrow}
          zoom={zoom}
          onDay={(next) => go({ day: next === today ? undefined : next }, true)}
          onStep={(by) => go({ day: addDays(day, by * days) }, true)}
          onView={(next) => go({ view: next === 'week' ? 'week' : undefined })}
          onStaff={(ids) => go({ staff: ids.join(',') || undefined }, true)}
        />
        <div className="cal-below">
          <ConnectionNotice lostSinceMs={lostSinceMs} quiet={quiet} timeZone={here.timeZone} />
          {reading.error && lostSinceMs === undefined && (
            <TroubleNotice error={reading.error} onRetry={refused ? undefined : () => void reading.refetch()} />
          )}
          {board && <NobodyHere board={board} shown={shown} />}
        </div>
      </div>
      {board && !refused
        ? board.staff.length > 0 && (
            <Board
              key={`${from} ${view}`}
              board={board}
              view={view}
              shown={shown}
              hourHeight={zoom.hourHeight}
              deeds={deeds}
              scroll={scroll}
              label={say('calendar.board', { days: title })}
            />
          )
        : reading.isPending && <BoardSkeleton />}
      <BoardToast told={moves.told} timeZone={here.timeZone} staff={board?.staff ?? []} onGone={moves.forget} />
      {moves.asked && <AskOutsideHours asked={moves.asked} name={nameOf(moves.asked.to.staffId)} onAnswer={moves.answer} />}
      {moving && board && (
        <MoveDialog
          locationId={here.id}
          appointment={moving}
          staff={board.staff.filter(({ archived, id }) => !archived || id === moving.staffId)}
          timeZone={board.timeZone}
          stepMinutes={board.stepMinutes}
          whyNot={(there, to) => whyNot(there, ground.current, serverNow(), moving, to)}
          onMove={(to) => moves.wish(moving, to)}
          onClose={() => setMoving(undefined)}
        />
      )}
      <Suspense>
        {search.appointment && <AppointmentWindow appointmentId={search.appointment} onClose={() => go({ appointment: undefined })} />}
        {search.new && <NewAppointmentWindow staffId={newStaffId || undefined} startsAt={newStartsAt} onClose={() => go({ new: undefined })} />}
      </Suspense>
    </div>
  );
}
