import type { PayingOnline } from '@holdfast/contract/effective-policy';
import type { LocationRules } from '../schedule/location-rules.ts';
import type { RulesMemory } from '../schedule/rules-memory.ts';

/** All that decides what a booking costs and what has to be paid for it, at one version. */
export interface BookingRules extends LocationRules {
  readonly paying: PayingOnline & { readonly connectionId: string | undefined };
}

export type BookingRulesMemory = RulesMemory<BookingRules>;
