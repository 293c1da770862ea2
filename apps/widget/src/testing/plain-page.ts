import type { LocationPage } from '@holdfast/contract/location-page';
import type { OnlinePaymentPolicy } from '@holdfast/contract/online-payment';

const policy = (status: OnlinePaymentPolicy['status'], reason: OnlinePaymentPolicy['reason']): OnlinePaymentPolicy => ({ status, reason });
const does = (serviceId: string, price: number, durationMinutes: number, how: OnlinePaymentPolicy) => ({
  serviceId,
  priceMinMinor: price,
  priceMaxMinor: price,
  durationMinutes,
  policy: how,
});
const required = policy('required', 'service_required');
const notAvailable = policy('not_available', 'both_not_available');

/** A salon with three services and two people: Anna does all of them, Bea only cuts, faster and cheaper. */
export const plainPage: LocationPage = {
  chain: { slug: 'salon', name: 'Salon', demo: false },
  location: {
    slug: 'centre',
    name: 'Centre',
    address: 'Main street 1',
    phone: '+351 200 000 000',
    country: 'PT',
    currency: 'EUR',
    timeZone: 'Europe/Lisbon',
    defaultLanguage: 'pt',
    languages: ['pt', 'en'],
    anyStaff: true,
    firstDay: '2026-03-02',
    lastDay: '2026-05-01',
    offerMinutes: 60,
    cancellation: { steps: [{ hours: 24, percent: 100 }], afterPercent: 50, noShowPercent: 0, cancelOnline: { unprepaid: 0, prepaid: 0 } },
    terms: { version: 1, text: 'Come in time.' },
    company: null,
  },
  events: false,
  otherLocations: [],
  categories: [{ id: 'hair', name: 'Hair' }],
  services: ['cut', 'colour', 'advice'].map((id) => ({
    id,
    categoryId: 'hair',
    name: id,
    description: '',
    priceMinMinor: 0,
    priceMaxMinor: 0,
    durationMinutes: 30,
    durationMaxMinutes: 60,
    mark: 'not_available',
    membership: 'payment',
    tax: null,
    cancellation: null,
  })),
  staff: [
    {
      id: 'anna',
      name: 'Anna',
      position: 'Stylist',
      about: '',
      color: '#7c6f64',
      mark: 'required',
      services: [does('cut', 5000, 60, required), does('colour', 8000, 90, required), does('advice', 0, 15, notAvailable)],
    },
    {
      id: 'bea',
      name: 'Bea',
      position: 'Stylist',
      about: '',
      color: '#7c6f64',
      mark: 'not_available',
      services: [does('cut', 3000, 45, notAvailable)],
    },
  ],
  widget: {
    link: 'main',
    first: 'service',
    asksStaff: true,
    otherLocations: true,
    fields: { email: 'optional', comment: 'optional' },
    phoneConfirmation: 'off',
    consentVersion: 1,
    privacy: null,
    look: { colors: null, logo: null },
    texts: { welcome: '', afterBooking: '' },
    measurementId: null,
  },
  now: '2026-03-02T09:00:00Z',
};
