import type { OwnTerms } from '@holdfast/contract/catalog';
import { Checkbox, Group, NumberInput, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { MoneyInput } from '../frame/money-input.tsx';
import { useWords } from '../words.tsx';
import { ownTermsTrouble } from './card-drafts.ts';

export const asTheService: OwnTerms = { priceMinMinor: null, priceMaxMinor: null, durationMinutes: null };

/** One pair of team member and service: whether they do it, and what is different when they do. Empty fields: as the service says. */
export function OwnTermsFields({
  name,
  marks,
  own,
  usual,
  currency,
  reason,
  onChange,
  onWrong,
}: {
  name: string;
  marks?: ReactNode;
  own: OwnTerms | undefined;
  /** What the service says; shown where nothing else is. */
  usual: { readonly priceMinMinor: number | null; readonly priceMaxMinor: number | null; readonly durationMinutes: number };
  currency: string;
  reason: string | undefined;
  onChange: (own: OwnTerms | undefined) => void;
  onWrong: (field: string, wrong: boolean) => void;
}) {
  const { say, money, minutes } = useWords();
  const disabled = reason !== undefined;
  const placeholder = (amount: number | null) => (amount === null ? '' : money(amount, currency));
  const trouble = own && ownTermsTrouble(own);
  return (
    <Stack gap="xs" py="sm" style={{ borderTop: '1px solid var(--hf-line)' }}>
      <Group gap="sm" justify="space-between">
        <Checkbox
          label={name}
          checked={own !== undefined}
          disabled={disabled}
          onChange={({ currentTarget }) => onChange(currentTarget.checked ? asTheService : undefined)}
          styles={{ label: { fontWeight: 550 } }}
        />
        {marks}
      </Group>
      {own && (
        <Group gap="sm" align="flex-start" pl={{ base: 0, sm: 32 }}>
          <MoneyInput
            size="xs"
            w={130}
            label={say('catalog.own_price_from')}
            aria-label={`${name}: ${say('catalog.own_price_from')}`}
            placeholder={placeholder(usual.priceMinMinor)}
            currency={currency}
            value={own.priceMinMinor}
            disabled={disabled}
            onChange={(priceMinMinor, wrong) => {
              onChange({ ...own, priceMinMinor });
              onWrong('min', wrong);
            }}
          />
          <MoneyInput
            size="xs"
            w={130}
            label={say('catalog.own_price_to')}
            aria-label={`${name}: ${say('catalog.own_price_to')}`}
            placeholder={placeholder(own.priceMinMinor ?? usual.priceMaxMinor)}
            currency={currency}
            value={own.priceMaxMinor}
            disabled={disabled}
            {...(trouble ? { error: say(trouble) } : {})}
            onChange={(priceMaxMinor, wrong) => {
              onChange({ ...own, priceMaxMinor });
              onWrong('max', wrong);
            }}
          />
          <NumberInput
            size="xs"
            w={130}
            label={say('catalog.own_duration')}
            aria-label={`${name}: ${say('catalog.own_duration')}`}
            placeholder={minutes(usual.durationMinutes)}
            min={5}
            max={1440}
            step={5}
            allowDecimal={false}
            value={own.durationMinutes ?? ''}
            disabled={disabled}
            onChange={(value) => onChange({ ...own, durationMinutes: typeof value === 'number' ? value : null })}
          />
          <Text size="xs" c="dimmed" mt={26} visibleFrom="sm">
            {own.priceMinMinor === null && own.durationMinutes === null ? say('catalog.as_the_service') : ''}
          </Text>
        </Group>
      )}
    </Stack>
  );
}
