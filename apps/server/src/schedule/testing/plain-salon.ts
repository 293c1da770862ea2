import { plainLinkSettings } from '@holdfast/contract/link-settings';
import type { Catalog, LocationSettings, Offer, Service, TeamMember } from '../../catalog/catalog.ts';
import { type Hours, type MinuteSpan, workDay } from '../hours.ts';

/** A salon in memory, for tests of rules: what a test does not mention is as plain as possible. */
export interface PlainSalon {
  readonly location?: Partial<LocationSettings>;
  readonly services: Readonly<Record<string, Partial<Service>>>;
  /** Hours by `YYYY-MM-DD` or by ISO weekday (`1`…`7`) or `every`. `does` left out: every service as it is. */
  readonly staff: Readonly<Record<string, PlainPerson>>;
}
export interface PlainPerson {
  readonly online?: boolean;
  readonly does?: Readonly<Record<string, Partial<Offer>>>;
  readonly hours?: Readonly<Record<string, { works: readonly MinuteSpan[]; breaks?: readonly MinuteSpan[] }>>;
}

export function plainSalon(salon: PlainSalon): { catalog: Catalog; hours: Hours } {
  const services = new Map(
    Object.entries(salon.services).map(([serviceId, own]): [string, Service] => [serviceId, { ...plainService, serviceId, ...own }]),
  );
  const staff = new Map(
    Object.entries(salon.staff).map(([staffId, { online = true }]): [string, TeamMember] => [staffId, { ...plainPerson, staffId, online }]),
  );
  const offers = new Map<string, ReadonlyMap<string, Offer>>();
  const week = new Map<string, Map<number, ReturnType<typeof workDay>>>();
  const days = new Map<string, Map<string, ReturnType<typeof workDay>>>();
  for (const [staffId, person] of Object.entries(salon.staff)) {
    const does = person.does ?? Object.fromEntries([...services.keys()].map((id) => [id, {}]));
    offers.set(
      staffId,
      new Map(
        Object.entries(does).map(([serviceId, own]): [string, Offer] => {
          const service = services.get(serviceId) as Service;
          return [serviceId, { ...service, staffId, serviceId, ...own, online: service.online && (person.online ?? true) }];
        }),
      ),
    );
    week.set(staffId, new Map());
    days.set(staffId, new Map());
    for (const [when, { works, breaks = [] }] of Object.entries(person.hours ?? {})) {
      if (when.includes('-')) days.get(staffId)?.set(when, workDay(works, breaks));
      else for (const weekday of when === 'every' ? [1, 2, 3, 4, 5, 6, 7] : [Number(when)]) week.get(staffId)?.set(weekday, workDay(works, breaks));
    }
  }
  return {
    catalog: {
      version: 1n,
      chain: { chainId: 'chn', slug: 'chain', name: 'Chain', demo: false },
      location: { ...plainLocation, ...salon.location },
      company: undefined,
      links: [
        { linkId: 'lnk', slug: 'main', isDefault: true, settings: plainLinkSettings, consentVersion: 1, measurementId: null, allowedOrigins: [] },
      ],
      categories: [],
      services,
      staff,
      offers,
    },
    hours: { week, days },
  };
}

const plainLocation: LocationSettings = {
  chainId: 'chn',
  locationId: 'loc',
  slug: 'salon',
  name: 'Salon',
  country: 'UA',
  currency: 'UAH',
  timeZone: 'Europe/Kyiv',
  defaultLanguage: 'uk',
  languages: ['uk'],
  address: '',
  phone: '',
  position: 0,
  precedence: 'strict',
  stepMinutes: 30,
  leadMinutes: 0,
  horizonDays: 60,
  offerMinutes: 60,
  anyStaff: true,
  processingExtensionMinutes: 30,
  holdsPerPhone: 2,
  holdsPerAddressPerHour: 5,
  holdsSharePercent: 30,
  cancellation: { steps: [{ hours: 24, percent: 100 }], afterPercent: 0, noShowPercent: 0, cancelOnline: { unprepaid: 0, prepaid: 0 } },
  terms: {},
  termsVersion: 1,
};
const plainService: Service = {
  serviceId: '',
  kind: 'appointment',
  places: null,
  membership: 'payment',
  categoryId: 'cat',
  name: 'Haircut',
  description: '',
  priceMinMinor: 50_000n,
  priceMaxMinor: 50_000n,
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  tax: undefined,
  onlinePayment: 'not_available',
  cancellation: null,
  online: true,
  archived: false,
};
const plainPerson: TeamMember = {
  staffId: '',
  name: 'Anna',
  position: '',
  about: '',
  color: '#000000',
  onlinePayment: 'not_available',
  online: true,
  archived: false,
};
