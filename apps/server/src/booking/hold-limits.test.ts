import { afterEach, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

let app: TestApp;
afterEach(() => app.close());

async function answersAtOnce(limits: { perAddress?: number; perPhone?: number }, phone?: string): Promise<number[]> {
  app = await testApp({
    salon: {
      services: { srv_color: { price: 5000, minutes: 30, status: 'required' } },
      staff: { stf_ana: { status: 'required' }, stf_rui: { status: 'required' } },
      limits,
    },
    connections: 20,
    listen: false,
  });
  const client = clientOf(app);
  const wishes = [];
  for (let n = 0; n < 16; n++) {
    const startsAt = new Date(Date.UTC(2026, 2, 3, 9, n * 30)).toISOString();
    const wish = (await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt }))(n);
    wishes.push(phone ? { ...wish, client: { ...wish.client, phone } } : wish);
  }
  const answers = await Promise.all(wishes.map((wish, n) => client.book(wish, phone ? `10.0.0.${n}` : '10.0.0.1')));
  return answers.map(({ status }) => status).toSorted((a, b) => a - b);
}

test('an address that asks for sixteen times at once holds as many as if it had asked for one after another', async () => {
  expect(await answersAtOnce({ perAddress: 5 })).toEqual([...Array(5).fill(201), ...Array(11).fill(429)]);
});

test('and so does a telephone', async () => {
  expect(await answersAtOnce({ perPhone: 2 }, '+351912345678')).toEqual([...Array(2).fill(201), ...Array(14).fill(429)]);
});
