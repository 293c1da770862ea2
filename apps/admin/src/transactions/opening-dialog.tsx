import type { CashRegister, OpeningWish } from '@holdfast/contract/registers';
import type { TransactionChoices, Written } from '@holdfast/contract/transactions';
import { Group, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { instantOfPlaceTime, placeTimeOf } from '../appointment/place-time.ts';
import { createPaymentKeys } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useMoneyNames } from './names.ts';
import { useMoneyDeed } from './queries.ts';
import { useSayWritten } from './say-written.ts';

/** What was in a register before the books began. */
export function OpeningDialog({
  register,
  choices,
  onClose,
}: {
  register: CashRegister;
  choices: TransactionChoices | undefined;
  onClose: () => void;
}) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const names = useMoneyNames();
  const sayWritten = useSayWritten(choices);
  const [keys] = useState(() => createPaymentKeys());
  const [told, setTold] = useState(false);
  const today = placeTimeOf(new Date(serverNow()).toISOString(), here.timeZone).day;
  const [amount, setAmount] = useState<number | null>(null);
  const [day, setDay] = useState(today);
  const { currency } = register;
  const save = useMoneyDeed(here.id, (wish: OpeningWish) => ask<Written>('POST', at(here.id, 'registers', register.id, 'opening-balance'), wish));
  const wrongDay = day === '' ? say('frame.required') : day > today ? say('transactions.form.future') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!amount || wrongDay || save.isPending) return;
    save.mutate(
      { key: keys.keyFor(`${amount} ${day}`), amountMinor: amount, day },
      {
        onSuccess: (written) => {
          sayWritten(written, instantOfPlaceTime({ day, time: '00:00' }, here.timeZone) ?? written.happenedAt, money(amount, currency));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={say('transactions.registers.opening.of', { name: names.register(register.name) })}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <Text size="sm">{say('transactions.registers.opening.more')}</Text>
          <Group gap="sm" align="flex-start" grow>
            <MoneyInput
              label={say('transactions.form.amount')}
              required
              data-autofocus
              currency={currency}
              value={amount}
              onChange={setAmount}
              error={told && !amount ? say('frame.required') : undefined}
            />
            <TextInput
              type="date"
              label={say('transactions.form.day')}
              required
              max={today}
              value={day}
              error={wrongDay}
              onChange={({ currentTarget }) => setDay(currentTarget.value)}
            />
          </Group>
          {save.error && <TroubleNotice error={save.error} words={{ already_there: 'transactions.registers.opening.there' }} />}
          <DialogFoot onCancel={onClose} pending={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
