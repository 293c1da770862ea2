import { expect, test } from 'vitest';
import { createLogger } from './log.ts';

function logged(say: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  say(createLogger('debug', { write: (line) => lines.push(line) }));
  return lines.join('');
}

test('a line says when, how bad and what, as JSON', () => {
  const line = JSON.parse(logged((log) => log.warn({ attempt: 'pay_1', amountMinor: 1250n }, 'a payment is late'))) as Record<string, unknown>;
  expect(line).toEqual({
    level: 'warn',
    time: expect.stringMatching(/^\d{4}-.*Z$/) as string,
    attempt: 'pay_1',
    amountMinor: '1250',
    msg: 'a payment is late',
  });
});

test.each([
  'authorization',
  'Cookie',
  'set-cookie',
  'password',
  'clientSecret',
  'x-token',
  'X-Sign',
  'stripe-signature',
  'credentials',
  'card_number',
  'apiKey',
  'key',
])('the value of %s is never written, however deep it stands', (name) => {
  const text = logged((log) => log.info({ [name]: 'hush-1', headers: { [name]: ['hush-2'] }, list: [{ deep: { [name]: { more: 'hush-3' } } }] }));
  expect(text).not.toContain('hush');
  expect(text).toContain('[hidden]');
});

test('an error that carries secrets loses them, and keeps its message and stack', () => {
  const error = Object.assign(new Error('declined by sk_live_abc123'), { raw: { headers: { authorization: 'Bearer hush' } }, code: 'card_declined' });
  const text = logged((log) => log.error({ err: error }, 'no'));
  expect(text).toContain('declined by sk_live_…');
  expect(text).toContain('log.test.ts');
  expect(text).not.toMatch(/hush|abc123/);
});

test.each([
  ['a secret key', 'no such key sk_test_51HxYz'],
  ['a signing secret', 'whsec_51HxYz did not match'],
  ['a header', 'sent Authorization: Bearer 51HxYz'],
  ["a client's page", 'GET /b/51HxYz51HxYz51HxYz51HxYz51HxYz'],
  ["a payment link's page", 'GET /pay/51HxYz51HxYz51HxYz51HxYz51HxYz'],
  ['a page to pay', 'POST /pay/page/51HxYz51HxYz51HxYz51HxYz51HxYz/state'],
  ['a payment link', 'POST /api/v1/payment-links/51HxYz51HxYz51HxYz51HxYz51HxYz/payments'],
  ["the secret part of a webhook's address", 'POST /api/v1/webhooks/chn_1/con_1/51HxYz'],
  ["the secret part of PIX's", 'POST /api/v1/webhooks/chn_1/con_1/51HxYz51HxYz51HxYz51HxYz51HxYz/pix'],
  ["a database's password", 'connect postgres://holdfast:51HxYz@db/holdfast'],
  ['an e-mail address', 'mail to 51HxYz@example.com failed'],
])('%s inside a sentence is masked', (_what, sentence) => {
  expect(logged((log) => log.info(sentence))).not.toContain('51HxYz');
});

test('a phone keeps only its last two digits', () => {
  const text = logged((log) => log.info({ phone: '+380671234567' }, 'sms to +351912345678'));
  expect(text).toContain('+…67');
  expect(text).toContain('sms to +…78');
  expect(text).not.toMatch(/\d{7}/);
});

test("a request is written without what its address carries after the question mark, and without the visitor's headers", () => {
  const req = { id: 'req_1', method: 'GET', url: '/return?session_id=hush', headers: { cookie: 'hush' } };
  expect(logged((log) => log.info({ req }, 'came'))).not.toContain('hush');
});

test('what is masked stays JSON', () => {
  const text = logged((log) => log.info({ a: 'x@example.com', b: 'Bearer abc', c: '+380671234567"' }, 'é'));
  expect(JSON.parse(text)).toMatchObject({ a: '…@example.com', b: 'Bearer …', c: '+…67"', msg: 'é' });
});

test('silent says nothing', () => {
  const lines: string[] = [];
  createLogger('silent', { write: (line) => lines.push(line) }).fatal('help');
  expect(lines).toEqual([]);
});
