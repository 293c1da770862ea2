import type { TransferWish } from '@holdfast/contract/registers';
import type { TransactionChoices, Written } from '@holdfast/contract/transactions';
import { Select, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { placeTimeOf } from '../appointment/place-time.ts';
import { createPaymentKeys } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { HappenedFields, useMoment } from './happened-fields.tsx';
import { useMoneyNames } from './names.ts';
import { useMoneyDeed } from './queries.ts';
import { useSayWritten } from './say-written.ts';

/** Moves money from one register into another of the same currency. */
export function TransferDialog({
  choices,
  fromRegisterId,
  onClose,
}: {
  choices: TransactionChoices | undefined;
  fromRegisterId?: string;
  onClose: () => void;
}) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const names = useMoneyNames();
  const sayWritten = useSayWritten(choices);
  const [keys] = useState(() => createPaymentKeys());
  const [told, setTold] = useState(false);
  const registers = choices?.registers.filter((one) => one.mayChoose && !one.archived) ?? [];
  const [from, setFrom] = useState<string | null>(fromRegisterId ?? registers[0]?.id ?? null);
  const [to, setTo] = useState<string | null>(null);
  const [amount, setAmount] = useState<{ minor: number | null; wrong: boolean }>({ minor: null, wrong: false });
  const [happened, setHappened] = useState(() => placeTimeOf(new Date(serverNow()).toISOString(), here.timeZone));
  const [comment, setComment] = useState('');
  const { instant, wrong } = useMoment(happened);
  const currencyOf = (id: string | null) => registers.find((one) => one.id === id)?.currency;
  const currency = currencyOf(from) ?? here.currency;
  const save = useMoneyDeed(here.id, (wish: TransferWish) => ask<Written>('POST', at(here.id, 'register-transfers'), wish));
  const toWrong =
    to === null
      ? undefined
      : to === from
        ? say('transactions.form.same')
        : currencyOf(to) !== currency
          ? say('transactions.form.currency')
          : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    const { minor } = amount;
    if (!from || !to || toWrong || !minor || !instant || wrong || save.isPending) return;
    const wish = { fromRegisterId: from, toRegisterId: to, amountMinor: minor, happenedAt: instant, comment };
    save.mutate(
      { key: keys.keyFor(JSON.stringify(wish)), ...wish },
      {
        onSuccess: (written) => {
          sayWritten(written, instant, money(minor, currency));
          onClose();
        },
      },
    );
  };
  const data = registers.map((one) => ({ value: one.id, label: `${names.register(one.name)} · ${money(one.balanceMinor, one.currency)}` }));
  const common = { comboboxProps: { zIndex: 600 }, required: true, allowDeselect: false, data } as const;
  return (
    <Dialog onClose={onClose} title={say('transactions.form.transfer')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Select {...common} label={say('transactions.form.from')} value={from} onChange={setFrom} />
          <Select
            {...common}
            data-autofocus
            label={say('transactions.form.into')}
            value={to}
            onChange={setTo}
            error={toWrong ?? (told && to === null ? say('frame.required') : undefined)}
          />
          <MoneyInput
            label={say('transactions.form.amount')}
            required
            currency={currency}
            value={amount.minor}
            onChange={(minor, isWrong) => setAmount({ minor, wrong: isWrong })}
            error={told && !amount.minor && !amount.wrong ? say('frame.required') : undefined}
          />
          <HappenedFields value={happened} onChange={setHappened} error={told || wrong === say('transactions.form.future') ? wrong : undefined} />
          <Textarea
            label={say('transactions.form.comment')}
            value={comment}
            maxLength={500}
            autosize
            minRows={2}
            onChange={({ currentTarget }) => setComment(currentTarget.value)}
          />
          {save.error && <TroubleNotice error={save.error} words={{ already_there: 'transactions.trouble.already_there' }} />}
          <DialogFoot onCancel={onClose} pending={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
