import type { Appointment } from '@holdfast/contract/calendar';
import { isSame, type PartName, type Parts, partNames, partsOf } from './parts.ts';

/** What was typed into one part, and the appointment as it was when typing began. */
export type Drafts = { readonly [K in PartName]?: { readonly mine: Parts[K]; readonly base: Appointment } };

/**
 * `clean`: shows what is there. `ahead`: mine is to be saved. `clash`: meanwhile somebody else has changed the same part; nothing of mine is sent
 * before somebody has looked at both.
 */
export type Standing = 'clean' | 'ahead' | 'clash';

export function standingOf(drafts: Drafts, part: PartName, now: Appointment): Standing {
  const draft = drafts[part];
  if (!draft) return 'clean';
  const then = partsOf(draft.base)[part];
  const theirs = partsOf(now)[part];
  if (isSame(draft.mine, then) || isSame(draft.mine, theirs)) return 'clean';
  return isSame(then, theirs) ? 'ahead' : 'clash';
}

/** What the fields of a part show. */
export function shownOf<K extends PartName>(drafts: Drafts, part: K, now: Appointment): Parts[K] {
  const draft = drafts[part] as { mine: Parts[K] } | undefined;
  return draft && standingOf(drafts, part, now) !== 'clean' ? draft.mine : partsOf(now)[part];
}

export function typed<K extends PartName>(drafts: Drafts, part: K, mine: Parts[K], now: Appointment): Drafts {
  const kept = standingOf(drafts, part, now) === 'clean' ? undefined : drafts[part];
  return { ...drafts, [part]: { mine, base: kept?.base ?? now } };
}

export function without(drafts: Drafts, parts: readonly PartName[]): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([part]) => !parts.includes(part as PartName)));
}

/** Mine stays, on what is there now: somebody has looked at both, or the change in between was my own. */
export function rebased(drafts: Drafts, now: Appointment): Drafts {
  const all = partNames.flatMap((part) => {
    const draft = drafts[part];
    return draft && standingOf(drafts, part, now) !== 'clean' ? [[part, { mine: draft.mine, base: now }]] : [];
  });
  return Object.fromEntries(all) as Drafts;
}

export function unsaved(drafts: Drafts, now: Appointment): readonly PartName[] {
  return partNames.filter((part) => standingOf(drafts, part, now) !== 'clean');
}

export function clashing(drafts: Drafts, now: Appointment): readonly PartName[] {
  return partNames.filter((part) => standingOf(drafts, part, now) === 'clash');
}
