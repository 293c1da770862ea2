import { describe, expect, it } from 'vitest';
import { verifyVivaWebhook, vivaWebhookEvents } from './verify-viva-webhook.ts';

const verify = (body: string, came: string | undefined = 'secret') =>
  verifyVivaWebhook({ rawBody: new TextEncoder().encode(body), address: { came, ours: 'secret' } });
const paid = `{"Url":"https://salon.example","EventData":{"OrderCode":9962594733417127,"TransactionId":"trn-1","MerchantTrns":"hf1_pay_1","Amount":50.00},
  "Created":"2026-11-21T10:00:00Z","EventTypeId":1796,"RetryCount":0,"MessageId":"msg-1","MessageTypeId":512}`;

describe('Viva’s webhooks', () => {
  it('name the payment, its order code to the last digit', () => {
    expect(verify(paid)).toEqual({
      kind: 'verified',
      events: [{ eventId: 'msg-1', eventType: vivaWebhookEvents[0], reference: 'hf1_pay_1', providerPaymentId: '9962594733417127' }],
    });
  });

  it('are refused at another address, whatever they say', () => {
    expect(verify(paid, 'other')).toEqual({ kind: 'refused', why: 'bad_signature' });
    expect(verifyVivaWebhook({ rawBody: new Uint8Array(), address: { came: undefined, ours: 'secret' } })).toEqual({
      kind: 'refused',
      why: 'missing_signature',
    });
  });

  it('about a fee, without our reference, are told by the order code; other kinds of events by their number', () => {
    const fee = '{"EventData":{"OrderCode":1,"TransactionId":"t","TotalCommission":0.26},"EventTypeId":1799,"MessageId":"m"}';
    expect(verify(fee)).toMatchObject({
      events: [{ eventType: 'Transaction Price Calculated (1799)', reference: undefined, providerPaymentId: '1' }],
    });
    expect(verify('{"EventData":{"Amount":1.5},"EventTypeId":768,"MessageId":"m"}')).toMatchObject({
      events: [{ eventId: 'm', eventType: '768', reference: undefined, providerPaymentId: undefined }],
    });
  });

  it('without an id of their own are known by what happened to which transaction', () => {
    expect(verify('{"EventData":{"TransactionId":"t"},"EventTypeId":1796}')).toMatchObject({ events: [{ eventId: '1796/t' }] });
    expect(verify('{"EventData":{},"EventTypeId":1796}')).toEqual({ kind: 'refused', why: 'unreadable' });
  });
});
