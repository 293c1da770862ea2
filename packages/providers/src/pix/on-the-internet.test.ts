import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { isInside } from './on-the-internet.ts';
import { createPixProvider } from './pix.ts';
import { salonCredentials } from './testing/scripted-bank.ts';

it.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '::1',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:10.0.0.1',
])('%s is inside', (address) => expect(isInside(address)).toBe(true));

it.each(['34.193.116.226', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:34.193.116.226'])('%s is on the internet', (address) =>
  expect(isInside(address)).toBe(false),
);

it('nobody reaches this server’s own network by calling it a bank', async () => {
  let calls = 0;
  const neighbour = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => {
    neighbour.listen(0, '127.0.0.1', resolve);
  });
  const address = neighbour.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const provider = createPixProvider({ timeoutMs: 2000 });
  for (const host of ['127.0.0.1', 'localhost', '2130706433']) {
    const keys = { ...salonCredentials, baseUrl: `https://${host}:${port}/v2`, tokenUrl: `https://${host}:${port}/oauth/token` };
    expect(await provider.testConnection(keys)).toEqual({ kind: 'unknown', message: 'PIX: this address is not one of the internet' });
  }
  neighbour.close();
  expect(calls).toBe(0);
});
