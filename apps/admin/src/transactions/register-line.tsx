import type { CashRegister } from '@holdfast/contract/registers';
import { Anchor, Badge, Box, Group, Stack, Text } from '@mantine/core';
import { IconBuildingBank, IconCash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useMoneyNames } from './names.ts';
import { sayFee } from './percent.ts';
import { SortHandle, type Sorting } from './sort-handle.tsx';

export type RegisterDeed = 'change' | 'opening' | 'transfer' | 'archive';

/** One register: its money here and with providers, its fee, and what can be done with it. */
export function RegisterLine({ register, sorting, onDo }: { register: CashRegister; sorting?: Sorting; onDo: (deed: RegisterDeed) => void }) {
  const { say, money, locale, day } = useWords();
  const { slug, timeZone } = useLocationHere();
  const may = useMay();
  const names = useMoneyNames();
  const name = names.register(register.name);
  const { currency, balanceMinor, opening, fee, withProviders } = register;
  const noEdit = may('finance.edit') ? undefined : say('frame.no_right');
  const notHere = register.mayChoose ? undefined : say('transactions.why.register_not_allowed');
  const isArchived = register.archivedAt !== null;
  const Icon = register.kind === 'cash' ? IconCash : IconBuildingBank;
  const openedOn = opening && new Date(opening.happenedAt).toLocaleDateString('sv-SE', { timeZone });
  return (
    <Box
      component="li"
      id={`sort-${register.id}`}
      className="hf-row"
      px="md"
      py="md"
      bg={sorting?.dragged === register.id ? 'var(--hf-sunken)' : undefined}
    >
      <Group gap="sm" align="flex-start" wrap="nowrap">
        {sorting && <SortHandle id={register.id} name={name} sorting={sorting} reason={noEdit} />}
        <Stack gap="sm" flex={1} miw={0}>
          <Group justify="space-between" align="flex-start" gap="md">
            <Box style={{ flex: '1 1 220px', minWidth: 0 }}>
              <Group gap="xs">
                <Icon size={20} aria-hidden />
                <Text fw={650} style={{ overflowWrap: 'anywhere' }}>
                  <bdi>{name}</bdi>
                </Text>
                <Badge variant="light" color="gray">
                  {say(`transactions.registers.kind.${register.kind}`)}
                </Badge>
              </Group>
              {register.comment && (
                <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  <bdi>{register.comment}</bdi>
                </Text>
              )}
            </Box>
            <Box ta={{ base: 'left', xs: 'right' }}>
              <Text size="xs" c="dimmed">
                {say('transactions.registers.balance')}
              </Text>
              <Text fw={700} fz="xl" c={balanceMinor < 0 ? 'var(--hf-bad)' : undefined} style={{ fontVariantNumeric: 'tabular-nums' }}>
                {money(balanceMinor, currency)}
              </Text>
            </Box>
          </Group>
          <Group gap="lg" align="flex-start">
            {withProviders.length > 0 && (
              <Small label={say('transactions.registers.providers')}>
                {withProviders.map((one) => `${one.label} ${money(one.amountMinor, one.currency)}`).join(' · ')}
              </Small>
            )}
            {register.kind === 'cashless' && (
              <Small label={say('transactions.registers.fee')}>
                {sayFee(fee, (minor) => money(minor, currency), locale) || say('transactions.registers.fee.none')}
              </Small>
            )}
            {opening && openedOn && (
              <Anchor component={Link} to={`/${slug}/finance/transactions?period=any&entry=${opening.entryId}`} size="sm">
                {say('transactions.registers.opening.set', { amount: money(opening.amountMinor, currency), day: day(openedOn) })}
              </Anchor>
            )}
          </Group>
          <Group gap="xs">
            <Anchor component={Link} to={`/${slug}/finance/transactions?register=${register.id}`} size="sm" mr="xs">
              {say('transactions.registers.transactions')}
            </Anchor>
            {!isArchived && (
              <>
                <Deed
                  label={say('transactions.transfer')}
                  of={name}
                  reason={may('transactions.create') ? notHere : say('frame.no_right')}
                  onClick={() => onDo('transfer')}
                />
                {!opening && (
                  <Deed label={say('transactions.registers.opening.do')} of={name} reason={noEdit ?? notHere} onClick={() => onDo('opening')} />
                )}
                <Deed label={say('frame.edit')} of={name} reason={noEdit} onClick={() => onDo('change')} />
              </>
            )}
            <Deed
              label={say(isArchived ? 'transactions.registers.restore' : 'transactions.registers.archive')}
              of={name}
              reason={noEdit ?? (register.standard ? say('transactions.registers.archive.standard') : undefined)}
              onClick={() => onDo('archive')}
            />
          </Group>
        </Stack>
      </Group>
    </Box>
  );
}

function Deed({ label, of, reason, onClick }: { label: string; of: string; reason: string | undefined; onClick: () => void }) {
  return (
    <ReasonButton size="xs" variant="default" reason={reason} aria-label={`${label}: ${of}`} onClick={onClick}>
      {label}
    </ReasonButton>
  );
}

function Small({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <Text size="sm">{children}</Text>
    </Box>
  );
}
