import type { BookingContext } from '../booking/context.ts';
import type { SealingKey } from '../kit/seal.ts';

export interface LinksContext extends BookingContext {
  /** Opens what Google is spoken to with. */
  readonly sealingKey: SealingKey;
}
