import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { must, orderFor } from '../contract-suite/provider-subject.ts';
import type { Credentials, PaymentOrder } from '../payment-provider.ts';
import { receiveWebhooks } from '../testing/receive-webhooks.ts';
import { readBrCode } from './br-code.ts';
import { createPixProvider } from './pix.ts';
import { packP12 } from './sandbox/pack-p12.ts';
import { type PixSandbox, startSandbox } from './sandbox/start-sandbox.ts';

const now = () => new Date('2026-11-21T10:00:00Z');
let bank: PixSandbox;
let salon: Awaited<ReturnType<typeof receiveWebhooks>>;
let keys: Credentials;
beforeEach(async () => {
  [bank, salon] = await Promise.all([startSandbox({ now, tickEveryMs: 0 }), receiveWebhooks()]);
  keys = await bank.inventKeys('Salão');
  bank.setAccount(keys);
});
afterEach(async () => {
  await bank.close();
  salon.stop();
});
const provider = () => createPixProvider({ origin: bank.origin, ca: bank.ca, timeoutMs: 5000, now });
const newOrder = (changes: Partial<PaymentOrder> = {}) =>
  orderFor({ provider: provider(), sandbox: { now }, webhookUrl: salon.urlWith('secret') }, changes);

describe('at a bank that speaks the API Pix', () => {
  it('the address is told by a call, and from then on payments are reported there', async () => {
    const url = salon.urlWith('secret');
    expect(must(await provider().setUpWebhook(keys, { url, replace: false }))).toEqual({ kind: 'set' });
    const { providerPaymentId } = must(await provider().createPayment(keys, newOrder()));
    expect(bank.pay(providerPaymentId)).toBe('captured');
    await bank.tick();
    const [webhook] = salon.received;
    if (!webhook) throw new Error('nothing was reported');
    const verdict = await provider().verifyWebhook(keys, { ...webhook, now: now(), address: { came: webhook.addressSecret, ours: 'secret' } });
    expect(verdict).toMatchObject({ kind: 'verified', events: [{ providerPaymentId }] });
  });

  it('another program’s address is replaced only when the owner says so', async () => {
    const [ours, shops] = [salon.urlWith('ours'), salon.urlWith('shop')];
    must(await provider().setUpWebhook(keys, { url: shops, replace: false }));
    expect(must(await provider().setUpWebhook(keys, { url: ours, replace: false }))).toEqual({ kind: 'taken', otherUrl: shops });
    expect(must(await provider().setUpWebhook(keys, { url: ours, replace: true }))).toEqual({ kind: 'set' });
    expect(must(await provider().setUpWebhook(keys, { url: ours, replace: false }))).toEqual({ kind: 'set' });
  });

  it('the certificate may also be the file that the bank gives', async () => {
    const [certificate = '', key = ''] = (keys['certificate'] ?? '').split(/(?=-----BEGIN [A-Z ]*PRIVATE KEY)/);
    const certificateFile = (await packP12({ certificate, key }, 'segredo')).toString('base64');
    const withFile = { ...keys, certificate: '', certificateFile, certificatePassword: 'segredo' };
    expect(must(await provider().testConnection(withFile))).toEqual(must(await provider().testConnection(keys)));
    expect(provider().endsAt(withFile)).toEqual(provider().endsAt(keys));
    expect(await provider().testConnection({ ...withFile, certificatePassword: 'errado' })).toMatchObject({ code: 'bad_certificate' });
  });

  it('one that gives no code gets the code made of the charge’s place, with the salon’s name in it', async () => {
    const { page } = must(await provider().createPayment(keys, newOrder()));
    bank.setHabits(keys['clientId'] ?? '', { leavesOutCode: true });
    const made = must(await provider().createPayment({ ...keys, receiverName: 'Salão Tília' }, newOrder()));
    const [theirs, ours] = [page, made.page].map((one) => readBrCode(one?.kind === 'code' ? one.code : ''));
    expect(ours).toMatchObject({ receiverName: 'Salao Tilia', receiverCity: 'SAO PAULO', txid: '***' });
    expect(Object.keys(ours?.pay ?? {})).toEqual(Object.keys(theirs?.pay ?? {}));
  });

  it('one that refuses a charge said twice makes one all the same, when two say it at once', async () => {
    bank.setHabits(keys['clientId'] ?? '', { refusesRepeatedTxid: true });
    const order = newOrder();
    const answers = await Promise.all([1, 2, 3, 4].map(() => provider().createPayment(keys, order)));
    expect(new Set(answers.map((answer) => must(answer).providerPaymentId)).size).toBe(1);
    expect(bank.payments()).toHaveLength(1);
  });

  it('one that reports several payments in one call is understood', async () => {
    bank.setHabits(keys['clientId'] ?? '', { pixPerCall: 3 });
    must(await provider().setUpWebhook(keys, { url: salon.urlWith('secret'), replace: false }));
    const ids = [];
    for (let n = 0; n < 3; n++) ids.push(must(await provider().createPayment(keys, newOrder())).providerPaymentId);
    for (const id of ids) bank.pay(id);
    // what is added while a report is on its way goes with the next one
    for (let round = 0; round < 2; round++) await bank.tick();
    const told: (string | undefined)[] = [];
    for (const webhook of salon.received) {
      const verdict = await provider().verifyWebhook(keys, { ...webhook, now: now(), address: { came: 'secret', ours: 'secret' } });
      if (verdict.kind === 'verified') told.push(...verdict.events.map(({ providerPaymentId }) => providerPaymentId));
    }
    expect(new Set(told)).toEqual(new Set(ids));
    expect(salon.received.length).toBeLessThan(3);
  });
});
