import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { answering, credentials, error, paid } from './scripted-mono.ts';

const at = (minutes: number) => new Date(Date.parse('2026-11-21T10:05:10Z') + minutes * 60_000);
const bytes = (text: string) => new TextEncoder().encode(text);
const webhook = (text: string, signature: string | undefined, now = at(0)) => ({
  headers: { 'x-sign': signature },
  rawBody: bytes(text),
  now,
  address: { came: 'address-secret', ours: 'address-secret' },
});
const pair = () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const base64Pem = (key: KeyObject) => Buffer.from(key.export({ type: 'spki', format: 'pem' })).toString('base64');
const sign = (text: string, key: KeyObject) => createSign('sha256').update(text).sign(key, 'base64');
const body = JSON.stringify(paid());

/**
 * Made by OpenSSL: openssl ecparam -name prime256v1 -genkey -noout -out key.pem; openssl ec -in key.pem -pubout -out pub.pem;
 * openssl dgst -sha256 -sign key.pem body.json | base64 -w0; base64 -w0 pub.pem
 */
const openssl = {
  key: 'LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFcTh0WG1CN0tsMmZhTkhQS21WSkZEOFBMK2JUYQpJcUZ2ZDFneWhkYnk5RFM4NmxKUHVpbFhTUXZtcFZuRitOQTZ4NWtTNU9JRVA1R0xlMlRqbFlaVHRRPT0KLS0tLS1FTkQgUFVCTElDIEtFWS0tLS0tCg==',
  signature: 'MEUCIQC8jR5ImCNjocSUdOc6eufi3r1OhQxSL7QY/m7xiLlmMgIgbQq/NKbGCsVEg9MGx15T1HYunYe8JkYi0iIsXqIYG+E=',
  body: '{"invoiceId":"p2_9ZgpZVsl3","status":"success","amount":75000,"ccy":980,"finalAmount":75000,"createdDate":"2026-11-21T10:00:00Z","modifiedDate":"2026-11-21T10:05:07Z","reference":"hf1_pay_1","destination":"Стрижка"}',
};

/** The example of monobank's own documentation, to the last space. */
const documented = {
  key: 'LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFQUc1LzZ3NnZubGJZb0ZmRHlYWE4vS29CbVVjTgo3NWJSUWg4MFBhaEdldnJoanFCQnI3OXNSS0JSbnpHODFUZVQ5OEFOakU1c0R3RmZ5Znhub0ZJcmZBPT0KLS0tLS1FTkQgUFVCTElDIEtFWS0tLS0tCg==',
  signature: 'MEUCIQC/mVKhi8FKoayul2Mim3E2oaIOCNJk5dEXxTqbkeJSOQIgOM0hsW0qcP2H8iXy1aQYpmY0SJWEaWur7nQXlKDCFxA=',
  body: `{
  "invoiceId": "p2_9ZgpZVsl3",
  "status": "created",
  "failureReason": "string",
  "amount": 4200,
  "ccy": 980,
  "finalAmount": 4200,
  "createdDate": "2019-08-24T14:15:22Z",
  "modifiedDate": "2019-08-24T14:15:22Z",
  "reference": "84d0070ee4e44667b31371d8f8813947",
  "cancelList": [
    {
      "status": "processing",
      "amount": 4200,
      "ccy": 980,
      "createdDate": "2019-08-24T14:15:22Z",
      "modifiedDate": "2019-08-24T14:15:22Z",
      "approvalCode": "662476",
      "rrn": "060189181768",
      "extRef": "635ace02599849e981b2cd7a65f417fe"
    }
  ]
}`,
};

