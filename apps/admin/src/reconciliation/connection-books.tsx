import type { ReconciliationConnection } from '@holdfast/contract/reconciliation';
import { Alert, Badge, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconFileImport, IconRefresh, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { troubleKey } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { NotePayoutDialog } from './note-payout-dialog.tsx';
import { useReconciliationDeed } from './reconciliation-query.ts';
import { SettingsDialog } from './settings-dialog.tsx';
import { registerName, statusKey } from './words-for.ts';

/** One provider at a glance: what is on its way, the last payout, what has to be decided. */
export function ConnectionBooks({ connection }: { connection: ReconciliationConnection }) {
  const words = useWords();
  const { say, money, when } = words;
  const { slug, timeZone } = useLocationHere();
  const may = useMay();
  const [shown, setShown] = useState<'import' | 'settings' | 'payout'>();
  const read = useReconciliationDeed();
  const reason = may('reconciliation.make') ? undefined : say('frame.no_right');
  const { onItsWay, lastPayout, feesMinor, open, lastError, readAt } = connection;
  const readNow = () =>
    read.mutate(
      { method: 'POST', path: ['connections', connection.id, 'readings'] },
      { onSuccess: () => toast(say('reconciliation.read.done')), onError: (trouble) => toast(say(troubleKey(trouble)), 'bad') },
    );
  return (
    <Paper withBorder p="md" component="section" aria-label={connection.label}>
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <div>
            <Title order={2} size="h4">
              {connection.label}
            </Title>
            <Text size="sm" c="dimmed">
              {say('reconciliation.into', { provider: connection.providerTitle, register: registerName(words, connection.registerName) })}
            </Text>
          </div>
          {connection.archived && <Badge variant="default">{say('reconciliation.archived')}</Badge>}
        </Group>
        <div>
          <Text size="sm" c="dimmed">
            {say('reconciliation.on_its_way')}
          </Text>
          {onItsWay.map(({ currency, amountMinor }) => (
            <Text key={currency} fz={28} fw={650} lh={1.2} c={amountMinor < 0 ? 'var(--hf-bad)' : undefined}>
              <Link
                to="/$location/finance/reconciliation/on-its-way/$connection"
                params={{ location: slug, connection: connection.id }}
                style={{ color: 'inherit' }}
                aria-label={say('reconciliation.on_its_way.open', { amount: money(amountMinor, currency), name: connection.label })}
              >
                {money(amountMinor, currency)}
              </Link>
            </Text>
          ))}
        </div>
        <Group gap="xl" align="flex-start">
          <div>
            <Text size="sm" c="dimmed">
              {say('reconciliation.last_payout')}
            </Text>
            {lastPayout ? (
              <Text size="sm">
                <Link
                  to="/$location/finance/reconciliation/payouts/$payout"
                  params={{ location: slug, payout: lastPayout.id }}
                  style={{ color: 'inherit' }}
                >
                  {money(lastPayout.amountMinor, lastPayout.currency)}
                </Link>
                <br />
                {when(lastPayout.at, timeZone)}
              </Text>
            ) : (
              <Text size="sm">{say('reconciliation.last_payout.none')}</Text>
            )}
          </div>
          <div>
            <Text size="sm" c="dimmed">
              {say('reconciliation.fees_month')}
            </Text>
            <Text size="sm">{feesMinor.map(({ currency, amountMinor }) => money(amountMinor, currency)).join(' · ') || '—'}</Text>
          </div>
        </Group>
        <Group gap={6}>
          {open.length === 0 && (
            <Badge variant="light" color="green" tt="none" c="var(--hf-good)">
              {say('reconciliation.all_agrees')}
            </Badge>
          )}
          {open.map(({ status, count }) => (
            <Badge
              key={status}
              variant="light"
              color="yellow"
              tt="none"
              c="var(--hf-warm-ink)"
              bg="var(--hf-warm-soft)"
              style={{ cursor: 'pointer' }}
              renderRoot={(props) => (
                <Link
                  to="/$location/finance/reconciliation/differences"
                  params={{ location: slug }}
                  search={{ connection: connection.id, status }}
                  {...props}
                />
              )}
            >
              {say(statusKey(status))}: {count}
            </Badge>
          ))}
        </Group>
        {lastError && (
          <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} p="xs">
            <Text size="sm">{say('reconciliation.read.failed', { why: lastError })}</Text>
          </Alert>
        )}
        <Text size="xs" c="dimmed" mt="auto">
          {connection.reads === 'none'
            ? say('reconciliation.reads.none')
            : readAt
              ? say(`reconciliation.reads.${connection.reads}`, { when: when(readAt, timeZone) })
              : say('reconciliation.reads.not_yet')}
        </Text>
        <Group gap="xs">
          <ReasonButton
            size="xs"
            variant="default"
            reason={reason}
            loading={read.isPending}
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={readNow}
          >
            {say('reconciliation.read_now')}
          </ReasonButton>
          <ReasonButton
            size="xs"
            variant="default"
            reason={reason}
            leftSection={<IconFileImport size={16} aria-hidden />}
            onClick={() => setShown('import')}
          >
            {say('reconciliation.import')}
          </ReasonButton>
          {connection.reads !== 'payouts' && (
            <ReasonButton size="xs" variant="default" reason={reason} onClick={() => setShown('payout')}>
              {say('reconciliation.note_payout')}
            </ReasonButton>
          )}
          <ReasonButton
            size="xs"
            variant="subtle"
            reason={reason}
            leftSection={<IconSettings size={16} aria-hidden />}
            onClick={() => setShown('settings')}
          >
            {say('reconciliation.settings')}
          </ReasonButton>
        </Group>
        {shown === 'import' && <ImportDialog connection={connection} onClose={() => setShown(undefined)} />}
        {shown === 'payout' && <NotePayoutDialog connection={connection} onClose={() => setShown(undefined)} />}
        {shown === 'settings' && <SettingsDialog connection={connection} onClose={() => setShown(undefined)} />}
      </Stack>
    </Paper>
  );
}
