import type { TeamMember, View } from './board-columns.ts';

/** Whose columns are shown. A phone shows one at a time: the first who works that day, until somebody is chosen. */
export function shownStaff(staff: readonly TeamMember[], chosen: readonly string[], view: View, narrow: boolean): readonly TeamMember[] {
  const picked = staff.filter(({ id }) => chosen.includes(id));
  if (view === 'week') return picked.length > 0 ? picked.slice(0, 1) : staff;
  if (!narrow) return picked.length > 0 ? picked : staff;
  const first = picked[0] ?? staff.find(({ hours }) => hours.some(({ works }) => works.length > 0)) ?? staff[0];
  return first ? [first] : [];
}
