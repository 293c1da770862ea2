import type { SalonCatalog } from '@holdfast/contract/catalog';
import { Select } from '@mantine/core';
import { useMay } from '../session.tsx';
import { useWords, type Words } from '../words.tsx';

type Taxes = SalonCatalog['taxes'];

/** What tax the service's price has: as the location says, none, or a rate of its own. */
export function TaxField({
  taxes,
  value,
  reason,
  onChange,
}: {
  taxes: Taxes;
  value: string;
  reason: string | undefined;
  onChange: (tax: string) => void;
}) {
  const words = useWords();
  const { say } = words;
  const may = useMay();
  const noRight = may('finance.edit') ? undefined : say('catalog.tax.no_right');
  const known = ['default', 'none', ...taxes.rates.map(({ rateId }) => rateId)];
  return (
    <Select
      label={say('catalog.tax')}
      description={reason ? undefined : noRight}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={known.map((tax) => ({ value: tax, label: taxName(words, taxes, tax) }))}
      value={value}
      allowDeselect={false}
      disabled={reason !== undefined || noRight !== undefined}
      onChange={(tax) => tax && onChange(tax)}
    />
  );
}

/** In words: "As the location: VAT 23 %", "No tax", "VAT 6 %". */
export function taxName(words: Pick<Words, 'say' | 'locale'>, taxes: Taxes, tax: string): string {
  const { say } = words;
  if (tax === 'none') return say('catalog.tax.none');
  if (tax === 'default') return say('catalog.tax.default', { tax: taxName(words, taxes, taxes.defaultRateId ?? 'none') });
  const rate = taxes.rates.find(({ rateId }) => rateId === tax);
  return rate ? `${rate.name} ${percentOf(words, rate.basisPoints)}` : '';
}

const percentOf = ({ locale }: Pick<Words, 'locale'>, basisPoints: number) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
