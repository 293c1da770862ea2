import type { Reconciliation, ReconciliationConnection } from '@holdfast/contract/reconciliation';
import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { randomKey } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useReconciliationDeed } from './reconciliation-query.ts';

/** A payout as the bank's statement says it: for providers that tell of none. */
export function NotePayoutDialog({ connection, onClose }: { connection: ReconciliationConnection; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [id] = useState(() => `hpo_${randomKey()}`);
  const [amount, setAmount] = useState<number | null>(null);
  const [day, setDay] = useState(() => new Date(serverNow()).toLocaleDateString('sv', { timeZone: here.timeZone }));
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const save = useReconciliationDeed<Reconciliation>();
  const currency = connection.onItsWay[0]?.currency ?? here.currency;
  const submit = () => {
    setTried(true);
    if (amount === null || amount === 0 || day === '') return;
    // at its noon: no time zone makes another day of it, but never later than now
    const at = new Date(Math.min(Date.parse(`${day}T12:00:00Z`), serverNow())).toISOString();
    save.mutate(
      { method: 'POST', path: ['connections', connection.id, 'payouts'], body: { id, amountMinor: amount, currency, at, note } },
      {
        onSuccess: () => {
          toast(say('reconciliation.note_payout.done'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={say('reconciliation.note_payout.of', { name: connection.label })} onClose={onClose}>
      <Stack
        component="form"
        gap="md"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Text size="sm">{say('reconciliation.note_payout.more')}</Text>
        <MoneyInput
          label={say('reconciliation.amount')}
          value={amount}
          onChange={(value) => setAmount(value)}
          currency={currency}
          required
          error={tried && !amount ? say('frame.required') : undefined}
          data-autofocus
        />
        <TextInput type="date" label={say('reconciliation.day')} value={day} onChange={({ currentTarget: { value } }) => setDay(value)} required />
        <TextInput label={say('reconciliation.note')} value={note} maxLength={200} onChange={({ currentTarget: { value } }) => setNote(value)} />
        {save.error && <TroubleNotice error={save.error} />}
        <DialogFoot onCancel={onClose} pending={save.isPending} />
      </Stack>
    </Dialog>
  );
}
