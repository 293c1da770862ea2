import { messageChannels } from '@holdfast/contract/message-kinds';
import type { SalonRows } from './salon-rows.ts';

const chain_id = 'chn_small';
const location_id = 'loc_small';
const here = { chain_id, location_id };

/** A salon of one person who is there all day and does one thing of each kind: enough for every story. */
export function smallSalon(currency: string, at: Date): SalonRows {
  const service = (service_id: string, online_payment: string, position: number) => ({
    ...here,
    service_id,
    category_id: 'cat_all',
    name: service_id,
    price_min_minor: 50_000,
    price_max_minor: 50_000,
    duration_minutes: 60,
    online_payment,
    position,
  });
  const services = [service('srv_required', 'required', 0), service('srv_available', 'available', 1), service('srv_plain', 'not_available', 2)];
  const location = {
    ...here,
    slug: 'salon',
    name: 'Salon',
    country: 'PT',
    currency,
    time_zone: 'Europe/Lisbon',
    default_language: 'en',
    languages: ['en', 'uk', 'pt'],
    step_minutes: 60,
    lead_minutes: 0,
    terms: { en: 'Be on time.' },
    precedence: 'enabling',
    created_at: at,
  };
  const weekdays = [1, 2, 3, 4, 5, 6, 7];
  return {
    chainId: chain_id,
    locationId: location_id,
    chainSlug: 'small',
    locationSlug: 'salon',
    currency,
    channels: messageChannels.map((channel) => ({ channel, sender: 'Salon' })),
    tables: [
      { table: 'chains', rows: [{ chain_id, slug: 'small', name: 'Small salon', created_at: at }] },
      { table: 'locations', rows: [location] },
      { table: 'company_details', rows: [{ ...here, legal_name: 'Salon Lda', registration_number: '500000000', legal_address: 'Lisbon' }] },
      { table: 'service_categories', rows: [{ ...here, category_id: 'cat_all', name: 'All' }] },
      { table: 'services', rows: services },
      { table: 'staff', rows: [{ ...here, staff_id: 'stf_one', name: 'One' }] },
      { table: 'staff_week_hours', rows: weekdays.map((weekday) => ({ ...here, staff_id: 'stf_one', weekday, works: '{[480,1200)}' })) },
      { table: 'staff_services', rows: services.map(({ service_id }) => ({ ...here, staff_id: 'stf_one', service_id })) },
    ],
  };
}
