import { hash } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { hashPassword, passwordMatches } from './password-hash.ts';

test('a crowd that signs in at once waits in line, and whoever comes after a hundred is asked to come back', async () => {
  const kept = await hash('x', { memoryCost: 8, timeCost: 1, parallelism: 1 });
  const crowd = Array.from({ length: 110 }, () => passwordMatches(kept, 'x'));
  const said = await Promise.allSettled(crowd);
  expect(said.filter((one) => one.status === 'fulfilled' && one.value)).toHaveLength(102);
  expect(said.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : []))).toEqual(
    Array.from({ length: 8 }, () => 'too_many_requests'),
  );
  // afterwards the line is empty again
  expect(await passwordMatches(await hashPassword('y'), 'y')).toBe(true);
  expect(await passwordMatches(null, 'y')).toBe(false);
});
