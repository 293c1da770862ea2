import { expect, test } from 'vitest';
import { startReceiver } from '../testing/webhook-receiver.ts';
import { postOutside } from './post-outside.ts';
import { isLoopbackAddress, isPublicAddress } from './public-address.ts';

test.each([
  ['8.8.8.8', true],
  ['172.15.255.255', true],
  ['2a00:1450:4001:81b::200e', true],
  ['127.0.0.1', false],
  ['10.1.2.3', false],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['192.168.1.1', false],
  ['169.254.169.254', false],
  ['100.64.0.1', false],
  ['0.0.0.0', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::1', false],
  ['::', false],
  ['::ffff:8.8.8.8', false],
  ['::ffff:127.0.0.1', false],
  ['64:ff9b::a00:1', false],
  ['2002:7f00:1::', false],
  ['2001::1', false],
  ['fe80::1', false],
  ['fd00::1', false],
  ['not an address', false],
])('%s is an address of the open internet: %s', (address, expected) => expect(isPublicAddress(address)).toBe(expected));

test('nothing is sent into our own network, by whatever name, and a redirect leads nowhere', async () => {
  const receiver = await startReceiver(() => ({ status: 307, headers: { location: 'http://127.0.0.1:1/' } }));
  const post = (url: string, loopback: boolean) =>
    postOutside({ url, headers: { 'webhook-id': 'evt_1' }, body: '{"type":"ping","data":{}}', timeoutMs: 2_000, mostBytes: 100, loopback });
  const { port } = new URL(receiver.url);
  for (const host of ['127.0.0.1', '[::1]', 'localhost', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', '169.254.169.254'])
    expect([host, await post(`http://${host}:${port}/`, false)]).toEqual([host, { because: 'private_address' }]);
  expect(receiver.received).toEqual([]);
  expect(await post(receiver.url, true)).toMatchObject({ status: 307 });
  receiver.answer = () => 'silence';
  expect(await postOutside({ url: receiver.url, headers: {}, body: '{"data":{}}', timeoutMs: 300, mostBytes: 100, loopback: true })).toEqual({
    because: 'timeout',
  });
  await receiver.close();
  expect(await post(receiver.url, true)).toEqual({ because: 'no_connection' });
  expect(isLoopbackAddress('127.9.9.9')).toBe(true);
});
