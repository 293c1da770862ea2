import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import type { MembershipUse } from '@holdfast/contract/membership-use';
import type { MembershipCover } from '@holdfast/contract/memberships';
import type { PickedBalance } from './balance.ts';

/** A team member's id, or this word for "whoever is free". */
export const anyStaff = 'any';

/** One appointment while the client is still picking it. */
export interface PickedAppointment {
  serviceIds: string[];
  /** A team member's id, `any`, or null while not chosen. */
  staff: string | null;
  /** RFC 3339, or null while not chosen. */
  startsAt: string | null;
  /** The time that has just gone to somebody else: the next one is looked for around it. */
  around?: string;
}

export interface Contact {
  name: string;
  phone: string;
  email: string;
  comment: string;
  terms: boolean;
  /** What the booking link asks to agree to besides the terms. */
  privacy: boolean;
}

/** What the booking link makes of picking: whether a time is chosen before what and who, and whether anybody is asked with whom. */
export interface PickingWay {
  timeFirst: boolean;
  asksStaff: boolean;
}

/** Places at a group event, while the client is choosing them; no id yet: only that it is to be an event. */
export interface PickedEvent {
  eventId: string;
  places: number;
  serviceId: string;
  title: string;
  staffName: string;
  startsAt: string;
  /** Of one place. */
  priceMinMinor: number;
  priceMaxMinor: number;
  membership: MembershipUse;
  cancellation: CancellationPolicy | null;
}

/** What the client's memberships cover of what is chosen. */
export interface Cover {
  /** Of which choice, by which phone: see `coverKey`. */
  key: string;
  services: MembershipCover['services'];
}

/** Everything a client has chosen and typed. It outlives reloads, the back button and a time that someone else took. */
export interface BookingDraft {
  /** One per booking; the server repeats or moves the booking of a draft it knows instead of making a second one. */
  draftId: string;
  way: PickingWay;
  appointments: PickedAppointment[];
  /** Instead of them. */
  event: PickedEvent | null;
  /** Which appointment the steps of picking are about. */
  current: number;
  contact: Contact;
  /** Services with online payment "available" whose box is ticked, as `appointment/service`. */
  ticked: string[];
  /** The phone that was sent a code for this booking, as it was typed, and what confirming it answered. */
  phone: PhoneAsked | null;
  /** What was said of memberships, after the phone was confirmed. */
  cover: Cover | null;
  /** Services that a membership could cover and that the client would rather pay, as `appointment/service`. */
  paid: string[];
  /** Money with the salon that the client may pay with, after the phone was confirmed. */
  balance: PickedBalance | null;
  /** They have asked for it: their phone is to be confirmed for that. */
  balanceWanted: boolean;
  /** The booking this draft has become. It can still be moved while it is held and unpaid. */
  made: { token: string; holdExpiresAt: string | null } | null;
}

export interface PhoneAsked {
  typed: string;
  /** As the server understood it. */
  shown: string;
  /** On the server's clock. */
  resendAt: string;
  proof?: string;
}

export type DraftAction =
  | { type: 'services_chosen'; serviceIds: string[]; staff: string | null }
  | { type: 'staff_chosen'; staff: string }
  | { type: 'time_chosen'; startsAt: string }
  | { type: 'times_gone'; index: number | null }
  | { type: 'appointment_added' }
  | { type: 'appointment_opened'; index: number }
  | { type: 'appointment_removed'; index: number }
  | { type: 'unfinished_dropped' }
  | { type: 'preselected'; appointment: PickedAppointment }
  | { type: 'event_picked'; event: PickedEvent | null }
  | { type: 'contact_typed'; change: Partial<Contact> }
  | { type: 'phone_asked'; phone: PhoneAsked | null }
  | { type: 'phone_confirmed'; proof: string }
  | { type: 'cover_known'; cover: Cover | null }
  | { type: 'cover_chosen'; index: number; serviceId: string; on: boolean }
  | { type: 'balance_known'; balance: PickedBalance | null }
  | { type: 'balance_wanted'; wanted: boolean }
  | { type: 'box_ticked'; index: number; serviceId: string; on: boolean }
  | { type: 'became_booking'; token: string; holdExpiresAt: string | null }
  | { type: 'started_anew'; draftId: string };

/** An event is to be chosen: this one, as a link says, or any. */
export function someEvent(eventId = ''): PickedEvent {
  return {
    eventId,
    places: 1,
    serviceId: '',
    title: '',
    staffName: '',
    startsAt: '',
    priceMinMinor: 0,
    priceMaxMinor: 0,
    membership: 'payment',
    cancellation: null,
  };
}

export const mostAppointments = 5;
export const mostServices = 8;

const plainWay: PickingWay = { timeFirst: false, asksStaff: true };
const nothingPicked = ({ asksStaff }: PickingWay): PickedAppointment => ({ serviceIds: [], staff: asksStaff ? null : anyStaff, startsAt: null });

export function newDraft(draftId: string, way: PickingWay = plainWay): BookingDraft {
  return {
    draftId,
    way,
    appointments: [nothingPicked(way)],
    event: null,
    current: 0,
    contact: { name: '', phone: '', email: '', comment: '', terms: false, privacy: false },
    ticked: [],
    phone: null,
    cover: null,
    paid: [],
    balance: null,
    balanceWanted: false,
    made: null,
  };
}

