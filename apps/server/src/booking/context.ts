import type { Deps } from '../kit/deps.ts';
import type { SignedLinks } from '../kit/signed-links.ts';
import type { PaymentsContext } from '../payments/context.ts';
import type { BookingRulesMemory } from './booking-rules.ts';

export interface BookingContext extends Deps {
  readonly rules: BookingRulesMemory;
  readonly payments: PaymentsContext;
  /** Makes and reads the token that opens a client's own page. */
  readonly tokens: SignedLinks<'bookingId'>;
  /** Payment links: the address belongs to one appointment and never runs out. */
  readonly links: SignedLinks<'appointmentId'>;
  /** Links by which a client fills an account: the address belongs to one top-up. */
  readonly topUpLinks: SignedLinks<'topUpId'>;
  /** Links by which a client pays a membership: the address belongs to one membership. */
  readonly membershipLinks: SignedLinks<'membershipId'>;
  /** Keyed hash of a network address, so that limits work without keeping addresses. */
  readonly hashAddress: (address: string) => string;
  /** Where clients reach us: origin without a slash at the end. */
  readonly publicUrl: string;
}
