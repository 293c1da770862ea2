import type { ClientAccount } from '@holdfast/contract/accounts';
import { Radio, Select, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useAccountName } from '../accounts/account-name.ts';
import { accountsOfClientQuery } from '../accounts/accounts-queries.ts';
import { useFoundClients } from '../appointment/find-clients.ts';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';

/** Who else pays: a client found by name or phone, then which of their accounts. */
export function OtherAccount({
  locationId,
  chosen,
  onChoose,
}: {
  locationId: string;
  chosen: ClientAccount | undefined;
  onChoose: (account: ClientAccount | undefined) => void;
}) {
  const { say, money } = useWords();
  const nameOf = useAccountName();
  const [client, setClient] = useState<{ id: string; name: string }>();
  const [sought, setSought] = useState('');
  const [asked] = useDebouncedValue(sought, 200);
  const found = useFoundClients(locationId, client ? '' : asked);
  const theirs = useQuery({ ...accountsOfClientQuery(locationId, client?.id ?? ''), enabled: client !== undefined });
  const payable = theirs.data?.accounts.filter(({ mayPay, spendableMinor }) => mayPay && spendableMinor > 0) ?? [];
  const clients = found.data?.clients ?? [];
  const shown = client ? [client] : sought.trim().length >= 2 ? clients : [];
  // the only one there is needs no second click
  const [only] = payable.length === 1 ? payable : [];
  if (only && !chosen) onChoose(only);
  return (
    <Stack gap="sm" pl="xl">
      <Select
        label={say('checkout.account.other.who')}
        description={say('checkout.account.other.about')}
        leftSection={<IconSearch size={16} aria-hidden />}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': say('frame.delete') }}
        data={shown.map(({ id, name }) => ({ value: id, label: name || say('clients.no_name') }))}
        // the server has searched: everything that came fits
        filter={({ options }) => options}
        value={client?.id ?? null}
        onChange={(id) => {
          const next = clients.find((one) => one.id === id);
          setClient(next && { id: next.id, name: next.name });
          onChoose(undefined);
        }}
        searchValue={sought}
        onSearchChange={setSought}
        nothingFoundMessage={
          sought.trim().length < 2
            ? undefined
            : found.isFetching
              ? say('checkout.account.other.searching')
              : say('clients.none_found', { search: sought.trim() })
        }
        comboboxProps={{ zIndex: 400 }}
        maxDropdownHeight={320}
      />
      {found.error && <TroubleNotice error={found.error} />}
      {theirs.error && <TroubleNotice error={theirs.error} onRetry={() => void theirs.refetch()} />}
      {theirs.data && payable.length === 0 && (
        <Text size="sm" c="dimmed" role="status">
          {say('checkout.account.other.none')}
        </Text>
      )}
      {payable.length > 0 && (
        <Radio.Group label={say('checkout.account.which')} value={chosen?.id ?? ''} onChange={(id) => onChoose(payable.find((one) => one.id === id))}>
          <Stack gap="xs" mt={4}>
            {payable.map((one) => (
              <Radio
                key={one.id}
                value={one.id}
                label={say('checkout.account.one', { name: nameOf(one), amount: money(one.spendableMinor, one.currency) })}
              />
            ))}
          </Stack>
        </Radio.Group>
      )}
    </Stack>
  );
}
