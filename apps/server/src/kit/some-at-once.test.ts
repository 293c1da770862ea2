import { expect, test } from 'vitest';
import { someAtOnce } from './some-at-once.ts';

test('everything is done once, so many at a time and no more', async () => {
  let under = 0;
  let most = 0;
  const done: number[] = [];
  await someAtOnce([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++under);
    await Promise.resolve();
    done.push(item);
    under--;
  });
  expect(most).toBe(3);
  expect(done.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

test('nothing to do is done at once', async () => {
  await someAtOnce([], 8, async () => expect.unreachable());
});
