import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { statusAnswer } from './answer-shapes.ts';
import { sandboxForTest, statePath, webhookAddress } from './sandbox-for-test.ts';

/** `openssl dgst -sha256 -verify key.pem -signature body.sig body.json` */
function opensslTakes({ raw, sign }: { raw: Buffer; sign: string }, pem: string): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'mono-sign-'));
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const key = file('key.pem', pem);
  const signature = file('body.sig', Buffer.from(sign, 'base64'));
  try {
    return execFileSync('openssl', ['dgst', '-sha256', '-verify', key, '-signature', signature, file('body.json', raw)], {
      encoding: 'utf8',
    }).includes('Verified OK');
  } catch {
    return false;
  }
}

async function withAddress(options: Parameters<typeof sandboxForTest>[0] = {}) {
  const all = await sandboxForTest(options);
  const address = await webhookAddress();
  const pem = async () => Buffer.from(String((await all.get('pubkey')).json['key']), 'base64').toString('utf8');
  return { ...all, ...address, pem, openTold: () => all.open({ webHookUrl: address.url }) };
}

test('each change is told as the status answer, signed over its bytes with the key that the bank gives', async () => {
  const { openTold, statusOf, sandbox, received, pem } = await withAddress();
  const id = await openTold();
  await sandbox.tick();
  expect(received).toEqual([]);
  sandbox.pay(id);
  await sandbox.tick();
  expect(received.map(({ body }) => String(body['status'])).toSorted((a, b) => a.localeCompare(b))).toEqual(['processing', 'success']);
  expect(received.find(({ body }) => body['status'] === 'success')?.body).toEqual(await statusOf(id));
  const key = await pem();
  expect(key).toMatch(/^-----BEGIN PUBLIC KEY-----/);
  for (const letter of received) {
    statusAnswer.parse(letter.body);
    expect(opensslTakes(letter, key)).toBe(true);
    expect(opensslTakes({ ...letter, raw: Buffer.concat([letter.raw, Buffer.from(' ')]) }, key)).toBe(false);
  }
});

test('the newest is the one with the latest modifiedDate, also when all happens in one second', async () => {
  const { openTold, post, sandbox, received } = await withAddress();
  const id = await openTold();
  sandbox.pay(id);
  await post('invoice/cancel', { invoiceId: id, amount: 1 });
  await post('invoice/cancel', { invoiceId: id });
  await sandbox.tick();
  const told = received.map(({ body }) => statusAnswer.parse(body)).sort((a, b) => String(a.modifiedDate).localeCompare(String(b.modifiedDate)));
  expect(told.map(({ status, finalAmount }) => [status, finalAmount])).toEqual([
    ['processing', 0],
    ['success', 450_00],
    ['success', 449_99],
    ['reversed', 0],
  ]);
  expect(new Set(told.map(({ modifiedDate }) => modifiedDate)).size).toBe(4);
});

test('that an invoice has run out, or was removed, is told to nobody', async () => {
  const { openTold, post, sandbox, received, clock } = await withAddress();
  await openTold();
  await post('invoice/remove', { invoiceId: await openTold() });
  clock.move(3601);
  await sandbox.tick();
  expect(sandbox.payments().map(({ state }) => state)).toEqual(['closed', 'closed']);
  expect(received).toEqual([]);
});

test('it is tried three times, after a minute and after ten more, and only 200 will do', async () => {
  const { openTold, sandbox, received, answer, clock } = await withAddress();
  const id = await openTold();
  answer.status = 204;
  sandbox.pay(id, { processing: true });
  await sandbox.tick();
  expect(received.length).toBe(1);
  clock.move(59);
  await sandbox.tick();
  expect(received.length).toBe(1);
  clock.move(1);
  await sandbox.tick();
  expect(received.length).toBe(2);
  clock.move(600);
  await sandbox.tick();
  expect(received.length).toBe(3);
  clock.move(24 * 3600);
  await sandbox.tick();
  expect([received.length, sandbox.webhooks.waiting()]).toEqual([3, 0]);
  expect(received[2]?.raw).toEqual(received[0]?.raw);
});

test('one that waits outlives the process, and 200 ends it', async () => {
  const path = statePath();
  const { openTold, sandbox, received, answer } = await withAddress({ statePath: path });
  const id = await openTold();
  answer.status = 500;
  sandbox.pay(id, { processing: true });
  await sandbox.tick();
  await sandbox.close();
  answer.status = 200;
  const { sandbox: again, clock } = await sandboxForTest({ statePath: path });
  clock.move(60);
  await again.tick();
  expect([received.length, again.webhooks.waiting()]).toEqual([2, 0]);
});

test('a key that was rolled signs from then on, also what was signed before', async () => {
  const { openTold, sandbox, received, answer, clock, pem } = await withAddress();
  const id = await openTold();
  answer.status = 400;
  sandbox.pay(id, { processing: true });
  await sandbox.tick();
  const old = await pem();
  sandbox.rollKey();
  clock.move(60);
  await sandbox.tick();
  const [first, second] = received;
  if (!first || !second) throw new Error('two attempts');
  const key = await pem();
  expect([opensslTakes(first, old), opensslTakes(first, key), opensslTakes(second, key), opensslTakes(second, old)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
});
