import { inwardOperations, operations } from '@holdfast/contract/operations';
import type { TransactionChoices } from '@holdfast/contract/transactions';
import { Select } from '@mantine/core';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ClientField } from './client-field.tsx';
import { useMoneyNames } from './names.ts';
import type { TransactionSearch } from './transaction-search.ts';

/** All filters besides the period. */
export function FilterFields({
  search,
  choices,
  onChange,
}: {
  search: TransactionSearch;
  choices: TransactionChoices | undefined;
  onChange: (search: TransactionSearch) => void;
}) {
  const { say } = useWords();
  const may = useMay();
  const names = useMoneyNames();
  const set = (name: keyof TransactionSearch) => (next: string | null) => {
    const { [name]: _, ...others } = search;
    onChange(next ? { ...others, [name]: next } : others);
  };
  const common = { clearable: true, clearButtonProps: { 'aria-label': say('transactions.filters.clear') }, w: { base: '100%', md: 190 } } as const;
  const registers = choices?.registers.map(({ id, name, archived }) => ({
    value: id,
    label: archived ? say('transactions.register.archived', { name: names.register(name) }) : names.register(name),
  }));
  return (
    <>
      <Select
        {...common}
        label={say('transactions.register')}
        placeholder={say('transactions.register.any')}
        data={registers ?? []}
        value={search.register ?? null}
        onChange={set('register')}
      />
      <Select
        {...common}
        searchable
        label={say('transactions.item')}
        placeholder={say('transactions.item.any')}
        data={choices?.items.map(({ id, name }) => ({ value: id, label: names.item(id, name) })) ?? []}
        value={search.item ?? null}
        onChange={set('item')}
      />
      <Select
        {...common}
        searchable
        label={say('transactions.operation')}
        placeholder={say('transactions.operation.any')}
        data={operations
          .filter((one) => !(inwardOperations as readonly string[]).includes(one))
          .map((one) => ({ value: one, label: say(`transactions.operation.${one}`) }))}
        value={search.operation ?? null}
        onChange={set('operation')}
      />
      <Select
        {...common}
        searchable
        label={say('transactions.staff')}
        placeholder={say('transactions.staff.any')}
        data={choices?.staff.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        value={search.staff ?? null}
        onChange={set('staff')}
      />
      {may('clients.see') && (
        <ClientField
          label={say('transactions.client')}
          placeholder={say('transactions.client.any')}
          w={common.w}
          value={search.client ? (choices?.client ?? { id: search.client, name: '…' }) : null}
          onChange={(client) => set('client')(client?.id ?? null)}
        />
      )}
      <Select
        {...common}
        label={say('transactions.direction')}
        placeholder={say('transactions.direction.any')}
        data={(['in', 'out', 'within'] as const).map((one) => ({ value: one, label: say(`transactions.direction.${one}`) }))}
        value={search.direction ?? null}
        onChange={set('direction')}
      />
      <Select
        {...common}
        clearable={false}
        allowDeselect={false}
        label={say('transactions.deleted')}
        data={(['hidden', 'shown', 'only'] as const).map((one) => ({ value: one, label: say(`transactions.deleted.${one}`) }))}
        value={search.deleted ?? 'hidden'}
        onChange={(next) => set('deleted')(next === 'hidden' ? null : next)}
      />
    </>
  );
}
