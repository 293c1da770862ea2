import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startStripeSandbox } from './start-sandbox.ts';

const codes = (html: string) => [...html.matchAll(/<code>([^<]*)<\/code>/g)].map(([, text]) => text ?? '');

test('an account made by hand has keys that work, an endpoint, and outlives a restart', async () => {
  const statePath = join(mkdtempSync(join(tmpdir(), 'developers-')), 'state.jsonl');
  const options = { now: () => new Date('2026-03-02T09:00:00Z'), accounts: [], statePath, tickEveryMs: 0 };
  const sandbox = await startStripeSandbox(options);
  await fetch(`${sandbox.origin}/developers/accounts`, { method: 'POST', redirect: 'manual' });
  const page = await (await fetch(`${sandbox.origin}/developers`)).text();
  const [publishable = '', secret = ''] = codes(page);
  expect([publishable, secret, codes(page).at(-1)]).toEqual([
    expect.stringMatching(/^pk_test_\w+$/),
    expect.stringMatching(/^sk_test_\w+$/),
    expect.stringMatching(/^whsec_\w+$/),
  ]);
  const known = await fetch(`${sandbox.origin}/v1/account`, { headers: { authorization: `Bearer ${secret}` } });
  expect(known.status).toBe(200);
  const { id } = (await known.json()) as { id: string };
  const endpoint = (url: string) =>
    fetch(`${sandbox.origin}/developers/accounts/${id}/endpoint`, { method: 'POST', body: new URLSearchParams({ url }), redirect: 'manual' });
  expect((await endpoint('javascript:alert(1)')).status).toBe(400);
  expect((await endpoint('http://127.0.0.1:9/"><script>')).status).toBe(303);
  await sandbox.close();

  const again = await startStripeSandbox(options);
  const then = await (await fetch(`${again.origin}/developers`)).text();
  expect(codes(then)[1]).toBe(secret);
  expect(then).toContain('http://127.0.0.1:9/');
  expect(then).not.toContain('<script');
  await again.close();
});
