import { expect, test } from 'vitest';
import { mintScope } from '../access/scope.ts';
import { newSealingKey } from '../kit/seal.ts';
import { codeKeys } from './code-keys.ts';
import { codeTimes, prefixesOf } from './confirmation-rules.ts';
import { hideCode, showCode } from './hide-code.ts';

test('a code is good for five minutes, and another one can be had after one', () => {
  expect(codeTimes(new Date('2026-03-02T09:00:00Z'))).toEqual({
    resendAt: new Date('2026-03-02T09:01:00Z'),
    expiresAt: new Date('2026-03-02T09:05:00Z'),
  });
});

test.each([
  ['+351912345678', ['+35191234', '+35191']],
  ['+12125550123', ['+1212555', '+1212']],
  // shorter than what is cut off
  ['+3725123', ['+372', '+37']],
])('the neighbours of %s are counted by its block and by its operator or area', (phone, prefixes) => {
  expect(prefixesOf(phone).map(({ prefix }) => prefix)).toEqual(prefixes);
});

test('a code has six digits, is another one each time, and nobody without the key could tell it', () => {
  const keys = codeKeys(newSealingKey());
  const codes = Array.from({ length: 1000 }, (_, no) => keys.codeOf(`cod_${no}`));
  expect(codes.every((code) => /^\d{6}$/.test(code))).toBe(true);
  expect(new Set(codes).size).toBeGreaterThan(990);
  expect(keys.codeOf('cod_1')).toBe(codes[1]);
  expect(codeKeys(newSealingKey()).codeOf('cod_1')).not.toBe(codes[1]);
});

test('a proof and a kept code are good at one place, for one draft and one phone', () => {
  const keys = codeKeys(newSealingKey());
  const [here, there] = [mintScope('chn_1', 'loc_1'), mintScope('chn_1', 'loc_2')];
  const proofs = [
    keys.proofOf(here, 'draft_1', '+351912345678'),
    keys.proofOf(there, 'draft_1', '+351912345678'),
    keys.proofOf(here, 'draft_2', '+351912345678'),
    keys.proofOf(here, 'draft_1', '+351912345679'),
  ];
  expect(new Set(proofs).size).toBe(4);
  expect(keys.hashOf(here, 'draft_1', '+351912345678', '123456').equals(keys.hashOf(here, 'draft_2', '+351912345678', '123456'))).toBe(false);
});

test('what is kept of a message has dots for the code, which only the demo’s telephone turns back', () => {
  const said = '123456 is your code.\n\n@salon.example #123456';
  expect(hideCode(said, '123456')).toBe('•••••• is your code.\n\n@salon.example #••••••');
  expect(showCode(hideCode(said, '123456'), '123456')).toBe(said);
});
