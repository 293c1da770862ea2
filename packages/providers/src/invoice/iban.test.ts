import { expect, test } from 'vitest';
import { ibanIsGood } from './iban.ts';

// the examples of the IBAN registry (SWIFT, ISO 13616-2)
test.each(['PT50 0002 0123 1234 5678 9015 4', 'UA213223130000026007233566001', 'BR1800360305000010009795493C1', 'gb29 nwbk 6016 1331 9268 19'])(
  'the registry’s own example %s is good',
  (iban) => expect(ibanIsGood(iban)).toBe(true),
);

test('two digits the wrong way round, one digit too few and rubbish are noticed', () => {
  for (const bad of ['PT50 0002 0123 1234 5678 9051 4', 'PT50 0002 0123 1234 5678 9015', '', 'IBAN', 'PT5٠000201231234567890154', '💶'])
    expect(ibanIsGood(bad)).toBe(false);
});
