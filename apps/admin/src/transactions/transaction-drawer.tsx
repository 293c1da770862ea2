import type { Transaction, TransactionChoices, TransactionDetail } from '@holdfast/contract/transactions';
import { Anchor, Box, Button, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { Amount } from './amount.tsx';
import { DeleteDialog } from './delete-dialog.tsx';
import { ManualDialog } from './manual-dialog.tsx';
import { useMoneyNames } from './names.ts';
import { transactionQueryOf } from './queries.ts';
import { StateBadge } from './state-badge.tsx';

/** One transaction with everything that belongs to it, and what can be done with it. */
export function TransactionDrawer({
  entryId,
  choices,
  onOpen,
  onClose,
}: {
  entryId: string;
  choices: TransactionChoices | undefined;
  onOpen: (entryId: string) => void;
  onClose: () => void;
}) {
  const { say } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery(transactionQueryOf(here.id, entryId));
  const [doing, setDoing] = useState<'edit' | 'delete'>();
  const [first] = data?.lines ?? [];
  return (
    <>
      <Drawer opened onClose={onClose} position="right" size="md" withCloseButton={false} closeOnEscape={doing === undefined}>
        <Group justify="space-between" wrap="nowrap" mb="sm">
          <Drawer.Title>{say('transactions.detail.title')}</Drawer.Title>
          <Drawer.CloseButton aria-label={say('frame.close')} />
        </Group>
        {!data && !error && <PageLoading />}
        {!data && error && <TroubleNotice error={error} onRetry={() => void refetch()} />}
        {data && (
          <Stack gap="lg">
            {data.lines.map((line) => (
              <Line key={line.id} line={line} />
            ))}
            <Linked detail={data} onOpen={onOpen} />
            <Deeds detail={data} onDo={setDoing} />
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {say('transactions.detail.id', { id: data.entryId })}
            </Text>
          </Stack>
        )}
      </Drawer>
      {doing === 'delete' && data && <DeleteDialog detail={data} choices={choices} onClose={() => setDoing(undefined)} />}
      {doing === 'edit' && first && (
        <ManualDialog
          direction={first.direction === 'in' ? 'in' : 'out'}
          choices={choices}
          changes={first}
          onWritten={onOpen}
          onClose={() => setDoing(undefined)}
        />
      )}
    </>
  );
}

function Line({ line }: { line: Transaction }) {
  const { say, when } = useWords();
  const { timeZone, slug } = useLocationHere();
  const may = useMay();
  const names = useMoneyNames();
  const late = Math.abs(Date.parse(line.recordedAt) - Date.parse(line.happenedAt)) >= 60_000;
  return (
    <Box>
      <Group justify="space-between" align="baseline" gap="sm" mb="xs">
        <Group gap="xs">
          <Title order={3} size="h4">
            {names.what(line)}
          </Title>
          <StateBadge transaction={line} />
        </Group>
        <Amount transaction={line} fz="lg" />
      </Group>
      <Box component="dl" m={0} style={{ display: 'grid', gridTemplateColumns: 'max-content minmax(0, 1fr)', gap: '4px 16px' }}>
        <Fact label={say('transactions.detail.from')}>{names.place(line.from)}</Fact>
        <Fact label={say('transactions.detail.to')}>{names.place(line.to)}</Fact>
        <Fact label={say('transactions.detail.happened')}>{when(line.happenedAt, timeZone)}</Fact>
        {late && <Fact label={say('transactions.detail.recorded')}>{when(line.recordedAt, timeZone)}</Fact>}
        <Fact label={say('transactions.detail.by')}>{line.by ?? say('transactions.detail.by_nobody')}</Fact>
        {line.client && (
          <Fact label={say('transactions.client')}>
            <Anchor component={Link} to={`/${slug}/clients/${line.client.id}`} inherit>
              {line.client.name}
            </Anchor>
          </Fact>
        )}
        {line.staff && <Fact label={say('transactions.staff')}>{line.staff.name}</Fact>}
        {line.counterparty && <Fact label={say('transactions.detail.counterparty')}>{line.counterparty}</Fact>}
        {line.comment && <Fact label={say('transactions.detail.comment')}>{line.comment}</Fact>}
        {line.payment && (
          <Fact label={say('transactions.detail.payment')}>
            {line.payment.label}
            <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {line.payment.attemptId}
            </Text>
          </Fact>
        )}
        {line.reference && <Fact label={say(line.reverses ? 'transactions.detail.because' : 'transactions.detail.reference')}>{line.reference}</Fact>}
      </Box>
      {line.appointmentId && may('calendar.see') && (
        <Button component={Link} to={`/${slug}/calendar?appointment=${encodeURIComponent(line.appointmentId)}`} variant="default" size="xs" mt="sm">
          {say('transactions.detail.appointment')}
        </Button>
      )}
    </Box>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <Text component="dt" size="sm" c="dimmed">
        {label}
      </Text>
      <Text component="dd" m={0} size="sm" style={{ overflowWrap: 'anywhere' }}>
        <bdi>{children}</bdi>
      </Text>
    </>
  );
}

/** What it has undone or been undone by, changed or been changed into, and goes with. */
function Linked({ detail, onOpen }: { detail: TransactionDetail; onOpen: (entryId: string) => void }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const { reversal, original, replaces, replacedBy, follows } = detail;
  const who = (name: string | null) => name ?? say('transactions.detail.by_nobody');
  const told = (at: string) => when(at, timeZone);
  const link = (entryId: string, text: string) => (
    <Anchor component="button" type="button" size="sm" onClick={() => onOpen(entryId)}>
      {text}
    </Anchor>
  );
  if (!reversal && !original && !replaces && !replacedBy && !follows) return null;
  return (
    <Stack gap={4} p="sm" bg="var(--hf-sunken)" style={{ borderRadius: 8 }}>
      {reversal && (
        <>
          <Text size="sm">
            {replacedBy
              ? say('transactions.detail.changed', { when: told(reversal.at), who: who(reversal.by) })
              : say('transactions.detail.deleted', { when: told(reversal.at), who: who(reversal.by), why: reversal.because })}
          </Text>
          {link(reversal.entryId, say('transactions.detail.see_reversal'))}
        </>
      )}
      {replacedBy && link(replacedBy, say('transactions.detail.see_replacement'))}
      {original && (
        <>
          <Text size="sm">{say('transactions.detail.undoes', { when: told(original.at) })}</Text>
          {link(original.entryId, say('transactions.detail.see_original'))}
        </>
      )}
      {replaces && link(replaces, say('transactions.detail.see_replaced'))}
      {follows && link(follows, say('transactions.detail.see_payment'))}
    </Stack>
  );
}

function Deeds({ detail: { undeletable, uneditable }, onDo }: { detail: TransactionDetail; onDo: (deed: 'edit' | 'delete') => void }) {
  const { say } = useWords();
  return (
    <Stack gap={4}>
      <Group gap="sm">
        {uneditable !== 'not_written_by_hand' && (
          <ReasonButton variant="default" reason={uneditable ? say(`transactions.why.${uneditable}`) : undefined} onClick={() => onDo('edit')}>
            {say('transactions.edit')}
          </ReasonButton>
        )}
        <ReasonButton
          variant="default"
          c={undeletable ? undefined : 'var(--hf-bad)'}
          reason={undeletable ? say(`transactions.why.${undeletable}`) : undefined}
          onClick={() => onDo('delete')}
        >
          {say('transactions.delete')}
        </ReasonButton>
      </Group>
      {undeletable && (
        <Text size="sm" c="dimmed">
          {say(`transactions.why.${undeletable}`)}
        </Text>
      )}
    </Stack>
  );
}
