import { expect, test } from 'vitest';
import { whyWeakPassword } from './password-rules.ts';

const you = { email: 'olena.koval@linden.example', name: 'Олена Коваль' };

test.each<[string, string | undefined]>([
  ['nine char', 'too_short'],
  ['ten  chars', undefined],
  ['👩‍🦰👩‍🦰👩‍🦰', 'too_short'],
  ['x'.repeat(201), 'too_long'],
  ['olena.koval@linden.example', 'like_you'],
  ['Olena.Koval2026!', 'like_you'],
  ['linden.example', 'like_you'],
  ['Олена Коваль', 'like_you'],
  ['коваль12345', 'like_you'],
  ['1234567890', 'common'],
  ['0987654321', 'common'],
  ['8675309867', 'common'],
  ['qwertyuiop', 'common'],
  ['йцукенгшщз', 'common'],
  ['P@ssw0rd123!', 'common'],
  ['passwordpassword', 'common'],
  ['aaaaaaaaaaaa', 'common'],
  ['abcabcabcabc', 'common'],
  ['holdfast2026', 'common'],
  ['salon-2026!', 'common'],
  ['!!!!!!!!!!!!', 'common'],
  ['a quiet place by the sea', undefined],
  ['Дощ іде в понеділок', undefined],
  ['xK9#mQ2$vL', undefined],
])('%s: %s', (password, expected) => {
  expect(whyWeakPassword(password, you)).toBe(expected);
});
