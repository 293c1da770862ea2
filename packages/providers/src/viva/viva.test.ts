import { describe, expect, it } from 'vitest';
import { answering, createdAt, credentials, key, keyWithoutId, listText, order, orderCode, orderText, rowText, standing } from './scripted-viva.ts';

const made = { text: `{"orderCode":${orderCode}}` };
const body = (heard: { body: string } | undefined) => JSON.parse(heard?.body ?? '{}') as Record<string, unknown>;

describe('asking Viva for a page', () => {
  it('tells it everything in one call, the amount in cents and the currency by its number', async () => {
    const { heard, provider } = await answering(({ what }) => (what === 'POST /checkout/v2/orders' ? made : undefined));
    const answer = await provider.createPayment(credentials, { ...order, language: 'pt-BR', clientEmail: 'ana@example.com' });
    expect(answer).toMatchObject({ kind: 'done', value: { providerPaymentId: orderCode, closesAt: order.payableUntil } });
    expect(answer.kind === 'done' && answer.value.pageUrl).toMatch(new RegExp(`/web/checkout\\?ref=${orderCode}$`));
    expect(heard.map(({ what }) => what)).toEqual(['POST /connect/token', 'POST /checkout/v2/orders']);
    expect(body(heard[1])).toMatchObject({
      amount: 5000,
      currencyCode: 978,
      customerTrns: 'Haircut',
      merchantTrns: 'hf1_pay_1',
      customer: { email: 'ana@example.com', requestLang: 'pt-PT' },
      paymentTimeout: 3600,
      sourceCode: '6343',
      disableExactAmount: false,
      disableCash: true,
    });
  });

  it('an order code beyond 2^53 keeps its last digit', async () => {
    const text = '{"orderCode":18446744073709551615}';
    const { provider } = await answering(({ what }) => (what === 'POST /checkout/v2/orders' ? { text } : undefined));
    expect(await provider.createPayment(credentials, order)).toMatchObject({ value: { providerPaymentId: '18446744073709551615' } });
  });

  it.each([
    ['29 cents', { amountMinor: 29n }, 'amount_too_small'],
    ['a currency Viva does not take', { currency: 'UAH' }, 'currency_not_supported'],
    ['more than can be said', { amountMinor: 2n ** 53n }, 'amount_too_large'],
    ['a page whose time is over', { payableUntil: createdAt }, 'too_late_to_pay'],
  ])('%s: it is not asked at all', async (_, changes, code) => {
    const { heard, provider } = await answering(() => undefined);
    expect(await provider.createPayment(credentials, { ...order, ...changes })).toMatchObject({ kind: 'declined', code });
    expect(heard).toEqual([]);
  });

  it('what is left of the time is what the page lives, to the second, and five days at most', async () => {
    let now = new Date('2026-11-21T10:45:00.400Z');
    const { heard, provider } = await answering(({ what }) => (what === 'POST /checkout/v2/orders' ? made : undefined), { now: () => now });
    await provider.createPayment(credentials, order);
    now = new Date('2026-11-01T10:00:00Z');
    await provider.createPayment(credentials, order);
    expect(heard.flatMap((one) => body(one.what.startsWith('POST /checkout') ? one : undefined)['paymentTimeout'] ?? [])).toEqual([900, 432_000]);
  });
});

