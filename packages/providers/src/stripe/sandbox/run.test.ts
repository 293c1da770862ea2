import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { order, sdk, statePath } from './sandbox-for-test.ts';

interface Running {
  readonly child: ChildProcess;
  readonly origin: string;
}

async function run(state: string): Promise<Running> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./run.ts', import.meta.url)), '--port', '0', '--state', state], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  for await (const part of child.stdout) {
    said += String(part);
    const origin = /http:\/\/\S+/.exec(said)?.[0];
    if (origin !== undefined) return { child, origin };
  }
  throw new Error(`It said nothing but: ${said}`);
}

test('run alone, killed with -9 and started again, the sandbox still knows every payment it answered for', async () => {
  const state = statePath();
  const first = await run(state);
  const stripe = sdk(first, 'sk_test_sandbox');
  const { id, url } = await stripe.checkout.sessions.create(order, { idempotencyKey: 'attempt-1' });
  const paid = await fetch(url ?? '', { method: 'POST', redirect: 'manual', body: new URLSearchParams({ card: '4242424242424242' }) });
  expect(paid.status).toBe(303);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await run(state);
  const again = sdk(second, 'sk_test_sandbox');
  expect(await again.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  expect((await again.checkout.sessions.create(order, { idempotencyKey: 'attempt-1' })).id).toBe(id);
  const account = (await (await fetch(`${second.origin}/_sandbox/payments`)).json()) as { payments: object[] };
  expect(account.payments).toMatchObject([{ id, captured: 4500, client_reference_id: 'hf_pay_1' }]);
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});
