import type { Scope } from '../access/scope.ts';
import type { BookingContext } from '../booking/context.ts';
import type { Live } from '../kit/live.ts';
import type { PublicStreams } from '../kit/public-streams.ts';
import type { SignedLinks } from '../kit/signed-links.ts';

export interface WaitingContext extends BookingContext {
  /** The page of an entry, for whoever waits: the address belongs to one entry. */
  readonly waitingLinks: SignedLinks<'entryId'>;
}

export interface PublicWaitingContext extends WaitingContext {
  scopeOf(chain: string, location: string): Promise<Scope>;
  readonly live: Live;
  readonly streams: PublicStreams;
}
