import type { Booking, BookingWish, Choice, Quote, WishedAppointment, WishedEvent } from '@holdfast/contract/booking';
import type { SeenQuote } from '@holdfast/contract/cancellation';
import type { PublicEvent } from '@holdfast/contract/events';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type { PhoneCode, PhoneCodeTry, PhoneCodeWish } from '@holdfast/contract/phone-codes';

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
  sign(parts: readonly string[]): string;
  read(token: string): readonly string[] | undefined;
}

export interface Place {
  readonly chain: string;
  readonly location: string;
}
