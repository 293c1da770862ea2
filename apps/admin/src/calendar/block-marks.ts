import type { CalendarAppointment } from '@holdfast/contract/calendar';
import type { TextKey } from '../words.tsx';

export type Mark = 'held' | 'waiting' | 'confirmed' | 'arrived' | 'no_show' | 'paying' | 'paid' | 'part_paid' | 'comment' | 'any_staff';

/** What every mark is called: beside the icons, for screen readers, and in the key to the signs. */
export const markTexts: Readonly<Record<Mark, TextKey>> = {
  held: 'calendar.mark.held',
  waiting: 'calendar.mark.waiting',
  confirmed: 'calendar.mark.confirmed',
  arrived: 'calendar.mark.arrived',
  no_show: 'calendar.mark.no_show',
  paying: 'calendar.mark.paying',
  paid: 'calendar.mark.paid',
  part_paid: 'calendar.mark.part_paid',
  comment: 'calendar.mark.comment',
  any_staff: 'calendar.mark.any_staff',
};

type Facts = Pick<CalendarAppointment, 'status' | 'costMinor' | 'paidMinor' | 'hasComment' | 'anyStaff' | 'payment'>;

export function statusMark({ status }: Pick<Facts, 'status'>): Mark {
  return status === 'expired' || status === 'cancelled' ? 'waiting' : status;
}

/** The marks beside the status. That somebody is just paying matters more than what has been paid. */
export function sideMarks({ costMinor, paidMinor, hasComment, anyStaff, payment }: Facts): readonly Mark[] {
  const marks: Mark[] = [];
  if (payment) marks.push('paying');
  else if (paidMinor > 0) marks.push(paidMinor >= costMinor ? 'paid' : 'part_paid');
  if (hasComment) marks.push('comment');
  if (anyStaff) marks.push('any_staff');
  return marks;
}

/** How much fits into a block of so many pixels: a time and a name in one line, then services, then more. */
export function linesIn(height: number): 1 | 2 | 3 {
  if (height < 34) return 1;
  return height < 52 ? 2 : 3;
}

/** "Anna Maria Kovalenko" → "AK" */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) =>
      String.fromCodePoint(word?.codePointAt(0) ?? 32)
        .toUpperCase()
        .trim(),
    )
    .join('');
}

/** Black or white, whichever is easier to read on that colour. */
export function inkOn(color: string): string {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (!hex) return '#ffffff';
  const light = (at: number) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * light(0) + 0.7152 * light(2) + 0.0722 * light(4);
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
