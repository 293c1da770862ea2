import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';

export interface WaitingContext extends BookingContext {
  /** The page of an entry, for whoever waits: the address belongs to one entry. */
  readonly waitingLinks: {
    urlOf(chainId: string, entryId: string): string;
    sign(chainId: string, entryId: string): string;
    read(token: string): { chainId: string; entryId: string } | undefined;
  };
}

export interface PublicWaitingContext extends WaitingContext {
  scopeOf(chain: string, location: string): Promise<Scope>;
}
