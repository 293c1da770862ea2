import type { CalendarAppointment } from '@holdfast/contract/calendar';
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { BoardDeeds } from './board.tsx';
import type { Column } from './board-columns.ts';
import { nextStop, type Standing, type StopKey, stopKeys } from './board-stops.ts';
import { instantAt } from './day-axis.ts';

interface Keys {
  readonly columns: readonly Column[];
  readonly standing: Standing | undefined;
  readonly stepMinutes: number;
  readonly content: RefObject<HTMLElement | null>;
  readonly setStanding: (next: Standing) => void;
  readonly find: (id: string | undefined) => CalendarAppointment | undefined;
  readonly deeds: BoardDeeds;
}

/** Arrows go from place to place, Enter opens or books, M moves, Ctrl+Z takes the last move back. */
export function useBoardKeys({ columns, standing, stepMinutes, content, setStanding, find, deeds }: Keys) {
  const follow = useRef(false);
  useEffect(() => {
    if (!follow.current || !standing) return;
    follow.current = false;
    content.current?.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
  }, [standing, content]);

  const stand = (next: Standing) => {
    follow.current = true;
    setStanding(next);
  };
  const enter = ({ column: key, stop }: Standing) => {
    if (stop.kind === 'block') return deeds.open(stop.id);
    const column = columns.find((one) => one.key === key);
    if (!column) return undefined;
    const [startsAtMs, endsAtMs] = [instantAt(column.day, stop.from), instantAt(column.day, stop.to)];
    return deeds.create({ staffId: column.staff[0]?.id ?? '', startsAtMs, endsAtMs });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="gridcell"]') : null;
    if (!cell) return;
    const place = columns.find(({ key }) => key === cell.closest<HTMLElement>('[data-column]')?.dataset['column']);
    const placed = place?.placed.find(({ appointment }) => appointment.id === cell.dataset['id']);
    // a block that was clicked has the focus, wherever the keyboard stood before
    const here: Standing | undefined =
      place && placed ? { column: place.key, stop: { kind: 'block', id: placed.appointment.id, from: placed.from } } : standing;
    if (!here) return;
    const plain = !event.altKey && !event.ctrlKey && !event.metaKey;
    const appointment = here.stop.kind === 'block' ? find(here.stop.id) : undefined;
    if (plain && (stopKeys as readonly string[]).includes(event.key)) stand(nextStop(columns, here, event.key as StopKey, stepMinutes));
    else if (plain && (event.key === 'Enter' || event.key === ' ')) enter(here);
    else if (plain && event.code === 'KeyM' && appointment) deeds.moveByDialog(appointment);
    else if ((event.ctrlKey || event.metaKey) && event.code === 'KeyZ') deeds.undo();
    else return;
    event.preventDefault();
  };
  return { onKeyDown };
}
