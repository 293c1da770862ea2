import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import type { SealingKey } from '../kit/seal.ts';

export interface LinksContext extends BookingContext {
  /** Opens what Google is spoken to with. */
  readonly sealingKey: SealingKey;
}

export interface LinkSettingsContext extends LinksContext {
  /** Whether this location can send an SMS now. */
  readonly smsIsOn: (scope: Scope) => Promise<boolean>;
}
