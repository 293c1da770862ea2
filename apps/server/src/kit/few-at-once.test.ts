import { expect, test } from 'vitest';
import { fewAtOnce } from './few-at-once.ts';

test('of one name two are under way and the third waits, another name does not wait, and who fails lets the next one in', async () => {
  const inTurn = fewAtOnce(2);
  const begun: string[] = [];
  const open = (name: string, word: string) => {
    const end = Promise.withResolvers<string>();
    const done = inTurn(name, () => {
      begun.push(word);
      return end.promise;
    });
    return { end, done };
  };
  const [one, two, three, other] = [open('yoga', 'one'), open('yoga', 'two'), open('yoga', 'three'), open('chess', 'other')];
  expect(begun).toEqual(['one', 'two', 'other']);
  two.end.reject(new Error('no'));
  await expect(two.done).rejects.toThrow('no');
  expect(begun).toEqual(['one', 'two', 'other', 'three']);
  for (const { end } of [one, three, other]) end.resolve('done');
  expect(await Promise.all([one.done, three.done, other.done])).toEqual(['done', 'done', 'done']);
  const again = open('yoga', 'again');
  expect(begun.at(-1)).toBe('again');
  again.end.resolve('done');
  expect(await again.done).toBe('done');
});
