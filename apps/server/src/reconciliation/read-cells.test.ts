import { describe, expect, test } from 'vitest';
import { guessDates, guessDecimal } from '../kit/guess-columns.ts';
import { lookAtFile } from '../kit/look-at-file.ts';
import { readCellAmount, readCellDate } from '../kit/read-cells.ts';
import { columnsOf } from './guess-mapping.ts';

describe('an amount is read as it was meant, or not at all', () => {
  test.each([
    ['1234.56', '.', 'EUR', 123456n],
    ['1,234.56', '.', 'EUR', 123456n],
    ['1 234,56', ',', 'UAH', 123456n],
    ['1\u00a0234,56 ₴', ',', 'UAH', 123456n],
    ['€ 1.234,5', ',', 'EUR', 123450n],
    ['(12.30)', '.', 'EUR', -1230n],
    ['12.30-', '.', 'EUR', -1230n],
    ['−12.30', '.', 'EUR', -1230n],
    ['-12', '.', 'EUR', -1200n],
    ['5000', '.', 'JPY', 5000n],
    ['5000.00', '.', 'JPY', 5000n],
    ['12.345', '.', 'KWD', 12345n],
    ['0.10', '.', 'EUR', 10n],
    // wrong separators are never guessed at
    ['1,23', '.', 'EUR', undefined],
    ['1.234,56', '.', 'EUR', undefined],
    ['12.345', '.', 'EUR', undefined],
    ['5000.5', '.', 'JPY', undefined],
    ['1,2345.00', '.', 'EUR', undefined],
    ['--5', '.', 'EUR', undefined],
    ['(5)-', '.', 'EUR', undefined],
    ['', '.', 'EUR', undefined],
    ['=1+1', '.', 'EUR', undefined],
    ['1e5', '.', 'EUR', undefined],
    ['12.30', '.', 'XYZ', undefined],
  ] as const)('%s with %s in %s', (cell, decimal, currency, amount) => {
    expect(readCellAmount(cell, currency, decimal)).toBe(amount);
  });
});

describe('a date is read as it was meant, or not at all', () => {
  test.each([
    ['2026-03-04T10:20:30Z', 'dmy', '2026-03-04T10:20:30.000Z'],
    ['2026-03-04 10:20:30 UTC', 'dmy', '2026-03-04T10:20:30.000Z'],
    ['2026-03-04 10:20', 'ymd', '2026-03-04T08:20:00.000Z'],
    ['04.03.2026', 'dmy', '2026-03-04T10:00:00.000Z'],
    ['03/04/2026 01:15 PM', 'mdy', '2026-03-04T11:15:00.000Z'],
    ['4 Mar 2026', 'dmy', '2026-03-04T10:00:00.000Z'],
    ['31.02.2026', 'dmy', undefined],
    ['13/13/2026', 'mdy', undefined],
    ['yesterday', 'dmy', undefined],
    ['', 'dmy', undefined],
  ] as const)('%s as %s in Kyiv', (cell, order, at) => {
    expect(readCellDate(cell, order, 'Europe/Kyiv')?.toISOString()).toBe(at);
  });
});

test('columns, decimals and dates are guessed from what stands there', () => {
  expect(columnsOf(['balance_transaction_id', 'created_utc', 'reporting_category', 'gross', 'fee', 'net', 'currency', 'automatic_payout_id'])).toEqual([
    'id', 'date', 'kind', 'amount', 'fee', 'net', 'currency', 'payout',
  ]); // biome-ignore format: one line
  expect(columnsOf(['Дата', 'Сума', 'Комісія', 'Валюта'])).toEqual(['date', 'amount', 'fee', 'currency']);
  expect(guessDecimal(['1.234,56', '12,00'])).toBe(',');
  expect(guessDecimal(['1,234', '5,000'])).toBe('.');
  expect(guessDates(['04/03/2026', '25/03/2026'])).toBe('dmy');
  expect(guessDates(['03/25/2026'])).toBe('mdy');
});

describe('how a file is written is seen from its beginning', () => {
  const text = 'Дата;Сума;Опис\n04.03.2026;10,00;"стрижка; фарбування"\n05.03.2026;11,00;манікюр\n';
  const cp1251 = (from: string) =>
    Uint8Array.from(from.split('').map((letter) => {
      const code = letter.charCodeAt(0);
      if (code < 0x80) return code;
      if (letter === 'і') return 0xb3;
      return code - 0x410 + 0xc0;
    })); // biome-ignore format: short
  test.each([
    ['utf-8', new TextEncoder().encode(text)],
    ['utf-8', new TextEncoder().encode(`\uFEFF${text}`)],
    ['utf-16le', new Uint8Array(Buffer.from(`\uFEFF${text}`, 'utf16le'))],
    ['utf-16le', new Uint8Array(Buffer.from(text.replace(/[^\n;.,0-9"]/g, 'a'), 'utf16le'))],
    ['windows-1251', cp1251(text)],
    ['windows-1252', new Uint8Array(Buffer.from('Descrição;Valor;Data\ncoloração;10,00;04.03.2026\n', 'latin1'))],
  ])('%s', (encoding, bytes) => {
    expect(lookAtFile(bytes)).toEqual({ encoding, separator: ';' });
  });

  test('what is no text or no table is refused with its line', () => {
    expect(() => lookAtFile(new Uint8Array(Buffer.from('a,b\n1,2\nPK\u0003\u0004')))).toThrow(expect.objectContaining({ line: 3 }) as Error);
    expect(() => lookAtFile(new TextEncoder().encode('only words'))).toThrow('only one line');
  });
});
