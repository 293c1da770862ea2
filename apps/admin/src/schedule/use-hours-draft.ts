import type { DayHours, HoursChange, Schedule, StaleHours } from '@holdfast/contract/schedule';
import { useState } from 'react';
import { same } from '../frame/use-draft.ts';

/** One day of one person: a weekday (1 = Monday) or a date. */
export interface Cell {
  readonly staffId: string;
  readonly day: number | string;
}

export const cellName = ({ staffId, day }: Cell): string => `${staffId} ${day}`;
export const cellOf = (one: { staffId: string; weekday?: number; day?: string }): Cell => ({
  staffId: one.staffId,
  day: one.weekday ?? one.day ?? '',
});

/** What was painted and is not saved yet. Each day keeps what it was painted upon. */
export function useHoursDraft(schedule: Schedule) {
  const [edits, setEdits] = useState<ReadonlyMap<string, HoursChange>>(new Map());
  const saved = ({ staffId, day }: Cell): DayHours | null => {
    const person = schedule.staff.find(({ id }) => id === staffId);
    const kept = typeof day === 'number' ? person?.week.find(({ weekday }) => weekday === day) : person?.days.find((one) => one.day === day);
    return kept ? { works: kept.works, breaks: kept.breaks } : null;
  };
  return {
    edits,
    dirty: edits.size > 0,
    /** As it would be saved now; null: a weekday off, or a date as every week. */
    own: (cell: Cell): DayHours | null => {
      const edit = edits.get(cellName(cell));
      return edit ? edit.becomes : saved(cell);
    },
    isEdited: (cell: Cell) => edits.has(cellName(cell)),
    paint: (painted: readonly (Cell & { readonly becomes: DayHours | null })[]) =>
      setEdits((before) => {
        const next = new Map(before);
        for (const { staffId, day, becomes } of painted) {
          const name = cellName({ staffId, day });
          const was = next.get(name)?.was ?? saved({ staffId, day });
          if (same(was, becomes)) next.delete(name);
          else next.set(name, typeof day === 'number' ? { staffId, weekday: day, was, becomes } : { staffId, day, was, becomes });
        }
        return next;
      }),
    clear: () => setEdits(new Map()),
    /** Drops what was painted on days that somebody else has changed. */
    drop: (stale: readonly StaleHours[]) =>
      setEdits((before) => {
        const next = new Map(before);
        for (const one of stale) next.delete(cellName(cellOf(one)));
        return next;
      }),
    /** Keeps it, upon what they are now. */
    keep: (stale: readonly StaleHours[]) =>
      setEdits((before) => {
        const next = new Map(before);
        for (const one of stale) {
          const edit = next.get(cellName(cellOf(one)));
          if (edit) next.set(cellName(cellOf(one)), { ...edit, was: one.now });
        }
        return next;
      }),
  };
}
export type HoursDraft = ReturnType<typeof useHoursDraft>;
