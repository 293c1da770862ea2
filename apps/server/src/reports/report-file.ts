import { currencyExponent } from '@holdfast/contract/currency-exponent';
import type { ReportName } from '@holdfast/contract/report-names';
import { reports } from './read-report.ts';
import type { Told } from './report-rows.ts';

/** The heading of a report's file. */
export function headingOf(name: ReportName): readonly string[] {
  return ['currency', 'id', 'name', ...reports[name].columns.map(({ key }) => key)];
}

/** All its rows, a page at a time: amounts as plain numbers of the currency. */
export async function* linesOf(name: ReportName, { rows }: Told): AsyncGenerator<readonly (readonly unknown[])[]> {
  const { columns } = reports[name];
  for (let start = 0; start < rows.length; start += 500) {
    yield rows
      .slice(start, start + 500)
      .map(({ currency, key, name: called, values }) => [
        currency,
        key,
        called,
        ...values.map((value, index) =>
          columns[index]?.kind === 'money' && value !== null ? Number(value) / 10 ** currencyExponent(currency) : value,
        ),
      ]);
  }
}
