import { expect, it } from 'vitest';
import { overlapLanes } from './overlap-lanes.ts';

const lanesOf = (...spans: [string, number, number][]) =>
  Object.fromEntries(
    [...overlapLanes(spans.map(([id, from, to]) => ({ id, from, to })))].map(([id, { lane, lanes }]) => [id, `${lane + 1}/${lanes}`]),
  );

it.each([
  ['nothing', [], {}],
  ['one alone has the whole width', [['a', 0, 60]], { a: '1/1' }],
  [
    'two that only touch do not share',
    [
      ['a', 0, 60],
      ['b', 60, 90],
    ],
    { a: '1/1', b: '1/1' },
  ],
  [
    'two that overlap share',
    [
      ['a', 0, 60],
      ['b', 45, 90],
    ],
    { a: '1/2', b: '2/2' },
  ],
  [
    'a third takes the lane that is free again',
    [
      ['a', 0, 30],
      ['b', 0, 90],
      ['c', 30, 60],
    ],
    { b: '1/2', a: '2/2', c: '2/2' },
  ],
  [
    'who comes after all of them is alone again',
    [
      ['a', 0, 60],
      ['b', 30, 60],
      ['c', 60, 70],
    ],
    { a: '1/2', b: '2/2', c: '1/1' },
  ],
] as [string, [string, number, number][], Record<string, string>][])('%s', (_, spans, lanes) => {
  expect(lanesOf(...spans)).toEqual(lanes);
});
