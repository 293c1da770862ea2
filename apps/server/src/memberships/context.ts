import type { SignedLinks } from '../kit/signed-links.ts';
import type { PaymentsContext } from '../payments/context.ts';

export interface MembershipsContext {
  readonly payments: PaymentsContext;
  /** Links by which a client pays a membership: the address belongs to one membership. */
  readonly membershipLinks: SignedLinks<'membershipId'>;
}
