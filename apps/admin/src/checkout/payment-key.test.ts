import { expect, test } from 'vitest';
import { createPaymentKeys } from './payment-key.ts';

test('clicking twice, or again after a lost answer, names the same payment', () => {
  const keys = createPaymentKeys();
  const first = keys.keyFor('acc_main 4500');
  expect(keys.keyFor('acc_main 4500')).toBe(first);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
});

test('another amount or another register is another payment', () => {
  const keys = createPaymentKeys();
  const first = keys.keyFor('acc_main 4500');
  const second = keys.keyFor('acc_main 4600');
  expect(second).not.toBe(first);
  expect(keys.keyFor('acc_card 4600')).not.toBe(second);
});

test('the same amount once more, after the first was taken, is a payment of its own', () => {
  const keys = createPaymentKeys();
  const first = keys.keyFor('acc_main 4500');
  keys.done();
  expect(keys.keyFor('acc_main 4500')).not.toBe(first);
});
