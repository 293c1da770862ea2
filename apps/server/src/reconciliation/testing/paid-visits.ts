import { clientOf } from '../../testing/call.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { testApp } from '../../testing/test-app.ts';
import { wishFor } from '../../testing/wishes.ts';

/** A salon whose visits are prepaid. */
export function paidSalon(wish: { currency?: string; price?: number } = {}): Promise<TestApp> {
  const { currency = 'EUR', price = 4000 } = wish;
  return testApp({
    salon: {
      currency,
      services: { cut: { price, minutes: 60, status: 'required' }, color: { price: price * 2, minutes: 60, status: 'required' } },
      staff: { anna: { status: 'available' }, bea: { status: 'available' }, cleo: { status: 'available' } },
    },
  });
}

let clients = 0;

/** Somebody books and pays online. Answers the name of the payment at the provider. */
export async function payVisit(app: TestApp, { service = 'cut', staff = 'anna', day = 3, hour = 10 } = {}): Promise<string> {
  const client = clientOf(app);
  const startsAt = `2026-03-${String(day).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const wish = await wishFor(app, { serviceIds: [service], staffId: staff, startsAt });
  const { body } = await client.book(wish(++clients));
  const session = client.sessionOf((await client.startPayment(body.token)).body);
  app.sandbox.pay(session);
  await client.comeBack(body.token);
  await app.afterwards();
  return session;
}

export const DAY = 24 * 60;
