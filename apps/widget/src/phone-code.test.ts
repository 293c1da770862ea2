import { digitsOf } from '@holdfast/contract/code-digits';
import { expect, test } from 'vitest';
import { faultOfCode, tooManyCodes } from './phone-code.ts';

test.each([
  ['123456', '123456'],
  ['123 456', '123456'],
  [' 12-34-56 ', '123456'],
  ['1234567', '123456'],
  ['١٢٣٤٥٦', '123456'],
  ['۱۲۳۴۵۶', '123456'],
  ['code', ''],
])('of %s the code is %s', (typed, digits) => {
  expect(digitsOf(typed)).toBe(digits);
});

const refusal = (code: 'wrong_code' | 'too_many_requests' | 'time_taken', detail: Record<string, unknown>) =>
  ({ kind: 'refused', status: 409, code, detail, requestId: '' }) as const;

test('a wrong code says how many tries are left, and after the last that another one is needed', () => {
  expect(faultOfCode(refusal('wrong_code', { because: 'wrong', triesLeft: 3 }))).toEqual({ key: 'phone.wrong', triesLeft: 3 });
  expect(faultOfCode(refusal('wrong_code', { because: 'wrong', triesLeft: 0 }))?.key).toBe('phone.too_many_tries');
  expect(faultOfCode(refusal('wrong_code', { because: 'run_out', triesLeft: 0 }))?.key).toBe('phone.run_out');
  expect(faultOfCode(refusal('time_taken', {}))).toBeUndefined();
  expect(faultOfCode({ kind: 'offline' })).toBeUndefined();
});

test('whoever has had too many codes is told when to try again', () => {
  const retryAt = '2026-03-02T10:00:00.000Z';
  expect(tooManyCodes(refusal('too_many_requests', { limit: 'phone', retryAt }))).toEqual({ key: 'phone.too_many_for_phone', retryAt });
  expect(tooManyCodes(refusal('too_many_requests', { limit: 'location', retryAt }))?.key).toBe('phone.too_many');
  expect(tooManyCodes({ kind: 'timeout' })).toBeUndefined();
});
