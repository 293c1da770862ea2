import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { callbackAddress, sandboxForTest, signed } from './sandbox-for-test.ts';

test('each change is told with a signature that OpenSSL confirms, in the generation of the payment', async () => {
  const hook = await callbackAddress();
  const { sandbox, order, post, privateKey } = await sandboxForTest();
  await post(signed(order({ server_url: hook.url }), privateKey));
  await post(signed(order({ server_url: hook.url, order_id: 'old', version: 3 }), privateKey, 'sha1'));
  sandbox.pay('hf_pay_1');
  sandbox.pay('old');
  await sandbox.webhooks.settled();
  expect(hook.received).toHaveLength(2);
  for (const { data, signature, json, type, text } of hook.received) {
    const hash = json['version'] === 3 ? '-sha1' : '-sha3-256';
    const openssl = spawnSync('openssl', ['dgst', hash, '-binary'], { input: privateKey + data + privateKey });
    expect(signature).toBe(openssl.stdout.toString('base64'));
    expect(type).toBe('application/x-www-form-urlencoded');
    expect(json).toMatchObject({ status: 'success', action: 'pay', amount: 450.01, currency: 'UAH', receiver_commission: 6.75 });
    expect(json).not.toHaveProperty('result');
    expect(text).toMatch(/"payment_id":900719925474099\d,/);
  }
  expect(hook.received.map(({ json }) => json['version']).sort((one, other) => Number(one) - Number(other))).toEqual([3, 7]);
});

test('review, decision, parts that go back and the whole: all are told', async () => {
  const hook = await callbackAddress();
  const { sandbox, come } = await sandboxForTest();
  await come({ server_url: hook.url });
  sandbox.pay('hf_pay_1', { processing: true });
  await sandbox.webhooks.settled();
  sandbox.settleProcessing('hf_pay_1', true);
  await sandbox.webhooks.settled();
  sandbox.giveBack('hf_pay_1', 1_00n);
  await sandbox.webhooks.settled();
  sandbox.giveBack('hf_pay_1');
  await sandbox.webhooks.settled();
  expect(hook.received.map(({ json }) => [json['status'], json['refund_amount']])).toEqual([
    ['wait_secure', undefined],
    ['success', undefined],
    ['success', 1],
    ['reversed', 450.01],
  ]);
});

test('a page that runs out is told to nobody, and neither is one without an address', async () => {
  const hook = await callbackAddress();
  const { clock, sandbox, come } = await sandboxForTest();
  await come({ server_url: hook.url, expired_date: '2026-11-21 11:00:00' });
  clock.move(7200);
  await sandbox.tick();
  await come({ order_id: 'b' });
  sandbox.pay('b');
  await sandbox.tick();
  expect([hook.received.length, sandbox.webhooks.waiting()]).toEqual([0, 0]);
});

test('what is not taken is brought again four times, the very same, and then no more', async () => {
  const hook = await callbackAddress();
  hook.answer.status = 503;
  const { clock, sandbox, come } = await sandboxForTest();
  await come({ server_url: hook.url });
  sandbox.pay('hf_pay_1', { declined: true });
  await sandbox.webhooks.settled();
  for (const seconds of [9, 1, 59, 1, 600, 3600, 100_000]) {
    clock.move(seconds);
    await sandbox.tick();
  }
  expect(hook.received).toHaveLength(5);
  expect(new Set(hook.received.map(({ data }) => data)).size).toBe(1);
  expect(hook.received[0]?.json).toMatchObject({ status: 'failure', err_code: 'limit' });
  expect(sandbox.webhooks.waiting()).toBe(0);
});