describe('a message of monobank', () => {
  it('signed by OpenSSL is believed', async () => {
    const { heard, provider } = await answering(() => ({ json: { key: openssl.key } }));
    expect(await provider.verifyWebhook(credentials, webhook(openssl.body, openssl.signature))).toEqual({
      kind: 'verified',
      events: [
        {
          eventId: expect.stringMatching(/^p2_9ZgpZVsl3\/2026-11-21T10:05:07Z\/success\/[0-9a-f]{16}$/),
          eventType: 'invoice.success',
          reference: 'hf1_pay_1',
          providerPaymentId: 'p2_9ZgpZVsl3',
        },
      ],
    });
    expect(heard[0]).toMatchObject({ call: 'GET /api/merchant/pubkey', headers: { 'x-token': credentials.token } });
  });

  it('of monobank’s own documentation is believed', async () => {
    const { provider } = await answering(() => ({ json: { key: documented.key } }));
    expect(await provider.verifyWebhook(credentials, webhook(documented.body, documented.signature))).toMatchObject({
      kind: 'verified',
      events: [{ eventType: 'invoice.created', reference: '84d0070ee4e44667b31371d8f8813947' }],
    });
    expect(await provider.verifyWebhook(credentials, webhook(documented.body, openssl.signature))).toEqual({ kind: 'refused', why: 'bad_signature' });
    expect(await provider.verifyWebhook(credentials, webhook(documented.body.replace('4200', '4201'), documented.signature))).toMatchObject({
      kind: 'refused',
    });
  });

  it('without a signature, or with something that is none, is refused without asking anybody', async () => {
    const { heard, provider } = await answering(() => ({ json: { key: openssl.key } }));
    for (const none of [undefined, '']) {
      expect(await provider.verifyWebhook(credentials, webhook(body, none))).toEqual({ kind: 'refused', why: 'missing_signature' });
    }
    for (const odd of ['no', `${openssl.signature} `, ` ${openssl.signature}`, openssl.signature.replaceAll('=', ''), 'A'.repeat(1000)]) {
      expect((await provider.verifyWebhook(credentials, webhook(openssl.body, odd))).kind).toBe('refused');
    }
    expect(heard.length).toBeLessThanOrEqual(1);
  });

  it('to another merchant’s address is not ours, though one key may sign for both', async () => {
    const { heard, provider } = await answering(() => ({ json: { key: openssl.key } }));
    const message = webhook(openssl.body, openssl.signature);
    for (const [came, why] of [
      ['another-secret', 'bad_signature'],
      ['', 'missing_signature'],
      [undefined, 'missing_signature'],
    ] as const) {
      const address = { came, ours: 'address-secret' };
      expect(await provider.verifyWebhook(credentials, { ...message, address })).toEqual({ kind: 'refused', why });
    }
    expect(heard).toEqual([]);
  });

  it('that is signed but is no invoice is unreadable', async () => {
    const { privateKey, publicKey } = pair();
    const { provider } = await answering(() => ({ json: { key: base64Pem(publicKey) } }));
    for (const text of ['', '{}', 'null', '[]', '\uFEFF{}', JSON.stringify(paid({ status: 'paid' })), `${body}${' '.repeat(1_100_000)}`]) {
      expect(await provider.verifyWebhook(credentials, webhook(text, sign(text, privateKey)))).toEqual({ kind: 'refused', why: 'unreadable' });
    }
  });

  it('about each change has an id of its own, also when two happen within one second', async () => {
    const { privateKey, publicKey } = pair();
    const { provider } = await answering(() => ({ json: { key: base64Pem(publicKey) } }));
    const one = { status: 'success', amount: 100, extRef: 'a' };
    const messages = [
      paid(),
      paid({ status: 'processing' }),
      paid({ modifiedDate: '2026-11-21T10:00:01Z' }),
      paid({ finalAmount: 74900, cancelList: [one] }),
      paid({ finalAmount: 74800, cancelList: [one, { ...one, extRef: 'b' }] }),
    ].map((json) => JSON.stringify(json));
    const ids: string[] = [];
    for (const text of [...messages, ...messages]) {
      const verdict = await provider.verifyWebhook(credentials, webhook(text, sign(text, privateKey)));
      if (verdict.kind === 'verified') ids.push(verdict.events[0]?.eventId ?? '');
    }
    expect(new Set(ids).size).toBe(5);
    expect(ids.slice(5)).toEqual(ids.slice(0, 5));
  });
});

