import { type Column, joined, type Stretch } from './board-columns.ts';

/** A place of a column where the keyboard can stand: an appointment, or a free place of at most an hour. */
export type Stop = { readonly kind: 'block'; readonly id: string; readonly from: number } | ({ readonly kind: 'free' } & Stretch);

/** Where the keyboard stands. */
export interface Standing {
  readonly column: string;
  readonly stop: Stop;
}

export const stopKeys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'] as const;
export type StopKey = (typeof stopKeys)[number];
const PIECE = 60;

/** A column's places from top to bottom. Free is what is worked and not busy, with buffers; a free afternoon is cut at the full hours. */
export function stopsOf({ works, breaks, blocked, placed }: Column, stepMinutes: number): readonly Stop[] {
  const busy = joined([...breaks, ...blocked, ...placed.map(({ busyFrom, busyTo }) => ({ from: busyFrom, to: busyTo }))]);
  const free: Stop[] = [];
  for (const { from, to } of works) {
    const cuts = [{ from: to, to }, ...busy.filter((one) => one.from < to && one.to > from)].sort((a, b) => a.from - b.from);
    let at = from;
    for (const cut of cuts) {
      at = Math.ceil(at / stepMinutes) * stepMinutes;
      while (at + stepMinutes <= cut.from) {
        const end = Math.min(cut.from, (Math.floor(at / PIECE) + 1) * PIECE);
        free.push({ kind: 'free', from: at, to: end });
        at = end;
      }
      at = Math.max(at, cut.to);
    }
  }
  const blocks = placed.map(({ appointment, from }): Stop => ({ kind: 'block', id: appointment.id, from }));
  return [...blocks, ...free].sort((a, b) => a.from - b.from);
}

/** Up and down go through a column's places, left and right to the nearest one of the next column that has any. */
export function nextStop(columns: readonly Column[], now: Standing, key: StopKey, stepMinutes: number): Standing {
  const index = columns.findIndex(({ key: name }) => name === now.column);
  const here = columns[index];
  if (!here) return firstStanding(columns, now.stop.from, stepMinutes) ?? now;
  const stops = stopsOf(here, stepMinutes);
  const at = stops.findIndex((stop) => sameStop(stop, now.stop));
  const stand = (stop: Stop | undefined): Standing => (stop ? { column: here.key, stop } : now);
  if (key === 'Home') return stand(stops[0]);
  if (key === 'End') return stand(stops.at(-1));
  if (key === 'ArrowDown') return stand(at === -1 ? nearest(stops, now.stop.from) : stops[at + 1]);
  if (key === 'ArrowUp') return stand(at === -1 ? nearest(stops, now.stop.from) : stops[Math.max(0, at - 1)]);
  const onward = key === 'ArrowRight' ? columns.slice(index + 1) : columns.slice(0, index).toReversed();
  return firstStanding(onward, now.stop.from, stepMinutes) ?? now;
}

/** Where somebody who comes to the board by keyboard stands first: near that time, in the first column that has anything. */
export function firstStanding(columns: readonly Column[], axisMinute: number, stepMinutes: number): Standing | undefined {
  for (const column of columns) {
    const stop = nearest(stopsOf(column, stepMinutes), axisMinute);
    if (stop) return { column: column.key, stop };
  }
  return undefined;
}

/** The same place on a board that has been read anew; an appointment that has moved is followed. */
export function standingNow(columns: readonly Column[], before: Standing | undefined, axisMinute: number, stepMinutes: number): Standing | undefined {
  if (!before) return firstStanding(columns, axisMinute, stepMinutes);
  const { stop } = before;
  const column = columns.find(({ key }) => key === before.column);
  if (stop.kind === 'block') {
    const holds = (one: Column) => one.placed.some(({ appointment }) => appointment.id === stop.id);
    const now = column && holds(column) ? column : columns.find(holds);
    const placed = now?.placed.find(({ appointment }) => appointment.id === stop.id);
    if (now && placed) return { column: now.key, stop: { kind: 'block', id: stop.id, from: placed.from } };
  }
  if (!column) return firstStanding(columns, stop.from, stepMinutes);
  const stops = stopsOf(column, stepMinutes);
  const found = stops.find((one) => sameStop(one, stop)) ?? nearest(stops, stop.from);
  return found ? { column: column.key, stop: found } : firstStanding(columns, stop.from, stepMinutes);
}

export function sameStop(one: Stop, two: Stop): boolean {
  if (one.kind === 'block' || two.kind === 'block') return one.kind === 'block' && two.kind === 'block' && one.id === two.id;
  return one.from === two.from;
}

function nearest(stops: readonly Stop[], axisMinute: number): Stop | undefined {
  return stops.reduce<Stop | undefined>(
    (best, stop) => (best && Math.abs(best.from - axisMinute) <= Math.abs(stop.from - axisMinute) ? best : stop),
    undefined,
  );
}
