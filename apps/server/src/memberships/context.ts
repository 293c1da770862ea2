import type { PaymentsContext } from '../payments/context.ts';

export interface MembershipsContext {
  readonly payments: PaymentsContext;
  /** Links by which a client pays a membership: the address belongs to one membership. */
  readonly membershipLinks: {
    urlOf(chainId: string, membershipId: string): string;
    sign(chainId: string, membershipId: string): string;
    read(token: string): { chainId: string; membershipId: string } | undefined;
  };
}
