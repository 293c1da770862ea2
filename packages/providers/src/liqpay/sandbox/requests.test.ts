import { describe, expect, test } from 'vitest';
import { sandboxForTest, start, statePath } from './sandbox-for-test.ts';
import { startSandbox } from './start-sandbox.ts';

describe('the status call', () => {
  test('tells everything of a payment, with an id beyond what a number can hold and amounts as decimals', async () => {
    const { sandbox, come, ask } = await sandboxForTest();
    await come({ info: 'ours' });
    sandbox.pay('hf_pay_1');
    const { json, text } = await ask({ action: 'status', order_id: 'hf_pay_1' });
    expect(json).toMatchObject({
      result: 'ok',
      action: 'pay',
      status: 'success',
      amount: 450.01,
      currency: 'UAH',
      receiver_commission: 6.75,
      sender_commission: 0,
      info: 'ours',
      version: 7,
      create_date: start.getTime(),
    });
    expect(text).toContain('"payment_id":9007199254740993,');
    expect(json).not.toHaveProperty('refund_amount');
  });

  test('is answered in both generations, and only with a good signature', async () => {
    const { sandbox, come, ask, privateKey } = await sandboxForTest();
    await come();
    sandbox.pay('hf_pay_1');
    const question = { action: 'status', order_id: 'hf_pay_1' };
    expect((await ask(question, 'sha1')).json).toMatchObject({ status: 'success' });
    const no = { result: 'error', status: 'error', err_code: 'invalid_signature', code: 'invalid_signature' };
    expect(await ask(question, 'sha3-256', 'another key')).toMatchObject({ status: 200, json: no });
    expect((await ask({ ...question, version: 3 }, 'sha3-256')).json).toMatchObject(no);
    expect((await ask({ ...question, public_key: 'sandbox_i1' })).json).toMatchObject({ err_code: 'public_key_not_found' });
    expect((await ask({ action: 'transfer' }, 'sha3-256', privateKey)).json).toMatchObject({ err_code: 'err_api_action' });
    expect((await ask({ action: 'status' })).json).toMatchObject({ err_code: 'order_id_empty' });
  });

  test('of another shop’s payment is not found', async () => {
    const { sandbox, come, ask } = await sandboxForTest();
    await come();
    const other = await sandbox.inventKeys('other');
    sandbox.setAccount(other);
    const asked = await ask({ action: 'status', order_id: 'hf_pay_1', public_key: other['publicKey'] }, 'sha3-256', other['privateKey']);
    expect(asked.json).toMatchObject({ err_code: 'payment_not_found' });
  });
});

describe('a refund', () => {
  const paid = async () => {
    const made = await sandboxForTest();
    await made.come();
    made.sandbox.pay('hf_pay_1');
    return {
      ...made,
      refund: (amount?: number | string) => made.ask({ action: 'refund', order_id: 'hf_pay_1', ...(amount === undefined ? {} : { amount }) }),
    };
  };

  test('of a part leaves it paid; of the rest reverses it', async () => {
    const { refund, statusOf, sandbox } = await paid();
    expect((await refund(100.01)).json).toMatchObject({ result: 'ok', status: 'success' });
    expect(await statusOf()).toMatchObject({ status: 'success', amount: 450.01, refund_amount: 100.01 });
    expect((await refund(350)).json).toMatchObject({ result: 'ok', status: 'reversed' });
    expect(await statusOf()).toMatchObject({ status: 'reversed', refund_amount: 450.01 });
    expect(sandbox.payments()[0]).toMatchObject({ state: 'captured', capturedMinor: 450_01n, refundedMinor: 450_01n });
  });

  test('without an amount is of all that is left', async () => {
    const { refund, statusOf } = await paid();
    await refund(0.01);
    await refund();
    expect(await statusOf()).toMatchObject({ status: 'reversed', refund_amount: 450.01 });
  });

  test('said twice is given twice: there is no key', async () => {
    const { refund, statusOf } = await paid();
    await Promise.all([refund(100), refund(100)]);
    expect(await statusOf()).toMatchObject({ refund_amount: 200 });
  });

  test('of more than is left, of nothing, of what nobody paid, of nobody’s payment is refused', async () => {
    const { refund, ask, come, statusOf } = await paid();
    expect((await refund(450.02)).json).toMatchObject({ result: 'error', err_code: 'amount_limit' });
    expect((await refund(0)).json).toMatchObject({ result: 'error' });
    await come({ order_id: 'unpaid' });
    expect((await ask({ action: 'refund', order_id: 'unpaid', amount: 1 })).json).toMatchObject({ err_code: 'payment_err_status' });
    expect((await ask({ action: 'refund', order_id: 'nobody', amount: 1 })).json).toMatchObject({ err_code: 'payment_not_found' });
    expect(await statusOf()).not.toHaveProperty('refund_amount');
  });

  test.each([true, false])('that is taken from future payments waits until it is decided (%s)', async (done) => {
    const { refund, statusOf, sandbox } = await paid();
    sandbox.answerRefunds('later');
    expect((await refund(450.01)).json).toMatchObject({ result: 'ok', status: 'success', wait_amount: true });
    expect(await statusOf()).toMatchObject({ status: 'success', wait_amount: true, refund_amount: 450.01 });
    expect(sandbox.payments()[0]?.refundedMinor).toBe(0n);
    expect((await refund(1)).json).toMatchObject({ err_code: 'amount_limit' });
    sandbox.settleRefund('hf_pay_1', done);
    const after = await statusOf();
    expect(after).toMatchObject(done ? { status: 'reversed', refund_amount: 450.01 } : { status: 'success' });
    expect([after['wait_amount'], after['refund_amount']]).toEqual([undefined, done ? 450.01 : undefined]);
    expect(() => sandbox.settleRefund('hf_pay_1', done)).toThrow(RangeError);
  });

  test('in LiqPay’s own cabinet shows the same', async () => {
    const { sandbox, statusOf } = await paid();
    sandbox.giveBack('hf_pay_1', 5000n);
    expect(await statusOf()).toMatchObject({ status: 'success', refund_amount: 50 });
    sandbox.giveBack('hf_pay_1');
    expect(await statusOf()).toMatchObject({ status: 'reversed' });
  });
});

