import { describe, expect, it } from 'vitest';
import { asWritten, readExactJson } from './exact-json.ts';

describe('numbers of a provider', () => {
  it.each([
    ['10.1', '10.1'],
    ['10.10', '10.10'],
    ['0.1', '0.1'],
    ['-3', '-3'],
    ['1e2', '1e2'],
    ['9007199254740993', '9007199254740993'],
    ['6502894200000000001', '6502894200000000001'],
    ['123456789012345678901234567890.12345678901234567890', '123456789012345678901234567890.12345678901234567890'],
  ])('%s is read to the last digit', (written, read) => {
    expect(readExactJson(`{"a":[${written}]}`)).toEqual({ a: [read] });
  });

  it('texts, lists, truth and nothing stay what they are, also under odd names', () => {
    const text = '{"__proto__":{"x":1},"a":"1","b":[true,null,"ю"],"":2}';
    expect(JSON.stringify(readExactJson(text))).toBe('{"__proto__":{"x":"1"},"a":"1","b":[true,null,"ю"],"":"2"}');
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it.each(['', 'null x', '{"a":01}', '<html>'])('%j is no JSON', (text) => {
    expect(() => readExactJson(text)).toThrow(SyntaxError);
  });

  it('are written as they were said', () => {
    expect(JSON.stringify({ amount: asWritten('750.10'), id: asWritten('9007199254740993') })).toBe('{"amount":750.10,"id":9007199254740993}');
    for (const odd of ['', '1.', '.5', '01', '1e3', 'NaN', '1,5', '1}', '--1']) expect(() => asWritten(odd)).toThrow(RangeError);
  });
});
