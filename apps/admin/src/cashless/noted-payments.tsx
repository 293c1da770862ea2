import type { NotedPayment, NoteWish, NotedPayments as Shown } from '@holdfast/contract/noted-payments';
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { MoneyInput } from '../frame/money-input.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Payments with nobody to ask: somebody notes here what has come in, and what went back. */
export function NotedPayments({ connectionId, timeZone }: { connectionId: string; timeZone: string }) {
  const { say } = useWords();
  const { id } = useLocationHere();
  const path = at(id, 'cashless-payment', 'connections', connectionId, 'noted-payments');
  const list = useQuery({ queryKey: ['cashless', id, 'noted', connectionId], queryFn: ({ signal }) => ask<Shown>('GET', path, undefined, signal) });
  if (list.isError) return <TroubleNotice error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <PageLoading />;
  if (list.data.payments.length === 0) return <Text size="sm">{say('cashless.noted.empty')}</Text>;
  return (
    <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {list.data.payments.map((payment) => (
        <li key={payment.id}>
          <OnePayment payment={payment} path={path} timeZone={timeZone} />
        </li>
      ))}
    </Stack>
  );
}

function OnePayment({ payment, path, timeZone }: { payment: NotedPayment; path: string; timeZone: string }) {
  const { say, when, money } = useWords();
  const may = useMay();
  const noRight = may('transactions.create') ? undefined : say('frame.no_right');
  const [noting, setNoting] = useState<'captured' | 'refunded'>();
  const left = payment.capturedMinor - payment.refundedMinor;
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" align="baseline" wrap="wrap">
          <Text fw={600}>{payment.lines.join(', ')}</Text>
          <Text fw={600}>{money(payment.amountMinor, payment.currency)}</Text>
        </Group>
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {payment.reference} · {when(payment.madeAt, timeZone)}
        </Text>
        <Text size="sm">
          {payment.capturedMinor === 0
            ? say('cashless.noted.waiting')
            : say(payment.refundedMinor === 0 ? 'cashless.noted.came' : 'cashless.noted.came_and_went', {
                came: money(payment.capturedMinor, payment.currency),
                went: money(payment.refundedMinor, payment.currency),
              })}
        </Text>
        {noting === undefined ? (
          <Group gap="sm">
            <ReasonButton size="xs" reason={noRight} onClick={() => setNoting('captured')}>
              {say(payment.capturedMinor === 0 ? 'cashless.noted.note' : 'cashless.noted.note_more')}
            </ReasonButton>
            {left > 0 && (
              <ReasonButton size="xs" variant="default" reason={noRight} onClick={() => setNoting('refunded')}>
                {say('cashless.noted.given_back')}
              </ReasonButton>
            )}
          </Group>
        ) : (
          <NoteForm payment={payment} path={path} what={noting} onDone={() => setNoting(undefined)} />
        )}
      </Stack>
    </Paper>
  );
}

function NoteForm({ payment, path, what, onDone }: { payment: NotedPayment; path: string; what: 'captured' | 'refunded'; onDone: () => void }) {
  const { say } = useWords();
  const { id } = useLocationHere();
  const queries = useQueryClient();
  const { capturedMinor, refundedMinor } = payment;
  const suggested = what === 'captured' ? Math.max(payment.amountMinor - capturedMinor, 0) : capturedMinor - refundedMinor;
  const [amount, setAmount] = useState<number | null>(suggested);
  const note = useMutation({
    mutationFn: (body: NoteWish) => ask<Shown>('POST', `${path}/${payment.id}/notes`, body),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['cashless', id, 'noted'] });
      onDone();
    },
    onError: () => void queries.invalidateQueries({ queryKey: ['cashless', id, 'noted'] }),
  });
  const save = () => {
    if (!amount) return;
    const more =
      what === 'captured' ? { capturedMinor: capturedMinor + amount, refundedMinor } : { capturedMinor, refundedMinor: refundedMinor + amount };
    note.mutate({ ...more, basedOn: { capturedMinor, refundedMinor } });
  };
  return (
    <Stack gap="xs">
      <MoneyInput
        label={say(what === 'captured' ? 'cashless.noted.how_much_came' : 'cashless.noted.how_much_back')}
        currency={payment.currency}
        value={amount}
        onChange={setAmount}
      />
      {note.isError && <TroubleNotice error={note.error} />}
      <Group gap="sm">
        <Button size="xs" loading={note.isPending} disabled={!amount} onClick={save}>
          {say('frame.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onDone}>
          {say('frame.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}
