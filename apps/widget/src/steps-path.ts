import type { MembershipUse } from '@holdfast/contract/membership-use';
import type { WidgetSettings } from '@holdfast/contract/widget-settings';
import { type BookingDraft, currentAppointment, isComplete, phoneAsked } from './booking-draft.ts';
import type { TextKey } from './words.tsx';

export const steps = ['services', 'staff', 'time', 'event', 'details', 'phone', 'membership', 'payment'] as const;
export type Step = (typeof steps)[number];

/** All that decides which steps there are and how far somebody has come. */
export interface WayFacts {
  widget: Pick<WidgetSettings, 'first' | 'asksStaff' | 'phoneConfirmation'>;
  draft: BookingDraft;
  contactIsGood: boolean;
  paysOnline: boolean;
  /** What is chosen says of memberships, and whether that is settled. */
  memberships: MembershipUse;
  coverIsGood: boolean;
}

interface StepRule {
  /** It is about the one appointment that is being picked, not about the booking as a whole. */
  picks?: boolean;
  /** Left out: always. */
  isOn?: (facts: WayFacts) => boolean;
  /** What it asks for is there: the step after it can be reached. */
  isDone: (facts: WayFacts) => boolean;
  /** What the bar says while it is not done; left out: the step itself says so when somebody tries to go on. */
  missing?: TextKey;
}

const here = ({ draft }: WayFacts) => currentAppointment(draft);

/** A new step is a line here, its place in `wayOf` and its part in steps/step-parts.tsx. */
export const stepRules: Readonly<Record<Step, StepRule>> = {
  services: { picks: true, isDone: (facts) => here(facts).serviceIds.length > 0, missing: 'bar.choose_service' },
  staff: { picks: true, isOn: ({ widget }) => widget.asksStaff, isDone: (facts) => here(facts).staff !== null, missing: 'bar.choose_staff' },
  time: { picks: true, isDone: (facts) => here(facts).startsAt !== null, missing: 'bar.choose_time' },
  // a link names only its id: the rest comes with the list
  event: { picks: true, isDone: ({ draft }) => Boolean(draft.event?.startsAt), missing: 'bar.choose_event' },
  details: { isDone: ({ contactIsGood }) => contactIsGood },
  phone: {
    // memberships belong to whoever has the phone
    isOn: (facts) => phoneIsDemanded(facts) || facts.memberships !== 'payment',
    isDone: (facts) => phoneAsked(facts.draft)?.proof !== undefined || goesWithoutMembership(facts),
    missing: 'bar.confirm_phone',
  },
  membership: {
    isOn: (facts) => facts.memberships !== 'payment' && !goesWithoutMembership(facts),
    isDone: ({ coverIsGood }) => coverIsGood,
    missing: 'bar.need_membership',
  },
  payment: { isOn: ({ paysOnline }) => paysOnline, isDone: () => false },
};

function phoneIsDemanded({ widget: { phoneConfirmation }, draft, paysOnline, memberships }: WayFacts): boolean {
  return (
    (draft.balanceWanted && paysOnline) ||
    memberships === 'members' ||
    phoneConfirmation === 'always' ||
    (phoneConfirmation === 'before_payment' && paysOnline)
  );
}

/** Whether the phone would be confirmed for the sake of a membership alone, which the client may well not have. */
export const phoneIsForMembership = (facts: WayFacts): boolean => facts.memberships === 'either' && !phoneIsDemanded(facts);

/** Nobody is sent a code who did not ask for it: most of those who may use a membership have none. */
function goesWithoutMembership(facts: WayFacts): boolean {
  return phoneIsForMembership(facts) && phoneAsked(facts.draft) === null;
}

const picksInOrder: Readonly<Record<WidgetSettings['first'], readonly Step[]>> = {
  service: ['services', 'staff', 'time'],
  staff: ['staff', 'services', 'time'],
  time: ['time', 'services', 'staff'],
};

/** The steps of this booking, in order. */
export function wayOf(facts: WayFacts): readonly Step[] {
  const picks: readonly Step[] = facts.draft.event ? ['event'] : picksInOrder[facts.widget.first];
  const way: readonly Step[] = [...picks, 'details', 'phone', 'membership', 'payment'];
  return way.filter((step) => stepRules[step].isOn?.(facts) ?? true);
}

/** The furthest step at or before the wanted one that makes sense with what is chosen so far: an address bar can ask for anything. */
export function reachableStep(wanted: Step, facts: WayFacts): Step {
  const way = wayOf(facts);
  // a second appointment that is only begun does not stand in the way of the first
  const picked = !facts.draft.event && !stepRules[wanted].picks && facts.draft.appointments.some(isComplete);
  const stop = way.find((step) => step === wanted || (!(picked && stepRules[step].picks) && !stepRules[step].isDone(facts)));
  return stop ?? way.at(-1) ?? 'details';
}

export function stepOfHash(hash: string): Step | null {
  return steps.find((step) => `#${step}` === hash) ?? null;
}

/** Where somebody goes on who comes back, or comes by a link that has chosen something already. */
export function furthestStep(facts: WayFacts): Step {
  return wayOf(facts).find((step) => stepRules[step].picks && !stepRules[step].isDone(facts)) ?? 'details';
}
