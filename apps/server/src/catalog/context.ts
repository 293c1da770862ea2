import type { PayingHere } from '@holdfast/contract/catalog';
import type { OnlinePaymentPolicy, OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import type { Place, Who } from '../access/who.ts';
import type { Queryable } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import type { LocationKey } from './catalog.ts';

/** What can be asked for online at a location, and the rule that decides it for a pair. */
export interface PayingTerms {
  readonly here: PayingHere;
  policy(ask: { service: OnlinePaymentStatus; staff: OnlinePaymentStatus; prepayMinor: number }): OnlinePaymentPolicy;
}

/** How much a service or a team member is booked. */
export interface Uses {
  /** There is or was an appointment. */
  readonly ever: boolean;
  /** Appointments still to come. */
  readonly ahead: number;
}

/** What the catalogue has to ask of the rooms above it. Whoever puts the house together wires it. */
export interface CatalogPorts {
  payingAt(key: LocationKey): Promise<PayingTerms>;
  usesOf(q: Queryable, key: LocationKey, of: { serviceId: string } | { staffId: string }, at: Date): Promise<Uses>;
}

export type CatalogContext = Deps & { readonly ports: CatalogPorts };

/** Who changes the catalogue, and where. */
export interface Editor {
  readonly who: Who;
  readonly place: Place;
}