describe('the key that checks', () => {
  const [old, young, forger] = [pair(), pair(), pair()];

  it('is asked for once, also by many messages at once', async () => {
    const { heard, provider } = await answering(() => ({ json: { key: base64Pem(old.publicKey) } }));
    const signature = sign(body, old.privateKey);
    await Promise.all([1, 2, 3, 4].map(() => provider.verifyWebhook(credentials, webhook(body, signature))));
    await provider.verifyWebhook(credentials, webhook(body, signature, at(100_000)));
    expect(heard).toHaveLength(1);
  });

  it('that monobank has changed is fetched anew', async () => {
    let key = old.publicKey;
    const { heard, provider } = await answering(() => ({ json: { key: base64Pem(key) } }));
    expect((await provider.verifyWebhook(credentials, webhook(body, sign(body, old.privateKey)))).kind).toBe('verified');
    key = young.publicKey;
    expect((await provider.verifyWebhook(credentials, webhook(body, sign(body, young.privateKey), at(1)))).kind).toBe('verified');
    expect(heard).toHaveLength(2);
    expect(await provider.verifyWebhook(credentials, webhook(body, sign(body, old.privateKey), at(2)))).toEqual({
      kind: 'refused',
      why: 'bad_signature',
    });
  });

  it('is not fetched more than once a minute, however many forgeries come', async () => {
    const { heard, provider } = await answering(() => ({ json: { key: base64Pem(old.publicKey) } }));
    const forged = sign(body, forger.privateKey);
    for (let count = 0; count < 20; count++) {
      expect(await provider.verifyWebhook(credentials, webhook(body, forged, at(count * 0.1)))).toEqual({ kind: 'refused', why: 'bad_signature' });
    }
    expect(heard).toHaveLength(2);
  });

  it('that cannot be fetched leaves the message unchecked, to be sent again', async () => {
    let down = true;
    const { provider } = await answering(() => (down ? error(500, 'INTERNAL_ERROR') : { json: { key: base64Pem(old.publicKey) } }));
    const message = webhook(body, sign(body, old.privateKey));
    expect(await provider.verifyWebhook(credentials, message)).toMatchObject({
      kind: 'unchecked',
      message: expect.not.stringContaining(credentials.token),
    });
    down = false;
    expect((await provider.verifyWebhook(credentials, message)).kind).toBe('verified');
    down = true;
    expect((await provider.verifyWebhook(credentials, webhook(body, sign(body, forger.privateKey), at(5)))).kind).toBe('unchecked');
  });

  it('is one of monobank’s curve, or none', async () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const other = generateKeyPairSync('ec', { namedCurve: 'secp384r1' });
    for (const key of [
      base64Pem(rsa.publicKey),
      base64Pem(other.publicKey),
      'bm8ga2V5',
      Buffer.from('-----BEGIN PUBLIC KEY-----').toString('base64'),
    ]) {
      const { provider } = await answering(() => ({ json: { key } }));
      expect((await provider.verifyWebhook(credentials, webhook(body, sign(body, old.privateKey)))).kind).toBe('unchecked');
    }
  });

  it('is each token’s own', async () => {
    const { provider } = await answering(({ headers }) => ({
      json: { key: base64Pem(headers['x-token'] === 'other' ? young.publicKey : old.publicKey) },
    }));
    const message = webhook(body, sign(body, old.privateKey));
    expect((await provider.verifyWebhook(credentials, message)).kind).toBe('verified');
    expect(await provider.verifyWebhook({ token: 'other' }, message)).toEqual({ kind: 'refused', why: 'bad_signature' });
  });
});