describe('the token', () => {
  it('is got once, also by many at the same moment, and again shortly before its end', async () => {
    let now = createdAt;
    const { heard, provider } = await answering(({ what }) => (what === 'POST /checkout/v2/orders' ? made : undefined), { now: () => now });
    const create = () => provider.createPayment(credentials, { ...order, payableUntil: new Date('2026-11-22T00:00:00Z') });
    const tokens = () => heard.filter(({ what }) => what === 'POST /connect/token').length;
    await Promise.all([1, 2, 3].map(create));
    expect(tokens()).toBe(1);
    now = new Date(createdAt.getTime() + 58 * 60_000);
    await create();
    expect(tokens()).toBe(1);
    now = new Date(createdAt.getTime() + 59 * 60_000);
    await create();
    expect(tokens()).toBe(2);
    await provider.createPayment({ ...credentials, clientSecret: 'Another1' }, order);
    expect(tokens()).toBe(3);
  });

  it('that Viva has taken back is got anew, once', async () => {
    let given = 0;
    const { heard, provider } = await answering(({ what, authorization }) => {
      if (what === 'POST /connect/token') return { text: `{"access_token":"token-${++given}","expires_in":3600}` };
      return authorization === 'Bearer token-2' ? made : { status: 401, text: '' };
    });
    expect((await provider.createPayment(credentials, order)).kind).toBe('done');
    expect(heard.map(({ what }) => what)).toEqual([
      'POST /connect/token',
      'POST /checkout/v2/orders',
      'POST /connect/token',
      'POST /checkout/v2/orders',
    ]);
  });

  it('that is refused again means bad credentials', async () => {
    const { heard, provider } = await answering(({ what }) => (what === 'POST /checkout/v2/orders' ? { status: 401, text: '' } : undefined));
    expect(await provider.createPayment(credentials, order)).toMatchObject({ kind: 'declined', code: 'bad_credentials' });
    expect(heard.length).toBe(4);
  });
});

describe('testing the connection', () => {
  const connection = (client: boolean, merchant: boolean) =>
    answering(({ what }) => {
      if (what === 'POST /connect/token' && !client) return { status: 400, text: '{"error":"invalid_client"}' };
      if (what !== 'GET /api/messages/config/token') return undefined;
      return merchant ? { text: '{"Key":"ABC"}' } : { status: 401, text: '' };
    });

  it('asks with both pairs, and changes nothing', async () => {
    const { heard, provider } = await connection(true, true);
    const accountId = '716b6039-f22d-4a64-9a17-d374fce5f9e8/demo';
    expect(await provider.testConnection(credentials)).toEqual({
      kind: 'done',
      value: { account: '716b6039-f22d-4a64-9a17-d374fce5f9e8 (demo)', accountId },
    });
    expect(heard.map(({ what }) => what).sort()).toEqual(['GET /api/messages/config/token', 'POST /connect/token']);
    expect(heard.map(({ authorization }) => Buffer.from(authorization?.slice(6) ?? '', 'base64').toString()).sort()).toEqual([
      '716b6039-f22d-4a64-9a17-d374fce5f9e8:9Vr%9;',
      'client1.apps.vivapayments.com:VerySecret1',
    ]);
  });

  it.each([
    [false, true, /^Viva does not take this Client ID.*The Merchant ID and API Key are right\.$/],
    [true, false, /^Viva does not take this Merchant ID.*The Client ID and Client Secret are right\.$/],
    [false, false, /Client ID and Client Secret.*Merchant ID and API Key/],
  ])('says which pair is wrong (client %s, merchant %s)', async (client, merchant, message) => {
    const { provider } = await connection(client, merchant);
    expect(await provider.testConnection(credentials)).toMatchObject({
      kind: 'declined',
      code: 'bad_credentials',
      message: expect.stringMatching(message),
    });
  });

  it('answers the question at the webhook’s address with the key Viva expects', async () => {
    const { provider } = await connection(true, true);
    expect(await provider.answerAddressCheck?.(credentials)).toEqual({ kind: 'done', value: { Key: 'ABC' } });
  });
});

