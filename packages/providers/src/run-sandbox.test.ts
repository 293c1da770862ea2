import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { sandboxNames } from './sandbox-registry.ts';
import { order, sdk, statePath } from './stripe/sandbox/sandbox-for-test.ts';

interface Running {
  readonly child: ChildProcess;
  readonly said: string;
  readonly origin: string;
}

function start(args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./run-sandbox.ts', import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Started when each has told where it is and where accounts are made. */
async function run(args: readonly string[], sandboxes = 1): Promise<Running> {
  const child = start(args);
  let said = '';
  for await (const part of child.stdout ?? []) {
    said += String(part);
    if (said.split('/developers\n').length <= sandboxes) continue;
    return { child, said, origin: /https?:\/\/\S+/.exec(said)?.[0] ?? '' };
  }
  throw new Error(`It said nothing but: ${said}`);
}

const secretOf = ({ said }: Running) => /secretKey: (\S+)/.exec(said)?.[1] ?? '';

test('run alone, killed with -9 and started again, the sandbox still knows every payment it answered for', async () => {
  const state = statePath();
  const first = await run(['stripe', '--port', '0', '--state', state]);
  const stripe = sdk(first, secretOf(first));
  const { id, url } = await stripe.checkout.sessions.create(order, { idempotencyKey: 'attempt-1' });
  const paid = await fetch(url ?? '', { method: 'POST', redirect: 'manual', body: new URLSearchParams({ card: '4242424242424242' }) });
  expect(paid.status).toBe(303);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');

  const second = await run(['stripe', '--port', '0', '--state', state]);
  const again = sdk(second, secretOf(second));
  expect(await again.checkout.sessions.retrieve(id)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  expect((await again.checkout.sessions.create(order, { idempotencyKey: 'attempt-1' })).id).toBe(id);
  const account = (await (await fetch(`${second.origin}/_sandbox/payments`)).json()) as { payments: object[] };
  expect(account.payments).toMatchObject([{ id, captured: 4500, client_reference_id: 'hf_pay_1' }]);
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});

test('all of them run in one process, each with an account and a state of its own, and stop together', async () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'sandboxes-')), 'states');
  const all = await run(['all', '--port', '0', '--state', folder], sandboxNames.length);
  for (const name of sandboxNames) {
    expect(all.said).toContain(`${name} sandbox, no real money: http`);
    expect(existsSync(join(folder, `${name}.jsonl`))).toBe(true);
  }
  all.child.kill('SIGINT');
  expect(await once(all.child, 'exit')).toEqual([0, null]);
});

test('a name that is none of them is told which there are', async () => {
  const complaints = [['paypal'], ['stripe', 'viva']].map(async (args) => {
    const child = start(args);
    let complaint = '';
    child.stderr?.on('data', (part) => {
      complaint += String(part);
    });
    return [(await once(child, 'close'))[0], complaint];
  });
  for (const [status, complaint] of await Promise.all(complaints)) {
    expect(status).toBe(2);
    expect(complaint).toContain(`npm run sandbox -- <${sandboxNames.join('|')}|all>`);
  }
});
