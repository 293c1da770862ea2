import type { Calendar, CalendarAppointment } from '@holdfast/contract/calendar';
import type { MoveTo } from '@holdfast/contract/move-rules';
import { type CSSProperties, type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { serverNow } from '../server-clock.ts';
import { useWords } from '../words.tsx';
import { BoardColumn } from './board-column.tsx';
import { columnMaker, type TeamMember, type View } from './board-columns.ts';
import { type Standing, standingNow } from './board-stops.ts';
import { axisMinuteOf, makeAxis, snap } from './day-axis.ts';
import { drag } from './drag.ts';
import { type Grip, sameTarget, type Target } from './drag-target.ts';
import { gripAt } from './grip-at.ts';
import { placeOf } from './put-on-board.ts';
import { sayDay, sayTimes } from './say-appointment.ts';
import { SignSheet } from './signs.tsx';
import { NowLine, TimeAxis } from './time-axis.tsx';
import { useBoardKeys } from './use-board-keys.ts';
import { usePointer } from './use-pointer.ts';
import { mayInsist, type Refusal, refusalTexts } from './why-not.ts';

export interface BoardDeeds {
  /** Why an appointment cannot go there; why nothing new can be there. */
  whyNot(appointment: CalendarAppointment, to: MoveTo): Refusal | undefined;
  whyNotNew(to: MoveTo): Refusal | undefined;
  open(appointmentId: string): void;
  move(appointment: CalendarAppointment, to: MoveTo): void;
  moveByDialog(appointment: CalendarAppointment): void;
  /** Opens the window for a new appointment, or says why there can be none. */
  create(to: MoveTo): void;
  undo(): void;
}

interface Props {
  readonly board: Calendar;
  readonly view: View;
  readonly shown: readonly TeamMember[];
  readonly hourHeight: number;
  readonly deeds: BoardDeeds;
  readonly label: string;
  readonly scroll: RefObject<HTMLDivElement | null>;
}

/** The board of one day or week (give it a key of that): one widget with one tab stop, which hears pointer and keys for all of its blocks. */
export function Board({ board, view, shown, hourHeight, deeds, label, scroll }: Props) {
  const words = useWords();
  const { timeZone, stepMinutes } = board;
  const minute = hourHeight / 60;
  const axis = useMemo(() => makeAxis(timeZone, board.days), [timeZone, board.days]);
  const [makeColumns] = useState(columnMaker);
  const columns = useMemo(() => makeColumns(board, axis, view, shown), [makeColumns, board, axis, view, shown]);
  const content = useRef<HTMLDivElement>(null);
  const ghost = useRef<HTMLDivElement>(null);
  const [wanted, setWanted] = useState<Standing>();
  const openingMinute = useOpeningMinute(board, axis);
  const standing = useMemo(() => standingNow(columns, wanted, openingMinute, stepMinutes), [columns, wanted, openingMinute, stepMinutes]);
  const find = (id: string | undefined) => board.appointments.find((one) => one.id === id);
  const todayIndex = board.days.findIndex(({ startsAt, endsAt }) => Date.parse(startsAt) <= serverNow() && serverNow() < Date.parse(endsAt));

  const tell = (grip: Grip) => (target: Target) => {
    const refusal = grip.kind === 'create' ? deeds.whyNotNew(target) : deeds.whyNot(grip.appointment, target);
    const soft = refusal !== undefined && mayInsist(refusal);
    const who = board.staff.find(({ id }) => id === target.staffId)?.name ?? '';
    const day = view === 'week' ? `${sayDay(words, timeZone, target.startsAtMs)}, ` : '';
    const look = refusal === undefined ? ('fine' as const) : soft ? ('warned' as const) : ('refused' as const);
    return {
      title: `${day}${sayTimes(words, timeZone, target.startsAtMs, target.endsAtMs)} · ${who}`,
      more: refusal ? words.say(refusalTexts[refusal]) : grip.kind === 'create' ? words.say('calendar.new') : grip.appointment.clientName,
      look,
    };
  };
  const begin = (event: PointerEvent) => {
    const grip = gripAt(event, columns, find, minute);
    if (!grip || !scroll.current || !content.current || !ghost.current) return undefined;
    const stage = { scroll: scroll.current, content: content.current, ghost: ghost.current };
    const lifted = grip.kind === 'create' ? [] : stage.content.querySelectorAll(`[data-id="${CSS.escape(grip.appointment.id)}"]`);
    for (const one of lifted) one.setAttribute('data-lifted', '');
    const end = () => {
      for (const one of lifted) one.removeAttribute('data-lifted');
      pointer.ended();
    };
    const drop = (target: Target) => {
      if (grip.kind === 'create') return deeds.create(target);
      // a finger that pressed long and moved nothing asks for what else can be done
      if (event.pointerType === 'touch' && sameTarget(placeOf(grip.appointment), target)) return deeds.moveByDialog(grip.appointment);
      return deeds.move(grip.appointment, target);
    };
    return drag({ stage, columns, axis, stepMinutes, minute, tell: tell(grip), drop, end }, grip, event);
  };
  const hands = useRef({ begin });
  useLayoutEffect(() => {
    hands.current = { begin };
  });
  const pointer = usePointer(scroll, hands);

  const keys = useBoardKeys({
    columns,
    standing,
    stepMinutes,
    content,
    setStanding: setWanted,
    find,
    deeds,
  });
  const onClick = ({ nativeEvent }: React.MouseEvent) => {
    if (pointer.wasDrag() || !(nativeEvent.target instanceof Element)) return;
    const block = nativeEvent.target.closest<HTMLElement>('[data-id]');
    if (block) return deeds.open(block.dataset['id'] ?? '');
    const grip = gripAt(nativeEvent, columns, find, minute);
    if (grip?.kind !== 'create') return;
    const startsAtMs = snap(axis, grip.column.day, grip.anchor, stepMinutes, 'down');
    deeds.create({ staffId: grip.column.staff[0]?.id ?? '', startsAtMs, endsAtMs: startsAtMs + stepMinutes * 60_000 });
  };
  const onContextMenu = (event: React.MouseEvent) => {
    const block = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
    const appointment = find(block?.dataset['id']);
    if (!appointment) return;
    event.preventDefault();
    if (pointer.isDragging()) return;
    deeds.moveByDialog(appointment);
  };

  // once: reading anew must not move what one is looking at
  const openAt = useEffectEvent(() => {
    // newer browsers answer a promise, which must not end up as the effect's clean-up
    scroll.current?.scrollTo(0, Math.max(0, openingMinute * minute - 24));
  });
  useLayoutEffect(() => openAt(), []);
  useKeepPlace(scroll, hourHeight);

  return (
    <>
      <SignSheet />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the grid inside has the role; this scrolls it */}
      <div
        className="cal-scroll"
        ref={scroll}
        onPointerDown={pointer.onPointerDown}
        onClick={onClick}
        onContextMenu={onContextMenu}
        onKeyDown={keys.onKeyDown}
        style={{ '--minute': `${minute}px`, '--columns': columns.length, '--length': axis.length } as CSSProperties}
        data-view={view}
        data-many={columns.length > 8 ? '' : undefined}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: a board is no table of boxes */}
        <div className="cal-content" role="grid" aria-label={label} aria-describedby="cal-keys" ref={content}>
          <TimeAxis axis={axis} />
          {columns.map((column) => (
            <BoardColumn
              key={column.key}
              column={column}
              view={view}
              timeZone={timeZone}
              minute={minute}
              today={axis.days[todayIndex] === column.day}
              stop={standing?.column === column.key ? standing.stop : undefined}
            />
          ))}
          <NowLine axis={axis} dayIndex={todayIndex} timeZone={timeZone} />
          <div className="cal-ghost" ref={ghost} hidden aria-hidden>
            <b />
            <span />
          </div>
        </div>
      </div>
      <p id="cal-keys" className="cal-unseen">
        {words.say('calendar.keys')}
      </p>
    </>
  );
}

/** Where a day is opened: an hour before now or, on other days, where work begins. */
function useOpeningMinute(board: Calendar, axis: ReturnType<typeof makeAxis>): number {
  return useMemo(() => {
    const now = serverNow();
    const today = axis.days.find(({ startsAtMs, endsAtMs }) => startsAtMs <= now && now < endsAtMs);
    if (today && axis.days.length === 1) return Math.max(0, axisMinuteOf(axis, today, now) - 60);
    const begins = board.staff.flatMap(({ hours }) => hours.flatMap(({ works }) => works.map(({ from }) => from)));
    return begins.length > 0 ? Math.min(...begins) : 9 * 60;
  }, [board.staff, axis]);
}

/** Zooming keeps the moment at the top of the board where it is. */
function useKeepPlace(scroll: RefObject<HTMLDivElement | null>, hourHeight: number) {
  const before = useRef(hourHeight);
  useEffect(() => {
    if (scroll.current && before.current !== hourHeight) scroll.current.scrollTop *= hourHeight / before.current;
    before.current = hourHeight;
  }, [scroll, hourHeight]);
}