describe('looking at an order', () => {
  it('a currency that the list does not name is asked of the transaction itself', async () => {
    const { provider } = await answering(({ what }) => {
      if (what.startsWith('GET /api/orders/')) return { text: orderText(3) };
      if (what.startsWith('GET /api/transactions/')) return { text: listText(rowText({ CurrencyCode: null })) };
      return what === 'GET /checkout/v2/transactions/trn-1' ? { text: '{"currencyCode":"826"}' } : undefined;
    });
    expect(await provider.readPayment(credentials, key)).toMatchObject({ kind: 'done', value: { state: 'captured', currency: 'GBP' } });
  });

  it('an order that is not there is undefined; a page that says 404 is not Viva, and says nothing', async () => {
    const { provider } = await answering(() => ({ status: 404, text: '{"message":"Order not found"}' }));
    expect(await provider.readPayment(credentials, key)).toEqual({ kind: 'done', value: undefined });
    const { provider: behindProxy } = await answering(() => ({ status: 404, text: '<html>404 - File or directory not found.</html>' }));
    expect((await behindProxy.readPayment(credentials, key)).kind).toBe('unknown');
  });

  it('an order that is paid, of which no payment is shown yet, is not known', async () => {
    const { provider } = await standing(3);
    expect((await provider.readPayment(credentials, key)).kind).toBe('unknown');
  });

  it.each([
    ['a state nobody documents', rowText({ StatusId: 'Q' })],
    ['a currency nobody expects', rowText({ CurrencyCode: '392' })],
    ['half a cent', rowText({ Amount: '50.005' })],
    ['no date', rowText({ InsDate: 'yesterday, perhaps' })],
  ])('%s is not guessed at', async (_, row) => {
    const { provider } = await standing(3, row);
    expect((await provider.readPayment(credentials, key)).kind).toBe('unknown');
  });

  it('without its code it is looked for among those days’ transactions, around the world, and others’ are left alone', async () => {
    const now = () => new Date('2026-11-21T10:20:00Z');
    const strange = '{"TransactionId":"x","StatusId":"unheard of","Amount":"?","MerchantTrns":"somebody else"}';
    const { heard, provider } = await answering(
      ({ what }) => {
        if (what === 'GET /api/transactions/?date=2026-11-22') return { text: listText(strange, rowText()) };
        if (what.startsWith('GET /api/transactions/?date=')) return { text: listText() };
        return what.startsWith('GET /api/orders/') ? { text: orderText(3) } : { text: listText(rowText()) };
      },
      { now },
    );
    expect(await provider.readPayment(credentials, keyWithoutId)).toMatchObject({ value: { state: 'captured', providerPaymentId: orderCode } });
    expect(heard.slice(0, 3).map(({ what }) => what.slice(-10))).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
  });
});

describe('coming back from the page', () => {
  it('the order is named by what Viva appends to the address', async () => {
    const { provider } = await answering(() => undefined);
    expect(provider.returnedPayment?.({ t: 'trn-1', s: orderCode, lang: 'en-GB', eventId: '0', eci: '1' })).toBe(orderCode);
    for (const s of [undefined, '', '1; drop', '9'.repeat(21)]) expect(provider.returnedPayment?.({ s })).toBeUndefined();
  });
});

describe('closing a page', () => {
  it('is not believed before the order says so: Viva also answers "done" for one that was just paid', async () => {
    let paid = false;
    const { provider } = await answering(({ what }) => {
      if (what.startsWith('DELETE')) paid = true;
      if (what.startsWith('GET /api/transactions/')) return { text: paid ? listText(rowText()) : listText() };
      return { text: what.startsWith('DELETE') ? `{"OrderCode":${orderCode},"ErrorCode":0,"Success":true}` : orderText(paid ? 3 : 0) };
    });
    expect(await provider.closePayment(credentials, key)).toMatchObject({ kind: 'done', value: { state: 'captured', capturedMinor: 50_00n } });
  });

  it('that stays open all the same is not known', async () => {
    const { provider } = await answering(({ what }) => ({ text: what.includes('transactions') ? listText() : orderText(0) }));
    expect((await provider.closePayment(credentials, key)).kind).toBe('unknown');
  });

  it('of somebody who is being decided about is left to the bank', async () => {
    const { heard, provider } = await standing(0, rowText({ StatusId: 'A' }));
    expect(await provider.closePayment(credentials, key)).toMatchObject({ kind: 'done', value: { state: 'processing' } });
    expect(heard.filter(({ what }) => what.startsWith('DELETE'))).toEqual([]);
  });
});
