import type { Appointment } from '@holdfast/contract/calendar';
import type { StaffStep } from '@holdfast/contract/steps';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at, codeOf, Trouble } from '../api.ts';
import { insistOnCover } from '../memberships/insist-on-cover.ts';
import { type TextKey, useWords } from '../words.tsx';
import { appointmentQuery } from './appointment-query.ts';
import { confirmOutsideHours } from './confirm-outside-hours.ts';
import { clashing, type Drafts, rebased, shownOf, typed, unsaved, without } from './drafts.ts';
import { type PartName, type Parts, partNames, toWantedServices } from './parts.ts';
import { instantOfPlaceTime } from './place-time.ts';

export interface Editing {
  readonly now: Appointment;
  readonly saving: boolean;
  readonly unsaved: readonly PartName[];
  /** Why it cannot be saved as it is typed. */
  readonly notYet: TextKey | undefined;
  readonly trouble: { readonly at: PartName | 'steps' | 'cancellation'; readonly error: unknown } | undefined;
  /** The appointment as I knew it, when somebody else was faster. */
  readonly before: Appointment | undefined;
  shown<K extends PartName>(part: K): Parts[K];
  type<K extends PartName>(part: K, mine: Parts[K]): void;
  /** Saves what is unsaved; undefined when something is in the way, which is then told. */
  save(): Promise<Appointment | undefined>;
  discard(): void;
  /** What the other one did counts; what of mine is about something else stays. */
  takeTheirs(): void;
  seen(): void;
  step(step: StaffStep): Promise<void>;
  /** `refund`: what is proposed to go back. */
  cancel(because: string, refund: 'policy' | 'all' | 'nothing'): Promise<boolean>;
}

/** What somebody does to one appointment. Typed values live here until the server has them: no refusal, refresh or tab change loses them. */
export function useEditing(now: Appointment): Editing {
  const queries = useQueryClient();
  const words = useWords();
  const { say } = words;
  const [drafts, setDrafts] = useState<Drafts>({});
  const [saving, setSaving] = useState(false);
  const [trouble, setTrouble] = useState<Editing['trouble']>();
  const [stale, setStale] = useState<Appointment>();
  const { locationId, id } = now;
  const mine = unsaved(drafts, now);
  const clashes = clashing(drafts, now);
  const [firstClash] = clashes;
  const before = (firstClash && drafts[firstClash]?.base) ?? stale;

  const path = (...more: string[]) => at(locationId, 'appointments', id, ...more);
  const keep = (fresh: Appointment) => {
    queries.setQueryData(appointmentQuery(locationId, id).queryKey, fresh);
    for (const area of ['checkout', 'calendar']) void queries.invalidateQueries({ queryKey: [area, locationId] });
  };
  const refused = async (place: NonNullable<Editing['trouble']>['at'], error: unknown, seen: Appointment) => {
    const code = codeOf(error);
    // what somebody else changed is told at the head of the window, with what to do
    const isTold = code === 'changed_meanwhile' && mine.length > 0;
    setTrouble(isTold ? undefined : { at: place, error });
    if (code === 'changed_meanwhile') setStale(seen);
    if (code === 'changed_meanwhile' || code === 'payment_in_progress' || code === 'step_not_allowed')
      await queries.refetchQueries({ queryKey: ['appointment', locationId, id] });
  };
  /** Asks once more where the time is outside working hours; undefined: no, after all. */
  const insistently = async (send: (outsideHours: boolean) => Promise<Appointment | undefined>) => {
    try {
      return await send(false);
    } catch (error) {
      if (!(error instanceof Trouble) || error.code !== 'outside_hours') throw error;
      if (!(await confirmOutsideHours(error, say))) return undefined;
      return send(true);
    }
  };
  const send = (part: PartName, { version }: Appointment, from: Appointment): Promise<Appointment | undefined> => {
    const { day, time, staffId, durationMinutes } = shownOf(drafts, 'time', from);
    if (part === 'comment') return ask('PUT', path('comment'), { version, comment: shownOf(drafts, 'comment', from) });
    if (part === 'time') {
      const startsAt = instantOfPlaceTime({ day, time }, now.timeZone);
      const put = (outsideHours: boolean) => (more: object) =>
        ask<Appointment>('PUT', path('time'), { version, staffId, startsAt, durationMinutes, outsideHours, ...more });
      return insistently((outsideHours) => insistOnCover(put(outsideHours), words, now.timeZone));
    }
    // the length follows the services, unless it was set by hand
    const byHand = durationMinutes !== (drafts.time?.base ?? from).durationMinutes;
    const services = toWantedServices(shownOf(drafts, 'services', from));
    return insistently((outsideHours) =>
      ask('PUT', path('services'), { version, services, durationMinutes: byHand ? durationMinutes : null, outsideHours }),
    );
  };

  return {
    now,
    saving,
    unsaved: mine,
    notYet: mine.length > 0 ? notYet(drafts, now) : undefined,
    trouble,
    before,
    shown: (part) => shownOf(drafts, part, now),
    type: (part, value) => setDrafts((known) => typed(known, part, value, now)),
    async save() {
      setSaving(true);
      setTrouble(undefined);
      let latest = now;
      let rest = rebased(drafts, now);
      try {
        for (const part of partNames.filter((one) => mine.includes(one))) {
          let fresh: Appointment | undefined;
          try {
            fresh = await send(part, latest, now);
          } catch (error) {
            await refused(part, error, latest);
            return undefined;
          }
          if (!fresh) return undefined;
          latest = fresh;
          rest = rebased(without(rest, [part]), latest);
          keep(latest);
          setDrafts(rest);
        }
        setStale(undefined);
        return latest;
      } finally {
        setSaving(false);
      }
    },
    discard() {
      setDrafts({});
      setTrouble(undefined);
      setStale(undefined);
    },
    takeTheirs() {
      setDrafts(clashes.length > 0 ? without(drafts, clashes) : {});
      setTrouble(undefined);
      setStale(undefined);
    },
    seen() {
      setTrouble(undefined);
      setStale(undefined);
    },
    async step(step) {
      setSaving(true);
      setTrouble(undefined);
      try {
        keep(await ask<Appointment>('POST', path('steps'), { version: now.version, step }));
      } catch (error) {
        await refused('steps', error, now);
      } finally {
        setSaving(false);
      }
    },
    async cancel(because, refund) {
      setSaving(true);
      setTrouble(undefined);
      try {
        keep(await ask<Appointment>('POST', path('cancellation'), { version: now.version, because, refund }));
        return true;
      } catch (error) {
        await refused('cancellation', error, now);
        return false;
      } finally {
        setSaving(false);
      }
    },
  };
}

function notYet(drafts: Drafts, now: Appointment): TextKey | undefined {
  const time = shownOf(drafts, 'time', now);
  const services = shownOf(drafts, 'services', now);
  if (!instantOfPlaceTime(time, now.timeZone)) return 'appointment.not_yet.time';
  if (time.durationMinutes === null || time.durationMinutes < 5 || time.durationMinutes > 1440) return 'appointment.not_yet.length';
  if (services.length === 0) return 'appointment.not_yet.services';
  if (services.some(({ wrong }) => wrong)) return 'appointment.not_yet.price';
  return undefined;
}
