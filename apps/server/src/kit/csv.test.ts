import { expect, test } from 'vitest';
import { csvCell, csvStream } from './csv.ts';

test.each([
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1', `"'+1"`],
  ['-1', `"'-1"`],
  ['@SUM(1)', `"'@SUM(1)"`],
  ['\t=1', `"'\t=1"`],
  ['  =1', `"'  =1"`],
  ['\r=1', `"'\r=1"`],
  ['＝1', `"'＝1"`],
])('%j typed by somebody is no formula in a table program', (typed, cell) => {
  expect(csvCell(typed)).toBe(cell);
});

test('ordinary values stay as they are', () => {
  expect(['a "b", c', 'two\nlines', '', null, undefined, -5, 7n, { a: 1 }, 'مرحبا 👋'].map(csvCell)).toEqual([
    '"a ""b"", c"',
    '"two\nlines"',
    '""',
    '""',
    '""',
    '"-5"',
    '"7"',
    '"{""a"":1}"',
    '"مرحبا 👋"',
  ]);
});

test('a page is asked for when the one before has been taken', async () => {
  let asked = 0;
  async function* pages() {
    for (; asked < 1000; asked++) yield [['x'.repeat(10_000)]];
  }
  const stream = csvStream(['a'], pages());
  for await (const _ of stream) break;
  expect(asked).toBeLessThan(50);
});
