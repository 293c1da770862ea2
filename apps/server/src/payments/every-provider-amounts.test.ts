import type { StatusMatrix } from '@holdfast/contract/cashless';
import { providerNamed } from '@holdfast/providers/provider-registry';
import { expect, test } from 'vitest';
import { signInAs } from '../testing/sign-in-as.ts';
import type { TestApp } from '../testing/test-app.ts';
import { everyHouse, everyProvider } from './testing/every-provider.ts';

/** Without decimals, with three, with decimals that are always zero there; and the coins of who takes only some. */
const STRIPE = ['EUR', 'JPY', 'ISK', 'UGX', 'KWD', 'UAH', 'BRL'];
const cases = everyProvider.flatMap((provider) => {
  const { currencies } = providerNamed(provider).capabilities;
  const coins = currencies === 'any' ? STRIPE : currencies.length > 5 ? [...currencies.slice(0, 2), ...currencies.slice(-1)] : currencies;
  return coins.map((currency) => ({ provider, currency }));
});
const LARGEST = 1_000_000_000_000n;

test.concurrent.each(cases)(
  '$provider in $currency: a price below the smallest amount is known before anybody pays, the smallest is paid to the last coin, and the largest is taken or refused in words',
  async ({ provider, currency }) => {
    const smallest = providerNamed(provider).minimumChargeMinor(currency);
    const least = smallest > 0n ? smallest : 1n;
    const house = await everyHouse(provider, { currency, prices: { srv_required: least - 1n, srv_available: least, srv_plain: LARGEST } });
    const owner = await signInAs({ ...house.app, database: house.database, scope: house.scope, clock: house.clock } as unknown as TestApp, 'owner');
    const matrix = await owner.here<StatusMatrix>('GET', 'online-payment-statuses');
    const reason = least === 1n ? 'price_is_zero' : 'below_provider_minimum';
    expect([matrix.status, matrix.body.warnings]).toMatchObject([200, [{ code: reason, serviceId: 'srv_required', staffIds: ['stf_one'] }]]);
    // nobody is asked for what cannot be charged, and the visit is booked all the same
    const free = await house.book(house.us, 'srv_required');
    expect([free.status, free.body.status]).toEqual([201, 'waiting']);

    const cheap = await house.book(house.us, 'srv_available');
    const page = await house.startPayment(cheap.body.token);
    expect([page.status, page.body.amountMinor, page.body.currency]).toEqual([200, Number(least), currency]);
    await house.openPage(page.body);
    const { id } = await house.payment();
    expect(house.sandbox.pay(id)).toBe('captured');
    await house.settle();
    expect(await house.see(cheap.body.token)).toMatchObject({ status: 'confirmed', paidMinor: Number(least) });
    expect(house.sandbox.payments().find((one) => one.id === id)).toMatchObject({ currency, capturedMinor: least });

    const dear = await house.book(house.us, 'srv_plain');
    const asked = await house.startPayment(dear.body.token);
    if (asked.status === 200) {
      await house.openPage(asked.body);
      const { id: there } = await house.payment();
      if (house.sandbox.payments().some((one) => one.id === there)) expect(house.sandbox.pay(there)).toBe('captured');
      await house.settle();
      expect([0, Number(LARGEST)]).toContain((await house.see(dear.body.token)).paidMinor);
    } else {
      expect([asked.status, asked.body.code]).toEqual([502, 'payment_unavailable']);
      expect((await house.see(dear.body.token)).status).toBe('held');
    }
    expect(await house.everyCent()).toEqual([]);
  },
  60_000,
);
