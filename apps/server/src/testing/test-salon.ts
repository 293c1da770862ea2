import { sql } from 'kysely';
import type { Database } from '../kit/database.ts';

export const SALON = { chainId: 'chn_test', locationId: 'loc_test', chain: 'test', location: 'salon' } as const;

type Status = 'not_available' | 'available' | 'required';

export interface SalonWish {
  readonly at: Date;
  readonly currency?: string;
  readonly timeZone?: string;
  /** id → price in minor units, minutes, status. */
  readonly services: Readonly<Record<string, { price: number; minutes: number; status: Status; bufferAfter?: number }>>;
  /** id → status, own prices. Everybody does everything, every day from 08:00 until 20:00. */
  readonly staff: Readonly<Record<string, { status: Status; prices?: Readonly<Record<string, number>> }>>;
  /** Limits on holding, wide open unless a test is about them. */
  readonly limits?: { perPhone?: number; perAddress?: number; sharePercent?: number };
}

/** A small salon, open all day, for tests: chain `test`, location `salon`. No provider is connected yet. */
export async function openSalon(db: Database, wish: SalonWish): Promise<void> {
  const { chainId, locationId, chain, location } = SALON;
  const { at, currency = 'EUR', timeZone = 'Europe/Lisbon', limits = {} } = wish;
  await db.transaction(async (tx) => {
    await sql`insert into chains (chain_id, slug, name, created_at) values (${chainId}, ${chain}, 'Test chain', ${at})`.execute(tx);
    await sql`
      insert into locations (chain_id, location_id, slug, name, country, currency, time_zone, default_language, languages, step_minutes, lead_minutes, horizon_days,
                             holds_per_phone, holds_per_address_per_hour, holds_share_percent, terms, created_at)
      values (${chainId}, ${locationId}, ${location}, 'Salon', 'PT', ${currency}, ${timeZone}, 'en', '{en,uk,pt}', 15, 0, 60,
              ${limits.perPhone ?? 1000}, ${limits.perAddress ?? 1_000_000}, ${limits.sharePercent ?? 100}, '{"en": "Be on time."}', ${at})`.execute(
      tx,
    );
    await sql`
      insert into company_details (chain_id, location_id, legal_name, registration_number, legal_address)
      values (${chainId}, ${locationId}, 'Salon Lda', '500000000', 'Lisbon')`.execute(tx);
    await sql`insert into service_categories (chain_id, location_id, category_id, name) values (${chainId}, ${locationId}, 'cat_all', 'All')`.execute(
      tx,
    );
    for (const [id, service] of Object.entries(wish.services)) {
      await sql`
        insert into services (chain_id, location_id, service_id, category_id, name, price_min_minor, price_max_minor, duration_minutes, buffer_after_minutes, online_payment)
        values (${chainId}, ${locationId}, ${id}, 'cat_all', ${id}, ${service.price}, ${service.price * 2}, ${service.minutes}, ${service.bufferAfter ?? 0}, ${service.status})`.execute(
        tx,
      );
    }
    let position = 0;
    for (const [id, member] of Object.entries(wish.staff)) {
      await sql`
        insert into staff (chain_id, location_id, staff_id, name, online_payment, position)
        values (${chainId}, ${locationId}, ${id}, ${id}, ${member.status}, ${position++})`.execute(tx);
      await sql`
        insert into staff_week_hours (chain_id, location_id, staff_id, weekday, works)
        select ${chainId}, ${locationId}, ${id}, weekday, '{[480,1200)}' from generate_series(1, 7) weekday`.execute(tx);
      for (const serviceId of Object.keys(wish.services)) {
        const price = member.prices?.[serviceId] ?? null;
        await sql`
          insert into staff_services (chain_id, location_id, staff_id, service_id, price_min_minor, price_max_minor)
          values (${chainId}, ${locationId}, ${id}, ${serviceId}, ${price}, ${price === null ? null : price * 2})`.execute(tx);
      }
    }
  });
}
