import type { Taxes, TaxUse } from '@holdfast/contract/taxes';
import { Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { Part } from '../frame/part.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Which rate is for what: the location's own, and each service that says otherwise. */
export function TaxUsePart({ taxes, reason }: { taxes: Taxes; reason: string | undefined }) {
  const { say, locale } = useWords();
  const here = useLocationHere();
  const queries = useQueryClient();
  const [standard, setStandard] = useState(taxes.defaultRateId);
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const save = useMutation({
    mutationFn: (use: TaxUse) => ask<Taxes>('PUT', at(here.id, 'taxes', 'use'), use),
    onSuccess: (next) => queries.setQueryData(['receipts', here.id, 'taxes'], next),
  });
  const percent = (basisPoints: number) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);
  const rates = taxes.rates
    .filter(({ endedAt }) => endedAt === null)
    .map(({ rateId, name, basisPoints }) => ({ value: rateId, label: `${name} ${percent(basisPoints)}` }));
  const services = taxes.services.filter(({ serviceId, tax }) => changed[serviceId] !== undefined && changed[serviceId] !== tax);
  const dirty = services.length > 0 || standard !== taxes.defaultRateId;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason || !dirty) return;
    save.mutate({
      ...(standard === taxes.defaultRateId ? {} : { defaultRate: { was: taxes.defaultRateId, becomes: standard } }),
      services: services.map(({ serviceId, tax }) => ({ serviceId, was: tax, becomes: changed[serviceId] ?? tax })),
    });
  };
  const categories = [...new Set(taxes.services.map(({ category }) => category))];
  return (
    <Part order={2} title={say('receipts.taxes.use')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Select
            label={say('receipts.taxes.use.default')}
            data={[{ value: 'none', label: say('receipts.taxes.no_tax') }, ...rates]}
            value={standard ?? 'none'}
            allowDeselect={false}
            maw={360}
            onChange={(value) => setStandard(value === 'none' ? null : value)}
          />
          {categories.map((category) => (
            <Stack key={category} gap="xs" component="section">
              <Text fw={600} size="sm">
                {category}
              </Text>
              {taxes.services
                .filter((one) => one.category === category)
                .map(({ serviceId, name, tax }) => (
                  <Group key={serviceId} gap="sm" justify="space-between">
                    <Text size="sm" style={{ flex: '1 1 180px', overflowWrap: 'anywhere' }} lineClamp={2}>
                      {name}
                    </Text>
                    <Select
                      aria-label={say('receipts.taxes.use.of', { name })}
                      w={{ base: '100%', xs: 240 }}
                      data={[
                        { value: 'default', label: say('receipts.taxes.as_location') },
                        { value: 'none', label: say('receipts.taxes.no_tax') },
                        ...rates,
                      ]}
                      value={changed[serviceId] ?? tax}
                      allowDeselect={false}
                      onChange={(value) => setChanged({ ...changed, [serviceId]: value ?? tax })}
                    />
                  </Group>
                ))}
            </Stack>
          ))}
          <SaveBar
            dirty={dirty}
            saving={save.isPending}
            error={save.error}
            {...(reason ? { reason } : {})}
            onReset={() => {
              setStandard(taxes.defaultRateId);
              setChanged({});
              save.reset();
              void queries.invalidateQueries({ queryKey: ['receipts', here.id, 'taxes'] });
            }}
          />
        </Stack>
      </form>
    </Part>
  );
}
