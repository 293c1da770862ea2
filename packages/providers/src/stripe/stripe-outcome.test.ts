import { describe, expect, it } from 'vitest';
import { answering, credentials, error, key, order, type Said, session } from './scripted-stripe.ts';
import { createStripeProvider } from './stripe.ts';

describe('an answer that says no', () => {
  it.each([
    ['a wrong key', 401, { type: 'invalid_request_error' }, 'bad_credentials'],
    ['a key that may not do this', 403, { type: 'invalid_request_error' }, 'not_permitted'],
    ['a refused card', 402, { type: 'card_error', code: 'card_declined' }, 'card_declined'],
    ['an amount too small', 400, { type: 'invalid_request_error', code: 'amount_too_small' }, 'amount_too_small'],
    ['a request without a code', 400, { type: 'invalid_request_error' }, 'invalid_request'],
    ['an object that is not there', 404, { type: 'invalid_request_error', code: 'resource_missing' }, 'resource_missing'],
  ])('%s is declined', async (_, status, fields, code) => {
    const { provider } = await answering(() => error(status, fields));
    expect(await provider.createPayment(credentials, order)).toMatchObject({ kind: 'declined', code });
  });
});

describe('an answer that says nothing sure', () => {
  it.each<[string, Said]>([
    ['500 in JSON', error(500, { type: 'api_error' })],
    ['500 in HTML', { status: 500, text: '<h1>Internal error</h1>' }],
    ['502 of a proxy', { status: 502, text: '<html>Bad gateway</html>' }],
    ['200 in HTML', { text: '<html>Please sign in to the hotel network</html>' }],
    ['403 in HTML', { status: 403, text: '<html>Blocked</html>' }],
    ['404 in somebody else’s JSON', { status: 404, json: { message: 'no such route' } }],
    ['302', { status: 302, text: 'moved' }],
    ['too many requests', error(429, { type: 'invalid_request_error', code: 'rate_limit' })],
    ['the same call is running already', error(409, { type: 'idempotency_error', code: 'idempotency_key_in_use' })],
    ['the key was used with other details', error(400, { type: 'idempotency_error' })],
    ['an empty answer', { text: '' }],
    ['half an answer', { text: '{"id":"cs_1","object":"checkout.se' }],
    ['null', { json: null }],
    ['an empty object', { json: {} }],
    ['another kind of object', { json: { object: 'charge', id: 'ch_1' } }],
    ['a state from the future', { json: session({ status: 'frozen' }) }],
    ['an amount in fractions', { json: session({ amount_total: 10.5 }) }],
    ['a page that is no web address', { json: session({ url: 'javascript:alert(1)' }) }],
    ['no page', { json: session({ url: null }) }],
  ])('%s is unknown', async (_, said) => {
    const { provider } = await answering(() => said);
    expect(await provider.createPayment(credentials, order)).toMatchObject({ kind: 'unknown' });
  });

  it('silence is unknown', async () => {
    const { heard, provider } = await answering(() => undefined, { timeoutMs: 200 });
    expect(await provider.createPayment(credentials, order)).toMatchObject({ kind: 'unknown' });
    // the transport may say it again, as the same call
    expect(new Set(heard.map((call) => call.headers['idempotency-key']))).toEqual(new Set(['idem_1']));
  });

  it('a line that breaks in the middle is unknown', async () => {
    const { provider } = await answering((_, response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('{"id":', () => response.destroy());
      return undefined;
    });
    expect(await provider.createPayment(credentials, order)).toMatchObject({ kind: 'unknown' });
  });

  it('an answer that drips for ever is unknown, and is not waited for', async () => {
    const { provider } = await answering(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const drip = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(drip));
        return undefined;
      },
      { timeoutMs: 200 },
    );
    expect(await provider.createPayment(credentials, order)).toMatchObject({ kind: 'unknown' });
  });

  it('nobody at home is unknown', async () => {
    const provider = createStripeProvider({ origin: 'http://127.0.0.1:9', timeoutMs: 200 });
    expect(await provider.readPayment(credentials, key)).toMatchObject({ kind: 'unknown' });
    expect(await provider.closePayment(credentials, key)).toMatchObject({ kind: 'unknown' });
    expect(await provider.testConnection(credentials)).toMatchObject({ kind: 'unknown' });
  });
});
