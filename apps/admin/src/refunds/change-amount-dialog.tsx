import type { RefundItem } from '@holdfast/contract/refunds';
import { Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { refundWords, useRefundDeed } from './refunds-query.ts';

/** Another amount than was proposed: up to what is left of that payment. */
export function ChangeAmountDialog({ item, onClose }: { item: RefundItem; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const [amount, setAmount] = useState<number | null>(item.amountMinor);
  const [because, setBecause] = useState(item.words);
  const { leftMinor } = item.money;
  const save = useRefundDeed(here.id, (amountMinor: number) =>
    ask('PUT', at(here.id, 'refunds', item.id), { version: item.version, amountMinor, because: because.trim() }),
  );
  const tooMuch = amount !== null && amount > leftMinor;
  const reason = !amount
    ? say('refunds.amount.missing')
    : tooMuch
      ? say('refunds.amount.left', { amount: money(leftMinor, item.currency) })
      : undefined;
  return (
    <Dialog onClose={onClose} title={say('refunds.change')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (reason || !amount || save.isPending) return;
          save.mutate(amount, {
            onSuccess: () => {
              toast(say('frame.saved'));
              onClose();
            },
          });
        }}
      >
        <Stack gap="md">
          {save.error && <TroubleNotice error={save.error} words={refundWords} />}
          <MoneyInput
            label={say('refunds.amount')}
            description={say('refunds.amount.left', { amount: money(leftMinor, item.currency) })}
            value={amount}
            currency={item.currency}
            onChange={(next) => setAmount(next)}
            error={tooMuch ? say('refunds.amount.too_much') : undefined}
            data-autofocus
          />
          <Textarea
            label={say('refunds.because')}
            value={because}
            onChange={({ currentTarget: { value } }) => setBecause(value)}
            maxLength={300}
            autosize
            minRows={2}
          />
          <DialogFoot onCancel={onClose} pending={save.isPending} reason={reason} />
        </Stack>
      </form>
    </Dialog>
  );
}
