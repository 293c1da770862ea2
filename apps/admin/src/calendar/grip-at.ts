import type { CalendarAppointment } from '@holdfast/contract/calendar';
import type { Column } from './board-columns.ts';
import { axisMinuteOf } from './day-axis.ts';
import type { Grip } from './drag-target.ts';

/** What lies under the pointer: a block, the lower edge of one, or an empty place of a column. */
export function gripAt(
  { target, clientY }: Pick<MouseEvent, 'target' | 'clientY'>,
  columns: readonly Column[],
  find: (id: string | undefined) => CalendarAppointment | undefined,
  minute: number,
): Grip | undefined {
  if (!(target instanceof Element)) return undefined;
  const place = target.closest<HTMLElement>('[data-column]');
  const day = target.closest<HTMLElement>('.cal-day');
  const column = columns.find(({ key }) => key === place?.dataset['column']);
  if (!column || !day) return undefined;
  const axisMinute = (clientY - day.getBoundingClientRect().top) / minute;
  const appointment = find(target.closest<HTMLElement>('[data-id]')?.dataset['id']);
  if (!appointment) return { kind: 'create', column, anchor: axisMinute };
  if (target.closest('[data-edge]')) return { kind: 'resize', appointment, column };
  return {
    kind: 'move',
    appointment,
    grabbedAt: axisMinute - axisMinuteOf({ length: Number.POSITIVE_INFINITY }, column.day, Date.parse(appointment.startsAt)),
  };
}
