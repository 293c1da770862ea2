/** What is asked for first. The rest follows in the order that makes sense after it. */
export const firstSteps = ['service', 'staff', 'time'] as const;
export type FirstStep = (typeof firstSteps)[number];

export const fieldRules = ['off', 'optional', 'required'] as const;
export type FieldRule = (typeof fieldRules)[number];

/** When a client's phone is confirmed by a code: never, only where something is paid online, or for every booking. */
export const phoneConfirmations = ['off', 'before_payment', 'always'] as const;
export type PhoneConfirmation = (typeof phoneConfirmations)[number];

/** Until so many hours before a visit clients do it by themselves; null: never, they have to call. */
export interface ByThemselves {
  readonly unprepaid: number | null;
  readonly prepaid: number | null;
}

export type ByLanguage = Readonly<Partial<Record<string, string>>>;

/** What a booking link is set to. No zod here: the admin app fills its form with it too. */
export interface LinkSettings {
  readonly first: FirstStep;
  readonly asksStaff: boolean;
  /** "Any team member", where the location offers it at all. */
  readonly anyStaff: boolean;
  readonly otherLocations: boolean;
  readonly fields: { readonly email: FieldRule; readonly comment: FieldRule };
  readonly phoneConfirmation: PhoneConfirmation;
  /** Null: nothing is asked besides the terms. */
  readonly privacy: ByLanguage | null;
  /** Null: as the location has it. */
  readonly cancelling: ByThemselves | null;
  readonly moving: ByThemselves;
  /** None: all that the location speaks. */
  readonly languages: readonly string[];
  /** `#rrggbb`; null: the house's own. */
  readonly accent: string | null;
  /** Names a picture. */
  readonly logo: string | null;
  readonly welcome: ByLanguage;
  readonly afterBooking: ByLanguage;
}

/** What a new booking link is set to, and what holds for whatever an older one does not say. */
export const plainLinkSettings: LinkSettings = {
  first: 'service',
  asksStaff: true,
  anyStaff: true,
  otherLocations: true,
  fields: { email: 'optional', comment: 'optional' },
  phoneConfirmation: 'off',
  privacy: null,
  cancelling: null,
  moving: { unprepaid: 0, prepaid: 0 },
  languages: [],
  accent: null,
  logo: null,
  welcome: {},
  afterBooking: {},
};
