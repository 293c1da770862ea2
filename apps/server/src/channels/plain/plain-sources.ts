import type { Booking, BookingWish, Choice, Quote, WishedAppointment, WishedEvent } from '@holdfast/contract/booking';
import type { SeenQuote } from '@holdfast/contract/cancellation';
import type { Balance } from '@holdfast/contract/deposits';
import type { PublicEvent } from '@holdfast/contract/events';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type {
  MembershipCover,
  MembershipCoverAsked,
  MembershipPurchase,
  MembershipsOnSale,
  MyMemberships,
  OwnMemberships,
} from '@holdfast/contract/memberships';
import type { MoveByClient, MoveQuote } from '@holdfast/contract/moving';
import type { MyBookings, MyBookingsAsked } from '@holdfast/contract/my-bookings';
import type { PhoneCode, PhoneCodeTry, PhoneCodeWish } from '@holdfast/contract/phone-codes';
import type { DayWaitingWish, WaitingWish } from '@holdfast/contract/waiting';

/** What the widget does over the API, done here by the same deeds. */
export interface PlainSources {
  freeTimes(at: Place, asked: { serviceIds: readonly string[]; staff: string; from: string; days: number }): Promise<FreeTimes>;
  events(at: Place): Promise<readonly PublicEvent[]>;
  quote(at: Place, wishes: { appointments: WishedAppointment[]; event?: WishedEvent }): Promise<Quote>;
  askCode(at: Place, wish: PhoneCodeWish, address: string): Promise<PhoneCode>;
  /** Answers the proof that the booking needs. */
  confirmPhone(at: Place, wish: PhoneCodeTry): Promise<string>;
  book(at: Place, wish: BookingWish, address: string): Promise<Booking>;
  pay(token: string): Promise<string>;
  look(token: string): Promise<void>;
  cancel(token: string, seen: SeenQuote): Promise<void>;
  choose(token: string, appointmentId: string, choice: Choice): Promise<void>;
  quoteMove(token: string, appointmentId: string, wish: Pick<MoveByClient, 'startsAt' | 'staffId'>): Promise<MoveQuote>;
  move(token: string, appointmentId: string, wish: MoveByClient): Promise<void>;
  cover(at: Place, asked: MembershipCoverAsked): Promise<MembershipCover>;
  onSale(at: Place): Promise<MembershipsOnSale>;
  /** Answers where to go and pay; the way back leads to `back`, a path of ours. */
  buyMembership(at: Place, wish: Omit<MembershipPurchase, 'returnTo'>, back: string): Promise<string>;
  ownMemberships(token: string): Promise<OwnMemberships>;
  mine(at: Place, asked: MyBookingsAsked): Promise<Mine>;
  /** Answers where the place in line is seen. */
  joinEvent(at: Place, eventId: string, wish: WaitingWish, address: string): Promise<string>;
  joinDay(at: Place, wish: DayWaitingWish, address: string): Promise<string>;
  sign(parts: readonly string[]): string;
  read(token: string): readonly string[] | undefined;
  /** What nobody but us can read, for an address: it opens where it was made, for what it was made. */
  seal(text: string, use: string): string;
  open(sealed: string, use: string): string | undefined;
}

/** Everything that goes with a telephone. */
export interface Mine {
  readonly bookings: MyBookings;
  readonly memberships: MyMemberships;
  readonly balance: Balance;
}

export interface Place {
  readonly chain: string;
  readonly location: string;
}
