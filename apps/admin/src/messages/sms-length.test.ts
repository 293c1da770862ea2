import { expect, test } from 'vitest';
import { smsLength } from './sms-length.ts';

test.each([
  ['nothing', '', 'gsm', 0, 0, 160],
  ['exactly 160 Latin letters', 'a'.repeat(160), 'gsm', 160, 1, 0],
  ['one more', 'a'.repeat(161), 'gsm', 161, 2, 145],
  ['exactly two joined', 'a'.repeat(306), 'gsm', 306, 2, 0],
  ['307', 'a'.repeat(307), 'gsm', 307, 3, 152],
  ['a euro sign, which takes two', '€'.repeat(80), 'gsm', 160, 1, 0],
  ['a euro sign that would be torn apart', `${'a'.repeat(152)}€${'a'.repeat(10)}`, 'gsm', 164, 2, 141],
  ['é, à and ü, which are GSM’s', 'éàü', 'gsm', 3, 1, 157],
  ['ã, which is not', 'ã', 'ucs2', 1, 1, 69],
  ['exactly 70 Ukrainian letters', 'ї'.repeat(70), 'ucs2', 70, 1, 0],
  ['71', 'ї'.repeat(71), 'ucs2', 71, 2, 63],
  ['an emoji, which takes two', '🙂', 'ucs2', 2, 1, 68],
  ['an emoji that would be torn apart', `${'ї'.repeat(66)}🙂${'ї'.repeat(5)}`, 'ucs2', 73, 2, 60],
  ['one long dash among Latin letters', `${'a'.repeat(70)}–`, 'ucs2', 71, 2, 63],
] as const)('an SMS of %s', (_what, text, alphabet, units, segments, left) => {
  expect(smsLength(text)).toEqual({ alphabet, units, segments, left });
});