describe('the archive', () => {
  test('lists this shop’s payments of a span, with what LiqPay keeps and what went back', async () => {
    const { clock, sandbox, come, ask } = await sandboxForTest();
    for (const order_id of ['a', 'b', 'unpaid']) await come({ order_id });
    sandbox.pay('a');
    sandbox.pay('b', { declined: true });
    sandbox.giveBack('a', 100n);
    clock.move(3600);
    await come({ order_id: 'later' });
    sandbox.pay('later');
    const from = start.getTime();
    const { json } = await ask({ action: 'reports', date_from: from, date_to: from + 1000 });
    expect(json).toMatchObject({
      result: 'success',
      data: [
        { order_id: 'a', status: 'success', amount: 450.01, receiver_commission: 6.75, refund_amount: 1, create_date: from },
        { order_id: 'b', status: 'failure', receiver_commission: 0 },
      ],
    });
    expect((await ask({ action: 'reports', date_from: from, date_to: from - 1 })).json).toMatchObject({ result: 'error' });
    expect((await ask({ action: 'reports', date_from: from, date_to: from, resp_format: 'csv' })).json).toMatchObject({
      err_code: 'sandbox_not_supported',
    });
  });
});

describe('misfortunes', () => {
  const question = { action: 'status', order_id: 'hf_pay_1' };

  test('are LiqPay’s own: a page instead of JSON, too many requests', async () => {
    const { sandbox, come, ask } = await sandboxForTest();
    await come();
    for (const [kind, status] of [
      ['status500', 500],
      ['html', 502],
    ] as const) {
      sandbox.faults.add({ match: 'read', kind });
      await expect(ask(question)).rejects.toThrow(SyntaxError);
      expect((await ask(question)).status).toBe(200);
      expect(status).toBeGreaterThan(499);
    }
    sandbox.faults.add({ match: 'read', kind: 'status429' });
    expect(await ask(question)).toMatchObject({ status: 429, json: { err_code: 'limit' } });
  });

  test('what is done and not answered is done', async () => {
    const { sandbox, come, ask, statusOf } = await sandboxForTest();
    await come();
    sandbox.pay('hf_pay_1');
    for (const kind of ['status500_after', 'drop_after'] as const) {
      sandbox.faults.add({ match: 'refund', kind });
      await expect(ask({ action: 'refund', order_id: 'hf_pay_1', amount: 1 })).rejects.toThrow();
    }
    expect(await statusOf()).toMatchObject({ refund_amount: 2 });
  });
});

test('a restart loses neither money nor callbacks nor keys', async () => {
  const path = statePath();
  const { sandbox, come, publicKey, privateKey, clock } = await sandboxForTest({ statePath: path });
  await come({ server_url: 'http://127.0.0.1:9/nobody' });
  sandbox.pay('hf_pay_1');
  sandbox.giveBack('hf_pay_1', 1n);
  await fetch(`${sandbox.origin}/developers/accounts`, { method: 'POST', redirect: 'manual' });
  const made = /sandbox_i\d{11}/.exec(await (await fetch(`${sandbox.origin}/developers`)).text())?.[0];
  expect(made).not.toBe(publicKey);
  const [before, waiting] = [sandbox.payments(), sandbox.webhooks.waiting()];
  await sandbox.close();
  const again = await startSandbox({ now: clock.now, statePath: path, tickEveryMs: 0 });
  expect([again.payments(), again.webhooks.waiting()]).toEqual([before, waiting]);
  expect(await (await fetch(`${again.origin}/developers`)).text()).toContain(String(made));
  expect(await again.inventKeys('salon')).toEqual({ publicKey, privateKey, version: '7' });
  await again.close();
});
