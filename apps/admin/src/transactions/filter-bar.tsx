import type { TransactionChoices } from '@holdfast/contract/transactions';
import { Button, Drawer, Group, Select, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { readAmount, writeAmount } from '../frame/read-amount.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { FilterFields } from './filter-fields.tsx';
import { countFilters, daysOfPeriod, type Period, periodOf, periods, type TransactionSearch } from './transaction-search.ts';

interface Props {
  readonly search: TransactionSearch;
  readonly choices: TransactionChoices | undefined;
  readonly today: string;
  readonly onChange: (search: TransactionSearch) => void;
}

/** Period and search at once; the other filters beside them, on a phone in a drawer. */
export function FilterBar({ wide, ...props }: Props & { wide: boolean }) {
  const { say } = useWords();
  const [opened, { open, close }] = useDisclosure(false);
  const { search, onChange } = props;
  const count = countFilters(search);
  const { entry } = search;
  const clear = (count > 0 || search.period || search.from || search.to) && (
    <Button variant="subtle" onClick={() => onChange(entry ? { entry } : {})}>
      {say('transactions.filters.clear')}
    </Button>
  );
  return (
    <Stack gap="sm" component="search" aria-label={say('transactions.filters')}>
      <Group gap="sm" align="flex-end">
        <PeriodFields {...props} />
        <SearchField key={`${search.search} ${search.amount}`} {...props} />
        {!wide && (
          <Button variant="default" leftSection={<IconFilter size={18} aria-hidden />} onClick={open} aria-haspopup="dialog">
            {count > 0 ? say('transactions.filters.count', { count }) : say('transactions.filters')}
          </Button>
        )}
      </Group>
      {wide ? (
        <Group gap="sm" align="flex-end">
          <FilterFields {...props} />
          {clear}
        </Group>
      ) : (
        <Drawer
          opened={opened}
          onClose={close}
          title={say('transactions.filters')}
          position="bottom"
          size="85%"
          closeButtonProps={{ 'aria-label': say('frame.close') }}
        >
          <Stack gap="sm">
            <FilterFields {...props} />
            {clear}
            <Button onClick={close}>{say('transactions.filters.show')}</Button>
          </Stack>
        </Drawer>
      )}
    </Stack>
  );
}

function PeriodFields({ search, today, onChange }: Props) {
  const { say, weekStartsOn } = useWords();
  const { period: _period, from, to, ...others } = search;
  const chosen = periodOf(search);
  const choose = (next: string | null) => {
    if (next === null) return;
    // days of one's own begin with those that are shown
    const before = daysOfPeriod(chosen === 'own' || chosen === 'any' ? 'month' : chosen, today, weekStartsOn);
    if (next === 'own') onChange({ ...others, ...before });
    else onChange(next === 'month' ? others : { ...others, period: next as Period });
  };
  const day = (name: 'from' | 'to', value: string) => {
    const days = { from, to, [name]: value || undefined };
    onChange({
      ...others,
      ...(days.from ? { from: days.from } : {}),
      ...(days.to ? { to: days.to } : {}),
      ...(days.from || days.to ? {} : { period: 'any' }),
    });
  };
  return (
    <>
      <Select
        label={say('transactions.period')}
        w={180}
        data={[
          ...periods.map((one) => ({ value: one, label: say(`transactions.period.${one}`) })),
          { value: 'own', label: say('transactions.period.own') },
        ]}
        value={chosen}
        onChange={choose}
        allowDeselect={false}
      />
      {chosen === 'own' && (
        <>
          <TextInput
            type="date"
            label={say('transactions.from')}
            value={from ?? ''}
            max={to}
            onChange={(event) => day('from', event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label={say('transactions.to')}
            value={to ?? ''}
            min={from}
            onChange={(event) => day('to', event.currentTarget.value)}
          />
        </>
      )}
    </>
  );
}

/** What looks like an amount is looked for as one. */
function SearchField({ search, onChange }: Props) {
  const { say, locale } = useWords();
  const { currency } = useLocationHere();
  const [typed, setTyped] = useState(search.search ?? (search.amount ? writeAmount(Number(search.amount), currency, locale) : ''));
  const send = () => {
    const { search: was, amount: wasAmount, ...others } = search;
    const text = typed.trim();
    const read = readAmount(text, currency, locale);
    const next = typeof read === 'object' ? { amount: String(read.amountMinor) } : text === '' ? {} : { search: text };
    if (was === next.search && wasAmount === next.amount) return;
    onChange({ ...others, ...next });
  };
  return (
    <form
      style={{ flex: '1 1 220px', maxWidth: 380 }}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TextInput
        type="search"
        label={say('transactions.search')}
        value={typed}
        maxLength={100}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={send}
      />
    </form>
  );
}
