import type { Appointment, Calendar, CalendarAppointment, TimeWish } from '@holdfast/contract/calendar';
import { type MoveRefusal, type MoveTo, moveRefusals } from '@holdfast/contract/move-rules';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at, Trouble } from '../api.ts';
import { insistOnCover } from '../memberships/insist-on-cover.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { boardsOf } from './board-query.ts';
import { sameTarget } from './drag-target.ts';
import { eventIn } from './events-on-board.ts';
import { movedTo, onlyBoardParts, placeOf, putOnBoard } from './put-on-board.ts';
import { mayInsist, type Refusal } from './why-not.ts';

/** What the board says after a deed. */
export type Told =
  | { readonly kind: 'moved' | 'undone'; readonly no: number; readonly appointment: CalendarAppointment; readonly undo?: () => void }
  | { readonly kind: 'refused'; readonly no: number; readonly refusal: Refusal }
  | { readonly kind: 'trouble'; readonly no: number; readonly error: unknown };

/** A soft refusal waits for an answer: "book outside working hours?" */
export interface Asked {
  readonly appointment: CalendarAppointment;
  readonly to: MoveTo;
  readonly refusal: MoveRefusal;
}

const MINUTE_MS = 60_000;
let toldSoFar = 0;

/**
 * Moving and resizing: drawn at once, put back with the reason when the server refuses. `judge` is the rule that both sides share; the server has
 * the last word.
 */
export function useMoves(locationId: string, judge: (appointment: CalendarAppointment, to: MoveTo) => Refusal | undefined) {
  const queries = useQueryClient();
  const words = useWords();
  const { timeZone } = useLocationHere();
  const [saving, setSaving] = useState<ReadonlySet<string>>(new Set());
  const [told, setTold] = useState<Told>();
  const [asked, setAsked] = useState<Asked>();
  const boards = { queryKey: boardsOf(locationId) };
  const put = (appointment: CalendarAppointment) => queries.setQueriesData<Calendar>(boards, (board) => board && putOnBoard(board, appointment));
  const nextNo = () => ++toldSoFar;

  const send = async (appointment: CalendarAppointment, to: MoveTo, outsideHours: boolean, undoing = false): Promise<void> => {
    const wish: TimeWish = {
      version: appointment.version,
      staffId: to.staffId,
      startsAt: new Date(to.startsAtMs).toISOString(),
      durationMinutes: Math.round((to.endsAtMs - to.startsAtMs) / MINUTE_MS),
      outsideHours,
    };
    setTold(undefined);
    setSaving((before) => new Set(before).add(appointment.id));
    // a reading that was asked for before would draw it in its old place once more
    await queries.cancelQueries(boards);
    put(movedTo(appointment, to));
    try {
      const event = eventIn(appointment);
      const path = at(locationId, event ? 'events' : 'appointments', appointment.id, 'time');
      const answer = await insistOnCover((more) => ask<Appointment>('PUT', path, { ...wish, ...more }), words, timeZone);
      if (!answer) {
        put(appointment);
        return;
      }
      const after = event ? { ...movedTo(appointment, to), version: answer.version } : onlyBoardParts(answer, appointment);
      put(after);
      const undo = () => void send(after, placeOf(appointment), true, true);
      setTold({ kind: undoing ? 'undone' : 'moved', no: nextNo(), appointment: after, ...(undoing ? {} : { undo }) });
    } catch (error) {
      put(appointment);
      const refusal = softRefusalIn(error);
      if (refusal && !outsideHours) setAsked({ appointment, to, refusal });
      else setTold({ kind: 'trouble', no: nextNo(), error });
    } finally {
      setSaving((before) => new Set([...before].filter((id) => id !== appointment.id)));
      void queries.invalidateQueries(boards);
      for (const area of ['appointment', 'events']) void queries.invalidateQueries({ queryKey: [area, locationId] });
    }
  };

  /** Lets it go there: moves it, asks first, or says why not. */
  const wish = (appointment: CalendarAppointment, to: MoveTo): void => {
    if (sameTarget(placeOf(appointment), to)) return;
    const refusal = judge(appointment, to);
    if (!refusal) void send(appointment, to, false);
    else if (mayInsist(refusal)) setAsked({ appointment, to, refusal });
    else setTold({ kind: 'refused', no: nextNo(), refusal });
  };

  return {
    wish,
    saving,
    told,
    forget: () => setTold(undefined),
    refuse: (refusal: Refusal) => setTold({ kind: 'refused', no: nextNo(), refusal }),
    asked,
    answer: (yes: boolean) => {
      setAsked(undefined);
      if (yes && asked) void send(asked.appointment, asked.to, true);
    },
  };
}

/** The server's clock and hours may differ from what was read: then it asks what the board would have asked. */
function softRefusalIn(error: unknown): MoveRefusal | undefined {
  if (!(error instanceof Trouble) || error.code !== 'outside_hours') return undefined;
  const why = error.detail['reason'] ?? error.detail['why'];
  return moveRefusals.find((one) => one === why) ?? 'after_hours';
}
