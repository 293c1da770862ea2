import { expect, test } from 'vitest';
import { reachesUs } from './reaches-us.ts';

test.each([
  'https://book.salon.pt',
  'https://book.salon.pt.',
  'http://93.184.216.34:8080',
  'http://172.32.0.1',
  'http://192.169.0.1',
  'http://[2001:db8::1]',
])('a provider may reach %s', (url) => {
  expect(reachesUs(url)).toBe(true);
});

test.each([
  'http://localhost:3000',
  'http://127.0.0.1:3000',
  'http://127.1',
  'http://0.0.0.0',
  'http://10.0.0.7',
  'http://172.16.0.1',
  'http://172.31.255.255',
  'http://192.168.1.20',
  'http://169.254.1.1',
  'http://100.64.0.1',
  'http://[::1]:3000',
  'http://[fd12::1]',
  'http://[fe80::1]',
  'http://[::ffff:192.168.0.1]',
  'http://reception',
  'http://salon.local',
  'http://salon.test',
  'http://SALON.LOCALHOST',
])('no provider can reach %s', (url) => {
  expect(reachesUs(url)).toBe(false);
});
