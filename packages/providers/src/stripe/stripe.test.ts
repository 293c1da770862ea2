import { describe, expect, it } from 'vitest';
import { providerNamed, providerNames } from '../provider-registry.ts';
import { answering, createdAt, credentials, error, key, keyWithoutId, order, paid, paidSession, type Said, session } from './scripted-stripe.ts';
import { createStripeProvider } from './stripe.ts';

describe('a call to Stripe', () => {
  it('carries the key, the pinned version, our idempotency key and the order in Stripe’s words', async () => {
    const { heard, provider } = await answering(() => ({ json: session() }));
    const opened = await provider.createPayment(credentials, order);
    expect(opened).toEqual({
      kind: 'done',
      value: { providerPaymentId: 'cs_1', pageUrl: 'https://checkout.stripe.com/c/pay/cs_1', closesAt: new Date(1795258800_000) },
    });
    const [call] = heard;
    expect(call?.url.pathname).toBe('/v1/checkout/sessions');
    expect(call?.headers).toMatchObject({
      authorization: 'Bearer sk_test_VerySecret1',
      'stripe-version': '2026-10-28.endive',
      'idempotency-key': 'idem_1',
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(Object.fromEntries(call?.form ?? [])).toMatchObject({
      mode: 'payment',
      'line_items[0][price_data][currency]': 'eur',
      'line_items[0][price_data][unit_amount]': '5000',
      'line_items[0][quantity]': '1',
      client_reference_id: 'hf1_pay_1',
      'payment_intent_data[metadata][holdfast_reference]': 'hf1_pay_1',
      'allowed_payment_method_types[0]': 'card',
      expires_at: String(order.payableUntil.getTime() / 1000),
    });
  });

  it('made again is the same to the last byte', async () => {
    const { heard, provider } = await answering(() => ({ json: session() }));
    await provider.createPayment(credentials, order);
    await provider.createPayment(credentials, order);
    expect(heard[1]?.form.toString()).toBe(heard[0]?.form.toString());
    expect(heard[1]?.headers['idempotency-key']).toBe(heard[0]?.headers['idempotency-key']);
  });

  it('asks nobody about an amount that cannot be charged', async () => {
    const { heard, provider } = await answering(() => ({ json: session() }));
    const odd = { ...order, currency: 'KWD', amountMinor: 1234n, lines: [{ text: 'Haircut', amountMinor: 1234n }] };
    expect(await provider.createPayment(credentials, odd)).toMatchObject({ kind: 'declined', code: 'amount_not_chargeable' });
    const refund = { providerPaymentId: 'cs_1', currency: 'KWD', idempotencyKey: 'r', reference: 'x', createdAt, refundedBeforeMinor: 0n };
    expect(await provider.refundPayment(credentials, { ...refund, amountMinor: 1234n })).toMatchObject({ kind: 'declined' });
    expect(await provider.refundPayment(credentials, { ...refund, amountMinor: 0n })).toMatchObject({ kind: 'declined' });
    expect(heard).toEqual([]);
  });
});

describe('secrets', () => {
  it('never come back in a message, whoever wrote it', async () => {
    const message = 'Bad key sk_test_VerySecret1 and whsec_VerySecret2, also rk_live_SomebodyElses9';
    const { provider } = await answering(() => error(401, { message }));
    const told = JSON.stringify(await provider.createPayment(credentials, order));
    expect(told).toContain('Bad key');
    for (const secret of ['VerySecret1', 'VerySecret2', 'SomebodyElses9']) expect(told).not.toContain(secret);
  });

  it('never come back either when they look like nothing of Stripe’s', async () => {
    const { provider } = await answering(() => error(400, { message: 'no such thing: old+Style.Secret' }));
    const told = JSON.stringify(await provider.createPayment({ ...credentials, secretKey: 'old+Style.Secret' }, order));
    expect(told).toContain('no such thing');
    expect(told).not.toContain('Style');
  });

  it('that are missing are an error of ours, not an answer of Stripe’s', async () => {
    const provider = createStripeProvider();
    await expect(provider.createPayment({}, order)).rejects.toThrow(/no secretKey/);
    await expect(provider.readPayment({ ...credentials, secretKey: '  ' }, key)).rejects.toThrow(/no secretKey/);
    const webhook = { headers: {}, rawBody: new Uint8Array(), now: createdAt, address: { came: undefined, ours: 'x' } };
    await expect(provider.verifyWebhook({ ...credentials, signingSecret: '' }, webhook)).rejects.toThrow(/no signingSecret/);
  });

  it('are told apart from what may be shown, and a key in the wrong field is noticed', () => {
    const { credentialsShape } = createStripeProvider();
    expect(Object.entries(credentialsShape.shape).map(([name, shape]) => [name, shape.meta()?.['secret']])).toEqual([
      ['publishableKey', false],
      ['secretKey', true],
      ['signingSecret', true],
    ]);
    expect(credentialsShape.safeParse(credentials).success).toBe(true);
    expect(credentialsShape.safeParse({ ...credentials, secretKey: 'rk_live_1' }).success).toBe(true);
    for (const wrong of ['pk_test_Public1', ' sk_test_1', 'sk_test_1\n', '']) {
      expect(credentialsShape.safeParse({ ...credentials, secretKey: wrong }).success).toBe(false);
    }
  });
});

describe('finding a payment whose answer never came', () => {
  const row = (id: string, changes: Record<string, unknown> = {}) => ({ ...session(), id, client_reference_id: 'somebody_else', ...changes });

  it('goes through every page since shortly before we asked, and knows ours by our reference', async () => {
    const { heard, provider } = await answering(({ url }) => {
      if (url.pathname.endsWith('/cs_ours')) return { json: session({ id: 'cs_ours' }) };
      const second = url.searchParams.get('starting_after') === 'cs_b';
      const data = second ? [row('cs_ours', { client_reference_id: 'hf1_pay_1' })] : [row('cs_a'), row('cs_b')];
      return { json: { object: 'list', url: '/v1/checkout/sessions', has_more: !second, data } };
    });
    const found = await provider.readPayment(credentials, keyWithoutId);
    expect(found).toMatchObject({ kind: 'done', value: { providerPaymentId: 'cs_ours', state: 'open' } });
    expect(heard[0]?.url.searchParams.get('created[gte]')).toBe(String(createdAt.getTime() / 1000 - 120));
    expect(heard).toHaveLength(3);
  });

  it('prefers the one that was paid when there are several', async () => {
    const ours = { client_reference_id: 'hf1_pay_1' };
    const { provider } = await answering(({ url }) => {
      if (url.pathname.endsWith('/cs_paid')) return { json: { ...paidSession, id: 'cs_paid' } };
      const data = [
        row('cs_open', ours),
        row('cs_paid', { ...ours, status: 'complete', payment_status: 'paid' }),
        row('cs_gone', { ...ours, status: 'expired' }),
      ];
      return { json: { object: 'list', url: '/v1/checkout/sessions', has_more: false, data } };
    });
    expect(await provider.readPayment(credentials, keyWithoutId)).toMatchObject({
      value: { providerPaymentId: 'cs_paid', state: 'captured', capturedMinor: 50_00n },
    });
  });

  it('finds nothing only when Stripe has shown everything', async () => {
    const { provider } = await answering(({ url }) =>
      url.searchParams.has('starting_after')
        ? error(500, { type: 'api_error' })
        : { json: { object: 'list', url: '/v1/checkout/sessions', has_more: true, data: [row('cs_a')] } },
    );
    expect(await provider.readPayment(credentials, keyWithoutId)).toMatchObject({ kind: 'unknown' });
  });
});

describe('closing a page', () => {
  const refusing = (then: Said) => answering(({ url }) => (url.pathname.endsWith('/expire') ? error(400, { type: 'invalid_request_error' }) : then));

  it('that was just paid answers that it is paid', async () => {
    const { provider } = await refusing({ json: paidSession });
    expect(await provider.closePayment(credentials, key)).toMatchObject({ kind: 'done', value: { state: 'captured', capturedMinor: 50_00n } });
  });

  it('that was over already answers so', async () => {
    const { provider } = await refusing({ json: session({ status: 'expired', url: null }) });
    expect(await provider.closePayment(credentials, key)).toMatchObject({ kind: 'done', value: { state: 'closed' } });
  });

  it('refused for another reason is not called closed', async () => {
    const { provider } = await refusing({ json: session() });
    expect(await provider.closePayment(credentials, key)).toMatchObject({ kind: 'declined' });
  });

  it('refused, and then nobody answers: unknown', async () => {
    const { provider } = await refusing(error(500, { type: 'api_error' }));
    expect(await provider.closePayment(credentials, key)).toMatchObject({ kind: 'unknown' });
  });
});

describe('giving money back', () => {
  const refund = { providerPaymentId: 'cs_1', amountMinor: 20_00n, idempotencyKey: 'refund_1', ...keyWithoutId, refundedBeforeMinor: 0n };

  it('names the payment intent, the amount, our reference and our key', async () => {
    const { heard, provider } = await answering(({ method }) =>
      method === 'POST' ? { json: { object: 'refund', id: 're_1', amount: 2000, currency: 'eur', status: 'pending' } } : { json: paidSession },
    );
    expect(await provider.refundPayment(credentials, refund)).toEqual({
      kind: 'done',
      value: { providerRefundId: 're_1', state: 'pending', amountMinor: 20_00n },
    });
    expect(heard[1]?.headers['idempotency-key']).toBe('refund_1');
    expect(Object.fromEntries(heard[1]?.form ?? [])).toEqual({
      payment_intent: 'pi_1',
      amount: '2000',
      'metadata[holdfast_reference]': 'hf1_pay_1',
      'metadata[holdfast_refund]': 'refund_1',
    });
  });

  it.each([
    ['of a payment that was not paid', { json: session() }, 'nothing_captured'],
    ['of a payment nobody knows', error(404, { type: 'invalid_request_error', code: 'resource_missing' }), 'resource_missing'],
    ['in another currency than was paid', { json: session(paid('usd')) }, 'currency_mismatch'],
  ])('%s is declined before any money moves', async (_, said, code) => {
    const { heard, provider } = await answering(() => said);
    expect(await provider.refundPayment(credentials, refund)).toMatchObject({ kind: 'declined', code });
    expect(heard.map((call) => call.method)).toEqual(['GET']);
  });
});

describe('testing the connection', () => {
  it('tells whose account it is', async () => {
    const json = { object: 'account', id: 'acct_1', business_profile: { name: 'Salon' }, settings: { dashboard: { display_name: '' } } };
    const { heard, provider } = await answering(() => ({ json }));
    expect(await provider.testConnection(credentials)).toEqual({ kind: 'done', value: { account: 'Salon (acct_1)', accountId: 'acct_1/test' } });
    expect(heard[0]?.method).toBe('GET');
  });

  it('notices a test key beside a live key', async () => {
    const { provider } = await answering(() => ({ json: { object: 'account', id: 'acct_1' } }));
    expect(await provider.testConnection({ ...credentials, publishableKey: 'pk_live_1' })).toMatchObject({ code: 'keys_of_different_modes' });
    expect(await provider.testConnection({ ...credentials, secretKey: 'sk_test_1' })).toMatchObject({ value: { account: 'acct_1' } });
  });
});

describe('the list of providers', () => {
  it('has each under its own name, and no other', () => {
    for (const name of providerNames) expect(providerNamed(name).name).toBe(name);
    for (const name of ['paypal', 'constructor', '__proto__', '']) expect(() => providerNamed(name)).toThrow(RangeError);
  });
});
