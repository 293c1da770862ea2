import type { CatalogWarning } from '@holdfast/contract/catalog';
import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

/** What can never work as it is saved: told to whoever saves it, not to the client who would pay. */
export function CardWarnings({ of, warnings }: { of: 'service' | 'staff'; warnings: readonly CatalogWarning[] }) {
  const { say, money, locale } = useWords();
  const here = useLocationHere();
  if (warnings.length === 0) return null;
  const names = ({ names: all = [] }: CatalogWarning) => new Intl.ListFormat(locale, { type: 'conjunction' }).format(all);
  const sentence = (warning: CatalogWarning): ReactNode => {
    switch (warning.code) {
      case 'company_details_missing':
        return <Link to={`/${here.slug}/settings/business-information`}>{say('catalog.warning.company_details_missing')}</Link>;
      case 'method_off':
        return <Link to={`/${here.slug}/finance/cashless-payment`}>{say('catalog.warning.method_off')}</Link>;
      case 'below_provider_minimum':
        return say('catalog.warning.below_provider_minimum', { minimum: money(warning.minimumMinor ?? 0, here.currency), names: names(warning) });
      case 'price_is_zero':
        return say('catalog.warning.price_is_zero', { names: names(warning) });
      case 'nobody_does_it':
        return say(`catalog.warning.nobody_does_it.${of}`);
      case 'other_side_not_available':
        return say(`catalog.warning.other_side_not_available.${of}`, { names: names(warning) });
    }
  };
  return (
    <Alert
      icon={<IconAlertTriangle aria-hidden />}
      title={say('catalog.warnings')}
      role="status"
      bg="var(--hf-warm-soft)"
      styles={{ title: { color: 'var(--hf-warm-ink)' }, icon: { color: 'var(--hf-warm-ink)' } }}
    >
      <List size="sm" spacing={4}>
        {warnings.map((warning) => (
          <List.Item key={warning.code}>
            <Text size="sm" component="span">
              {sentence(warning)}
            </Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
