import type { CalendarAppointment } from '@holdfast/contract/calendar';
import { describe, expect, it } from 'vitest';
import type { Column } from './board-columns.ts';
import { nextStop, type Standing, standingNow, stopsOf } from './board-stops.ts';

function column(key: string, works: [number, number][], ...blocks: [id: string, from: number, to: number][]): Column {
  return {
    key,
    works: works.map(([from, to]) => ({ from, to })),
    breaks: [],
    blocked: [],
    placed: blocks.map(([id, from, to]) => ({
      appointment: { id } as CalendarAppointment,
      from,
      to,
      busyFrom: from,
      busyTo: to + 10,
      lane: 0,
      lanes: 1,
    })),
  } as unknown as Column;
}
const said = (stops: ReturnType<typeof stopsOf>) => stops.map((stop) => (stop.kind === 'block' ? stop.id : `${stop.from}–${stop.to}`));
const on = (key: string, id: string, from: number): Standing => ({ column: key, stop: { kind: 'block', id, from } });

describe('the places of a column', () => {
  it('are its appointments, and what is free between them, cut at the full hours', () => {
    expect(said(stopsOf(column('a', [[540, 720]], ['x', 570, 600]), 15))).toEqual(['540–570', 'x', '615–660', '660–720']);
  });
  it('are none where nobody works', () => {
    expect(stopsOf(column('a', []), 15)).toEqual([]);
  });
  it('leave out what is shorter than a step, and what lies in a break', () => {
    const day = { ...column('a', [[540, 660]], ['x', 550, 600]), breaks: [{ from: 615, to: 660 }] };
    expect(said(stopsOf(day, 15))).toEqual(['x']);
  });
});

describe('the arrow keys', () => {
  const columns = [column('a', [[540, 600]], ['x', 600, 660]), column('b', []), column('c', [], ['y', 540, 570], ['z', 630, 690])];
  const go = (from: Standing, key: Parameters<typeof nextStop>[2]) => nextStop(columns, from, key, 15);
  it('go sideways to the nearest time, over columns without anything', () => {
    expect(go(on('a', 'x', 600), 'ArrowRight')).toEqual(on('c', 'z', 630));
    expect(go(on('c', 'z', 630), 'ArrowLeft')).toEqual(on('a', 'x', 600));
  });
  it('go up and down, and stop at the ends', () => {
    expect(go(on('a', 'x', 600), 'ArrowUp').stop).toMatchObject({ kind: 'free', from: 540 });
    expect(go(on('a', 'x', 600), 'ArrowDown')).toEqual(on('a', 'x', 600));
    expect(go(on('c', 'z', 630), 'Home')).toEqual(on('c', 'y', 540));
    expect(go(on('c', 'z', 630), 'ArrowRight')).toEqual(on('c', 'z', 630));
  });
  it('follow an appointment that somebody has moved to another column', () => {
    expect(standingNow(columns, on('a', 'z', 600), 0, 15)).toEqual(on('c', 'z', 630));
  });
  it('stay near where an appointment was that is gone', () => {
    expect(standingNow(columns, on('c', 'gone', 640), 0, 15)).toEqual(on('c', 'z', 630));
  });
});