export function currentAppointment(draft: BookingDraft): PickedAppointment {
  return draft.appointments[draft.current] ?? nothingPicked(draft.way);
}

/** The same draft, on the way this page leads: a tab may come from another booking link. */
export function onWay(draft: BookingDraft, way: PickingWay): BookingDraft {
  const staff = way.asksStaff ? null : anyStaff;
  return { ...draft, way, appointments: draft.appointments.map((one) => ({ ...one, staff: one.staff ?? staff })) };
}

export function isComplete(appointment: PickedAppointment): appointment is PickedAppointment & { staff: string; startsAt: string } {
  return appointment.serviceIds.length > 0 && appointment.staff !== null && appointment.startsAt !== null;
}

export function isTicked(draft: BookingDraft, index: number, serviceId: string): boolean {
  return draft.ticked.includes(`${index}/${serviceId}`);
}

/** What the draft is after something happened. Whatever the client typed survives everything except a finished booking. */
export function draftAfter(draft: BookingDraft, action: DraftAction): BookingDraft {
  switch (action.type) {
    case 'services_chosen': {
      const { startsAt } = currentAppointment(draft);
      return withCurrent(draft, { serviceIds: action.serviceIds, staff: action.staff, startsAt: draft.way.timeFirst ? startsAt : null });
    }
    case 'staff_chosen': {
      const before = currentAppointment(draft);
      const keepsTime = draft.way.timeFirst || before.staff === action.staff;
      return withCurrent(draft, { ...before, staff: action.staff, startsAt: keepsTime ? before.startsAt : null });
    }
    case 'time_chosen':
      return withCurrent(draft, { ...currentAppointment(draft), startsAt: action.startsAt });
    case 'times_gone': {
      const gone = action.index ?? draft.appointments.length - 1;
      const current = Math.max(0, Math.min(gone, draft.appointments.length - 1));
      const before = draft.appointments[current] ?? nothingPicked(draft.way);
      return withCurrent({ ...draft, current }, { ...before, startsAt: null, ...(before.startsAt ? { around: before.startsAt } : {}) });
    }
    case 'appointment_added': {
      const { appointments } = dropUnfinished(draft);
      if (appointments.length >= mostAppointments) return { ...draft, appointments };
      return { ...draft, appointments: [...appointments, nothingPicked(draft.way)], current: appointments.length };
    }
    case 'appointment_opened':
      return { ...draft, current: action.index };
    case 'appointment_removed': {
      const left = draft.appointments.filter((_, index) => index !== action.index);
      return { ...draft, appointments: left.length > 0 ? left : [nothingPicked(draft.way)], current: Math.max(0, left.length - 1), ticked: [] };
    }
    case 'unfinished_dropped':
      return dropUnfinished(draft);
    case 'preselected':
      return { ...draft, event: null, appointments: [action.appointment], current: 0, ticked: [] };
    case 'event_picked':
      return { ...draft, event: action.event, ticked: [] };
    case 'contact_typed':
      return { ...draft, contact: { ...draft.contact, ...action.change } };
    case 'phone_asked':
      return { ...draft, phone: action.phone };
    case 'phone_confirmed':
      return { ...draft, phone: draft.phone && { ...draft.phone, proof: action.proof } };
    case 'cover_known':
      return { ...draft, cover: action.cover };
    case 'cover_chosen': {
      const line = `${action.index}/${action.serviceId}`;
      const others = draft.paid.filter((one) => one !== line);
      return { ...draft, paid: action.on ? others : [...others, line] };
    }
    case 'balance_known':
      return { ...draft, balance: action.balance };
    case 'balance_wanted':
      return { ...draft, balanceWanted: action.wanted };
    case 'box_ticked': {
      const box = `${action.index}/${action.serviceId}`;
      const others = draft.ticked.filter((ticked) => ticked !== box);
      return { ...draft, ticked: action.on ? [...others, box] : others };
    }
    case 'became_booking':
      return { ...draft, made: { token: action.token, holdExpiresAt: action.holdExpiresAt } };
    case 'started_anew':
      // The next booking in this tab is most likely the same person's; the consent is asked for again.
      return { ...newDraft(action.draftId, draft.way), contact: { ...draft.contact, comment: '', terms: false, privacy: false } };
  }
}

/** The code that is under way, or was confirmed, for the phone as it is typed now. */
export function phoneAsked({ phone, contact }: BookingDraft): PhoneAsked | null {
  return phone?.typed === contact.phone.trim() ? phone : null;
}

function withCurrent(draft: BookingDraft, appointment: PickedAppointment): BookingDraft {
  return { ...draft, appointments: draft.appointments.map((other, index) => (index === draft.current ? appointment : other)) };
}

function dropUnfinished(draft: BookingDraft): BookingDraft {
  const complete = draft.appointments.filter(isComplete);
  if (complete.length === 0 || complete.length === draft.appointments.length) return draft;
  return { ...draft, appointments: complete, current: complete.length - 1 };
}
