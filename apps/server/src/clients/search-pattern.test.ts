import { expect, test } from 'vitest';
import { searchPatterns } from './search-pattern.ts';

test.each([
  ['', []],
  ['   ', []],
  ['Inês', ['%ines%']],
  ['Анна ПОДІЛ', ['%анна%', '%поділ%'.normalize('NFD').replace(/[\u0300-\u036f]/g, '')]],
  ['067 123-45-67', ['%671234567%']],
  ['+38 (067) 123', ['%38067123%']],
  ['000', []],
  ['ann@example', ['%ann@example%']],
  ['100%_\\', ['%100\\%\\_\\\\%']],
])('%s is looked for as %j', (search, patterns) => {
  expect(searchPatterns(search)).toEqual(patterns);
});
