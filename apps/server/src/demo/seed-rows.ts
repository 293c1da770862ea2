import { currencyExponent } from '@holdfast/contract/currency-exponent';
import { bookingRows, contactOf, number, range } from './booking-rows.ts';
import { type DayHours, type DemoLocation, demoChain, demoId, demoTax, locationId, type Minutes } from './demo-location.ts';
import { fillCalendar } from './fill-calendar.ts';

export type Row = Readonly<Record<string, unknown>>;
/** Table → its rows; the tables stand in the order in which they can be filled. */
export type Rows = ReadonlyMap<string, readonly Row[]>;

/** All that is known about one demo location, as rows. `position` orders the locations. */
export function rowsOf(location: DemoLocation, position: number, now: Date): Rows {
  const chain_id = demoChain.chainId;
  const here = { chain_id, location_id: locationId(location) };
  const minor = (amount: number) => amount * 10 ** currencyExponent(location.currency);
  const calendar = fillCalendar(location, now);
  const id = (kind: string, key: string) => demoId(kind, location, key);
  const { categories, services, staff, clientNames } = location;
  const positions = [...new Set(staff.map((one) => one.position))];

  const tax = demoTax(location);
  const rows = new Map<string, readonly Row[]>([
    [
      'locations',
      [
        {
          ...here,
          slug: location.key,
          name: location.name,
          country: location.country,
          currency: location.currency,
          time_zone: location.timeZone,
          default_language: location.language,
          languages: [location.language, ...Object.keys(location.terms).filter((one) => one !== location.language)],
          address: location.address,
          phone: location.phone,
          position,
          tax_rate_id: tax?.rateId ?? null,
          cancellation: location.cancellation,
          terms: location.terms,
          created_at: now,
        },
      ],
    ],
    [
      'tax_rates',
      tax ? [{ ...here, rate_id: tax.rateId, name: tax.name, basis_points: tax.basisPoints, inclusive: tax.inclusive, made_at: now }] : [],
    ],
    [
      'company_details',
      [
        {
          ...here,
          legal_name: location.company.legalName,
          registration_number: location.company.registrationNumber,
          tax_number: location.company.taxNumber,
          legal_address: location.company.legalAddress,
          bank_details: location.company.bankDetails,
        },
      ],
    ],
    ['service_categories', categories.map(({ key, name }, no) => ({ ...here, category_id: id('cat', key), name, position: no }))],
    [
      'services',
      services.map((one, no) => ({
        ...here,
        service_id: id('srv', one.key),
        category_id: id('cat', one.category),
        name: one.name,
        description: one.description,
        price_min_minor: minor(one.price[0]),
        price_max_minor: minor(one.price[1]),
        duration_minutes: one.minutes,
        buffer_before_minutes: one.bufferBefore ?? 0,
        buffer_after_minutes: one.bufferAfter ?? 0,
        online_payment: one.onlinePayment,
        position: no,
      })),
    ],
    ['positions', positions.map((name, no) => ({ ...here, position_id: id('pos', String(no + 1)), name }))],
    [
      'staff',
      staff.map((one, no) => ({
        ...here,
        staff_id: id('stf', one.key),
        position_id: id('pos', String(positions.indexOf(one.position) + 1)),
        name: one.name,
        about: one.about,
        color: one.color,
        online_payment: one.onlinePayment,
        position: no,
      })),
    ],
    [
      'staff_services',
      staff.flatMap((one) =>
        Object.entries(one.does).map(([key, own]) => ({
          ...here,
          staff_id: id('stf', one.key),
          service_id: id('srv', key),
          price_min_minor: own.price ? minor(own.price[0]) : null,
          price_max_minor: own.price ? minor(own.price[1]) : null,
          duration_minutes: own.minutes ?? null,
        })),
      ),
    ],
    [
      'staff_week_hours',
      staff.flatMap((one) =>
        Object.entries(one.week).map(([day, hours]) => ({ ...here, staff_id: id('stf', one.key), weekday: Number(day), ...multiranges(hours) })),
      ),
    ],
    ['staff_day_hours', calendar.datedHours.map((one) => ({ ...here, staff_id: id('stf', one.staff.key), day: one.day, ...multiranges(one.hours) }))],
    [
      'clients',
      clientNames.map((name, no) => {
        const { phone, email } = contactOf(location, no);
        return {
          chain_id,
          client_id: id('cli', number(no)),
          name,
          phone,
          email,
          language: location.language,
          created_at: new Date(now.getTime() - 90 * 86_400_000),
        };
      }),
    ],
  ]);
  const booked = calendar.appointments.map((appointment, no) => bookingRows(location, here, appointment, number(no)));
  for (const table of ['bookings', 'appointments', 'appointment_services', 'appointment_changes'] as const) {
    rows.set(
      table,
      booked.flatMap((one): readonly Row[] => one[table]),
    );
  }
  const breaks = calendar.breaks.map(({ staff: person, from, to }, no) => ({
    ...here,
    resource_id: id('stf', person.key),
    span: range(from, to),
    source_kind: 'break',
    source_id: id('brk', number(no)),
  }));
  rows.set('occupancy', [...breaks, ...booked.flatMap((one) => one.occupancy)]);
  return rows;
}

function multiranges({ works, breaks }: DayHours): { works: string; breaks: string } {
  const text = (list: readonly Minutes[]) => `{${list.map(([from, to]) => `[${from},${to})`).join(',')}}`;
  return { works: text(works), breaks: text(breaks) };
}
