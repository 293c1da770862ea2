import type { CancellationPolicy } from '@holdfast/contract/cancellation-rules';
import type { LinkSettings } from '@holdfast/contract/link-settings';
import type { MembershipUse } from '@holdfast/contract/membership-use';
import type { OnlinePaymentStatus, Precedence } from '@holdfast/contract/online-payment';
import type { ServiceTax } from '@holdfast/contract/taxes';

/** Names a location. A `Scope` is one; so are the ids that `findLocation` answers. */
export interface LocationKey {
  readonly chainId: string;
  readonly locationId: string;
}

/** A location's settings, as its row in `locations` has them. */
export interface LocationSettings {
  readonly chainId: string;
  readonly locationId: string;
  readonly slug: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 4217. */
  readonly currency: string;
  /** IANA. */
  readonly timeZone: string;
  readonly defaultLanguage: string;
  readonly languages: readonly string[];
  readonly address: string;
  readonly phone: string;
  readonly position: number;
  readonly precedence: Precedence;
  readonly stepMinutes: number;
  readonly leadMinutes: number;
  readonly horizonDays: number;
  /** How long an offer of the waiting list lasts. */
  readonly offerMinutes: number;
  readonly anyStaff: boolean;
  readonly processingExtensionMinutes: number;
  readonly holdsPerPhone: number;
  readonly holdsPerAddressPerHour: number;
  readonly holdsSharePercent: number;
  /** What cancelling means, unless a service has a policy of its own. */
  readonly cancellation: CancellationPolicy;
  /** Language → the words a client agrees to. */
  readonly terms: Readonly<Record<string, string>>;
  readonly termsVersion: number;
}

export interface Company {
  readonly legalName: string;
  readonly registrationNumber: string;
  readonly taxNumber: string;
  readonly legalAddress: string;
  readonly bankDetails: string;
}

export interface Category {
  readonly categoryId: string;
  readonly name: string;
}

export interface Service {
  readonly serviceId: string;
  readonly categoryId: string;
  readonly name: string;
  readonly description: string;
  /** Events have dates and places of their own; they are never found among free times. */
  readonly kind: 'appointment' | 'event';
  /** An event's, unless it says otherwise; null for appointments. */
  readonly places: number | null;
  /** What a client is asked for, with tax. */
  readonly priceMinMinor: bigint;
  readonly priceMaxMinor: bigint;
  readonly tax: ServiceTax | undefined;
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly onlinePayment: OnlinePaymentStatus;
  readonly membership: MembershipUse;
  /** Its own; null: as the location. */
  readonly cancellation: CancellationPolicy | null;
  /** May be booked by clients: online booking is on, and it is not archived. */
  readonly online: boolean;
  readonly archived: boolean;
}

export interface TeamMember {
  readonly staffId: string;
  readonly name: string;
  /** The position's name; empty when there is none. */
  readonly position: string;
  readonly about: string;
  readonly color: string;
  readonly onlinePayment: OnlinePaymentStatus;
  /** May be booked by clients: online booking is on, and they are not archived. */
  readonly online: boolean;
  readonly archived: boolean;
}

/** One service as one team member does it: their own price and length where they have one, else the service's. */
export interface Offer {
  readonly staffId: string;
  readonly serviceId: string;
  readonly priceMinMinor: bigint;
  readonly priceMaxMinor: bigint;
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  /** Both sides may be booked by clients. Offers that may not stay here, for what is booked already. */
  readonly online: boolean;
}

/** A way to the booking page with settings of its own. Archived ones are not among them. */
export interface BookingLink {
  readonly linkId: string;
  readonly slug: string;
  readonly isDefault: boolean;
  readonly settings: LinkSettings;
  readonly consentVersion: number;
  readonly measurementId: string | null;
  readonly allowedOrigins: readonly string[];
}

/** What a location sells and who does it, at one `locations.rules_version`. Maps iterate in the owner's order. */
export interface Catalog {
  readonly version: bigint;
  readonly chain: { readonly chainId: string; readonly slug: string; readonly name: string; readonly demo: boolean };
  readonly location: LocationSettings;
  /** Undefined: not filled in yet, so online payment cannot be switched on (A6). */
  readonly company: Company | undefined;
  /** The default one first. */
  readonly links: readonly [BookingLink, ...BookingLink[]];
  readonly categories: readonly Category[];
  readonly services: ReadonlyMap<string, Service>;
  readonly staff: ReadonlyMap<string, TeamMember>;
  /** Team member → service → offer. */
  readonly offers: ReadonlyMap<string, ReadonlyMap<string, Offer>>;
}
