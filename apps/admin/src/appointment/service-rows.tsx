import type { Bookables } from '@holdfast/contract/bookables';
import { ActionIcon, Group, Select, Stack, Text } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { MoneyInput } from '../frame/money-input.tsx';
import { useWords } from '../words.tsx';
import { termsOf } from './bookables-query.ts';
import type { ServiceRow } from './parts.ts';

const MOST = 8;

/** Services with their prices, one after the other; another one is added at the end. */
export function ServiceRows({
  bookables,
  staffId,
  rows,
  onChange,
  currency,
  mayPrice,
  disabled = false,
  required = false,
}: {
  bookables: Bookables | undefined;
  staffId: string | null;
  rows: readonly ServiceRow[];
  onChange: (rows: readonly ServiceRow[]) => void;
  currency: string;
  mayPrice: boolean;
  disabled?: boolean;
  /** The last one cannot be taken away. */
  required?: boolean;
}) {
  const { say, money, minutes } = useWords();
  const usual = (serviceId: string) => termsOf(bookables, staffId, serviceId);
  const change = (index: number, row: ServiceRow) => onChange(rows.map((one, at) => (at === index ? row : one)));
  return (
    <Stack gap="xs">
      {rows.map((row, index) => {
        const { name, serviceId, costMinor } = row;
        const terms = usual(serviceId);
        return (
          // the same service can stand here twice
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
          <Group key={`${index} ${serviceId}`} gap="sm" wrap="nowrap" align="center">
            <Stack gap={0} flex={1} miw={0}>
              <Text size="sm" fw={500} style={{ overflowWrap: 'anywhere' }}>
                {name}
              </Text>
              {terms && (
                <Text size="xs" c="dimmed">
                  {minutes(terms.durationMinutes)}
                </Text>
              )}
            </Stack>
            {mayPrice && !disabled ? (
              <MoneyInput
                aria-label={say('appointment.services.price', { service: name })}
                title={say('appointment.services.usual')}
                w={132}
                currency={currency}
                value={costMinor}
                placeholder={terms ? money(terms.priceMinMinor, currency) : undefined}
                onChange={(next, wrong) => change(index, { serviceId, name, costMinor: next, ...(wrong ? { wrong } : {}) })}
              />
            ) : (
              <Text size="sm">{money(costMinor ?? terms?.priceMinMinor ?? 0, currency)}</Text>
            )}
            {!disabled && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                disabled={required && rows.length === 1}
                title={required && rows.length === 1 ? say('appointment.services.last') : undefined}
                aria-label={say('appointment.services.remove', { service: name })}
                onClick={() => onChange(rows.filter((_, at) => at !== index))}
              >
                <IconX size={18} aria-hidden />
              </ActionIcon>
            )}
          </Group>
        );
      })}
      {!disabled && <AddService bookables={bookables} staffId={staffId} full={rows.length >= MOST} onAdd={(row) => onChange([...rows, row])} />}
    </Stack>
  );
}

function AddService({
  bookables,
  staffId,
  full,
  onAdd,
}: {
  bookables: Bookables | undefined;
  staffId: string | null;
  full: boolean;
  onAdd: (row: ServiceRow) => void;
}) {
  const { say, money } = useWords();
  const [sought, setSought] = useState('');
  const person = bookables?.staff.find(({ id }) => id === staffId);
  const offered = (bookables?.services ?? []).filter(({ id }) => !person || person.services.some(({ serviceId }) => serviceId === id));
  const data = (bookables?.categories ?? []).map(({ id, name }) => ({
    group: name,
    items: offered
      .filter(({ categoryId }) => categoryId === id)
      .map((service) => ({
        value: service.id,
        label: `${service.name} · ${money(termsOf(bookables, staffId, service.id)?.priceMinMinor ?? 0, bookables?.currency ?? 'EUR')}`,
      })),
  }));
  return (
    <Select
      aria-label={say('appointment.services.add')}
      placeholder={say('appointment.services.add')}
      description={full ? say('appointment.services.most') : undefined}
      disabled={full || !bookables}
      searchable
      data={data.filter(({ items }) => items.length > 0)}
      value={null}
      searchValue={sought}
      onSearchChange={setSought}
      nothingFoundMessage={say('appointment.services.none_found')}
      onChange={(id) => {
        const service = bookables?.services.find((one) => one.id === id);
        if (service) onAdd({ serviceId: service.id, name: service.name, costMinor: null });
        setSought('');
      }}
      comboboxProps={{ zIndex: 400 }}
      maxDropdownHeight={320}
    />
  );
}
