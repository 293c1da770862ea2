import type { Operation } from '@holdfast/contract/operations';
import type { DeletionWish, TransactionChoices, TransactionDetail } from '@holdfast/contract/transactions';
import { Anchor, List, Select, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, at, codeOf, Trouble } from '../api.ts';
import { BecauseField } from '../frame/because-field.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useMoneyNames } from './names.ts';
import { useMoneyDeed } from './queries.ts';

/** Deletes a transaction: asks why, and where that matters from which register the money is handed back. What stands in the way is named. */
export function DeleteDialog({
  detail,
  choices,
  onClose,
}: {
  detail: TransactionDetail;
  choices: TransactionChoices | undefined;
  onClose: () => void;
}) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const names = useMoneyNames();
  const [because, setBecause] = useState('');
  const [registerId, setRegisterId] = useState<string | null>(null);
  const remove = useMoneyDeed(here.id, (wish: DeletionWish) =>
    ask<TransactionDetail>('POST', at(here.id, 'transactions', detail.entryId, 'deletion'), wish),
  );
  const [line] = detail.lines;
  const currency = line?.currency ?? here.currency;
  const amount = money(
    detail.lines.reduce((sum, one) => sum + one.amountMinor, 0),
    currency,
  );
  const missing = because.trim() === '' || (detail.asksRegister && registerId === null);
  const submit = () => {
    if (missing || remove.isPending) return;
    remove.mutate(
      { because: because.trim(), ...(detail.asksRegister && registerId ? { registerId } : {}) },
      {
        onSuccess: () => {
          toast(say(line?.payment ? 'transactions.delete.asked' : 'transactions.delete.done'));
          onClose();
        },
      },
    );
  };
  const registers = choices?.registers.filter((one) => one.mayChoose && !one.archived && one.currency === currency) ?? [];
  return (
    <Dialog onClose={onClose} title={say('transactions.delete.title', { amount })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {remove.error && <Refused error={remove.error} currency={currency} />}
          <Text size="sm">{say(line?.payment ? 'transactions.delete.at_provider' : 'transactions.delete.more')}</Text>
          {detail.asksRegister && (
            <Select
              label={say('transactions.delete.register')}
              data={registers.map(({ id, name }) => ({ value: id, label: names.register(name) }))}
              value={registerId}
              onChange={setRegisterId}
              required
              comboboxProps={{ zIndex: 600 }}
            />
          )}
          <BecauseField label={say('transactions.delete.reason')} value={because} onChange={setBecause} />
          <DialogFoot
            onCancel={onClose}
            does={say('transactions.delete')}
            pending={remove.isPending}
            reason={missing ? say('frame.required') : undefined}
            danger
          />
        </Stack>
      </form>
    </Dialog>
  );
}

interface InTheWay {
  readonly entryId: string;
  readonly operation: Operation;
  readonly amountMinor: number;
  readonly currency: string;
  readonly happenedAt: string;
}

interface SpentOn {
  readonly appointmentId: string;
  readonly amountMinor: number;
  readonly at: string;
}

/** Why it was not deleted: with what depends on it. */
function Refused({ error, currency }: { error: unknown; currency: string }) {
  const { say, money, when } = useWords();
  const { timeZone, slug } = useLocationHere();
  const detail = error instanceof Trouble ? error.detail : {};
  const others = (detail['operations'] ?? []) as readonly InTheWay[];
  const spentOn = (detail['spentOn'] ?? []) as readonly SpentOn[];
  const left = detail['leftMinor'];
  const sentence =
    codeOf(error) === 'not_enough_on_account' && typeof left === 'number'
      ? say('transactions.delete.not_enough', { amount: money(Math.max(left, 0), currency) })
      : others.length > 0
        ? say('transactions.delete.still_used')
        : undefined;
  return (
    <Stack gap="xs">
      <TroubleNotice error={error} sentence={sentence} words={{ step_not_allowed: 'transactions.trouble.step_not_allowed' }} />
      <List size="sm">
        {others.map((one) => (
          <List.Item key={one.entryId}>
            {when(one.happenedAt, timeZone)} · {say(`transactions.operation.${one.operation}`)} · {money(one.amountMinor, one.currency)}
          </List.Item>
        ))}
        {spentOn.map((one) => (
          <List.Item key={`${one.appointmentId} ${one.at}`}>
            <Anchor component={Link} to={`/${slug}/calendar?appointment=${encodeURIComponent(one.appointmentId)}`} inherit>
              {when(one.at, timeZone)} · {say('transactions.operation.spend')} · {money(one.amountMinor, currency)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Stack>
  );
}
