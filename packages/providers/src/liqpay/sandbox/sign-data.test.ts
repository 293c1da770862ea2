import { expect, test } from 'vitest';
import { decimalOf, minorOf, plainPrice } from './money-text.ts';
import { signData } from './sign-data.ts';

const key = 'sandbox_privateKey0000000000000000000000001';
const data =
  'eyJ2ZXJzaW9uIjo3LCJwdWJsaWNfa2V5Ijoic2FuZGJveF9pMDAwMDAwMDAwMDEiLCJhY3Rpb24iOiJwYXkiLCJhbW91bnQiOjQ1MC4wMSwiY3VycmVuY3kiOiJVQUgiLCJkZXNjcmlwdGlvbiI6ItCh0YLRgNC40LbQutCwIiwib3JkZXJfaWQiOiJoZl9wYXlfMSJ9';

// printf '%s' "$KEY$DATA$KEY" | openssl dgst -sha3-256 -binary | base64   (and -sha1)
// python3: base64.b64encode(hashlib.sha3_256((k + d + k).encode()).digest())   (and hashlib.sha1)
test('both generations sign as OpenSSL and Python do', () => {
  expect(signData(data, key, '7')).toBe('KFSXetwM/4VwuvTg8QASS+MP3L2xazs1qzKj/qqJU/M=');
  expect(signData(data, key, '3')).toBe('Wfu8UVnl4xaP5nwFIMm4RiCblEg=');
});

test.each([
  ['450', 450_00n],
  ['450.0', 450_00n],
  ['450.01', 450_01n],
  ['0.01', 1n],
  ['10.1', 10_10n],
  ['10.100', 10_10n],
  ['10.101', undefined],
  ['-1', undefined],
  ['1e2', undefined],
  ['1,5', undefined],
  ['', undefined],
])('an amount of %j is %s', (text, minor) => {
  expect(minorOf(text)).toBe(minor);
});

test('amounts are written as LiqPay writes them, and shown as people do', () => {
  expect([75_000n, 75_010n, 75_001n, 1n, 0n].map(decimalOf)).toEqual(['750.0', '750.1', '750.01', '0.01', '0.0']);
  expect(plainPrice(75_010n)).toBe('750.10');
});
