import type { BetweenLocations, BetweenPaymentWish } from '@holdfast/contract/between-locations';
import { Select, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { createPaymentKeys } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import type { Debt } from './between-part.tsx';
import { useMoneyNames } from './names.ts';
import { useMoneyDeed } from './queries.ts';

/** Pays another location back: all that is owed, unless another amount is typed. */
export function PayLocationDialog({ debt, onClose }: { debt: Debt; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const names = useMoneyNames();
  const { locationId, name, currency, owedMinor } = debt;
  const [keys] = useState(() => createPaymentKeys());
  const [from, setFrom] = useState(debt.from[0]?.id ?? null);
  const [into, setInto] = useState(debt.into[0]?.id ?? null);
  const [amount, setAmount] = useState<{ minor: number | null; wrong: boolean }>({ minor: owedMinor, wrong: false });
  const [comment, setComment] = useState('');
  const pay = useMoneyDeed(here.id, (wish: BetweenPaymentWish) => ask<BetweenLocations>('POST', at(here.id, 'between-locations', 'payments'), wish));
  const { minor, wrong } = amount;
  const tooMuch = minor !== null && minor > owedMinor;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!from || !into || !minor || wrong || tooMuch || pay.isPending) return;
    const wish = { locationId, fromRegisterId: from, toRegisterId: into, amountMinor: minor, comment };
    pay.mutate(
      { key: keys.keyFor(JSON.stringify(wish)), ...wish },
      {
        onSuccess: () => {
          toast(say('transactions.between.done', { amount: money(minor, currency), name }));
          onClose();
        },
      },
    );
  };
  const dataOf = (registers: Debt['from']) => registers.map((one) => ({ value: one.id, label: names.register(one.name) }));
  const common = { comboboxProps: { zIndex: 600 }, required: true, allowDeselect: false } as const;
  return (
    <Dialog onClose={onClose} title={say('transactions.between.title', { name })}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <MoneyInput
            label={say('transactions.form.amount')}
            required
            currency={currency}
            value={minor}
            onChange={(next, isWrong) => setAmount({ minor: next, wrong: isWrong })}
            error={tooMuch ? say('transactions.between.more', { amount: money(owedMinor, currency) }) : undefined}
          />
          <Select {...common} label={say('transactions.form.from')} data={dataOf(debt.from)} value={from} onChange={setFrom} />
          <Select {...common} label={say('transactions.between.into')} data={dataOf(debt.into)} value={into} onChange={setInto} />
          <Textarea
            label={say('transactions.form.comment')}
            value={comment}
            maxLength={300}
            autosize
            minRows={2}
            onChange={({ currentTarget }) => setComment(currentTarget.value)}
          />
          {pay.error && <TroubleNotice error={pay.error} />}
          <DialogFoot
            onCancel={onClose}
            does={say('transactions.between.pay')}
            pending={pay.isPending}
            reason={minor && !wrong && !tooMuch ? undefined : say('frame.required')}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
