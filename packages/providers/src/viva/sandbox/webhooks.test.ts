import { expect, test } from 'vitest';
import { sandboxForTest, webhookAddress } from './sandbox-for-test.ts';

async function withHook() {
  const hook = await webhookAddress();
  const set = await sandboxForTest({ webhookUrl: hook.url });
  await set.sandbox.tick();
  return { ...set, hook };
}

test('a payment is told twice: that it was made, and what Viva keeps of it; amounts are euros with cents', async () => {
  const { hook, salon, sandbox, keys } = await withHook();
  const code = await salon.open();
  sandbox.pay(code);
  await sandbox.tick();
  expect(hook.types()).toEqual([1796, 1799]);
  const made = hook.received.find(({ message }) => message.EventTypeId === 1796);
  const price = hook.received.find(({ message }) => message.EventTypeId === 1799);
  // numbers, and as they are written: a careless reader loses the last digit of the code
  expect(made?.raw).toContain(`"OrderCode":${code},`);
  expect(made?.raw).toContain('"Amount":45.00,');
  expect(price?.raw).toContain('"TotalCommission":0.73');
  expect(price?.raw).not.toContain('hf_pay_1');
  expect(made?.message).toMatchObject({
    Url: hook.url,
    RecipientId: keys['merchantId'],
    RetryCount: 0,
    MessageTypeId: 512,
    Created: '2026-11-21T10:00:00.250Z',
    EventData: { StatusId: 'F', MerchantTrns: 'hf_pay_1', CurrencyCode: '978', TransactionTypeId: 5, InsDate: '2026-11-21T12:00:00.25' },
  });
  expect(new Set(hook.received.map(({ message }) => message.MessageId)).size).toBe(2);
});

test('a refused card, money given back and a reference that was never paid are told; an order that runs out or is cancelled is not', async () => {
  const { hook, salon, sandbox, clock } = await withHook();
  const code = await salon.open();
  sandbox.pay(code, { declined: true });
  await sandbox.tick();
  expect(hook.received.at(-1)?.message).toMatchObject({ EventTypeId: 1798, EventData: { StatusId: 'E', ResponseEventId: 10051 } });
  sandbox.pay(code);
  sandbox.giveBack(code, 500n);
  await sandbox.tick();
  const back = hook.received.find(({ message }) => message.EventTypeId === 1797);
  expect(back?.raw).toContain('"Amount":-5.00,');
  expect(back?.message.EventData).toMatchObject({ StatusId: 'F', ParentId: expect.any(String), MerchantTrns: 'hf_pay_1' });
  const reference = await salon.open();
  sandbox.pay(reference, { processing: true });
  await sandbox.tick();
  const before = hook.received.length;
  sandbox.settleProcessing(reference, false);
  await sandbox.tick();
  expect(hook.received.slice(before).map(({ message }) => message.EventTypeId)).toEqual([1798]);
  await salon.open();
  await salon.legacy('DELETE', `/api/orders/${await salon.open()}`);
  clock.move({ hours: 2 });
  await sandbox.tick();
  expect(hook.received).toHaveLength(before + 1);
});

test('until it is taken a message is sent again every hour, 24 times in all, under one id', async () => {
  const { hook, salon, sandbox, clock } = await withHook();
  hook.answer.status = 302;
  sandbox.pay(await salon.open());
  for (let hour = 0; hour < 30; hour++) {
    await sandbox.tick();
    clock.move({ minutes: 59 });
    await sandbox.tick();
    clock.move({ minutes: 1 });
  }
  const made = hook.received.filter(({ message }) => message.EventTypeId === 1796).map(({ message }) => message);
  expect(made.map(({ RetryCount }) => RetryCount)).toEqual(Array.from({ length: 24 }, (_, at) => at));
  expect(new Set(made.map(({ MessageId }) => MessageId)).size).toBe(1);
  expect(sandbox.webhooks.waiting()).toBe(0);
});

test('messages wait while nobody has said where they go, and can be doubled, held and lost', async () => {
  const hook = await webhookAddress();
  const { salon, sandbox, keys } = await sandboxForTest();
  sandbox.pay(await salon.open());
  await sandbox.tick();
  expect(sandbox.webhooks.waiting()).toBe(2);
  sandbox.webhooks.setMode('duplicate');
  sandbox.setAccount(keys, hook.url);
  await sandbox.tick();
  expect(hook.types()).toEqual([1796, 1796, 1799, 1799]);
  sandbox.webhooks.setMode('hold');
  sandbox.pay(await salon.open());
  await sandbox.tick();
  expect([hook.received.length, sandbox.webhooks.waiting()]).toEqual([4, 2]);
  sandbox.webhooks.setMode('drop');
  expect([hook.received.length, sandbox.webhooks.waiting()]).toEqual([4, 0]);
});

test('an address is asked for the key when it is set; one that does not know it is used all the same', async () => {
  const hook = await webhookAddress();
  const { salon, sandbox, keys } = await sandboxForTest();
  const { body } = await salon.legacy('GET', '/api/messages/config/token');
  expect(body).toEqual({ Key: expect.stringMatching(/^[0-9A-F]{40}$/) });
  sandbox.setAccount(keys, hook.url);
  sandbox.setAccount(keys, hook.url);
  await sandbox.tick();
  expect(hook.asked).toEqual(['/hook']);
  sandbox.pay(await salon.open());
  await sandbox.tick();
  expect(hook.types()).toEqual([1796, 1799]);
});
