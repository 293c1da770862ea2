import type { ManualWish, Transaction, TransactionChoices, Written } from '@holdfast/contract/transactions';
import { Group, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { placeTimeOf } from '../appointment/place-time.ts';
import { createPaymentKeys } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { serverNow } from '../server-clock.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ClientField } from './client-field.tsx';
import { HappenedFields, useMoment } from './happened-fields.tsx';
import { useMoneyNames } from './names.ts';
import { useMoneyDeed } from './queries.ts';
import { useSayWritten } from './say-written.ts';

/** Writes down an income or expense; with `changes` one that stands in the place of another. */
export function ManualDialog({
  direction,
  choices,
  changes,
  onWritten,
  onClose,
}: {
  direction: 'in' | 'out';
  choices: TransactionChoices | undefined;
  changes?: Transaction;
  onWritten?: (entryId: string) => void;
  onClose: () => void;
}) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const names = useMoneyNames();
  const sayWritten = useSayWritten(choices);
  const [keys] = useState(() => createPaymentKeys());
  const [told, setTold] = useState(false);
  const registers = choices?.registers.filter((one) => one.mayChoose && !one.archived) ?? [];
  const items =
    choices?.items.filter((one) => one.direction === direction && one.id !== 'top_ups' && (!one.archived || one.id === changes?.itemId)) ?? [];
  const side = changes && (changes.direction === 'in' ? changes.to : changes.from);
  const [registerId, setRegisterId] = useState<string | null>(side?.id ?? registers[0]?.id ?? null);
  const [itemId, setItemId] = useState<string | null>(changes?.itemId ?? null);
  const [amount, setAmount] = useState<{ minor: number | null; wrong: boolean }>({ minor: changes?.amountMinor ?? null, wrong: false });
  const [happened, setHappened] = useState(() => placeTimeOf(changes?.happenedAt ?? new Date(serverNow()).toISOString(), here.timeZone));
  const [client, setClient] = useState<{ id: string; name: string } | null>(changes?.client ?? null);
  const [staffId, setStaffId] = useState<string | null>(changes?.staff?.id ?? null);
  const [counterparty, setCounterparty] = useState(changes?.counterparty ?? '');
  const [comment, setComment] = useState(changes?.comment ?? '');
  const { instant, wrong } = useMoment(happened);
  const currency = registers.find(({ id }) => id === registerId)?.currency ?? here.currency;
  const path = changes ? at(here.id, 'transactions', changes.entryId, 'replacement') : at(here.id, 'transactions');
  const save = useMoneyDeed(here.id, (wish: ManualWish) => ask<Written>('POST', path, wish));
  const required = (missing: boolean) => (told && missing ? say('frame.required') : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    const { minor } = amount;
    if (!itemId || !registerId || !minor || !instant || wrong || save.isPending) return;
    const wish = { itemId, registerId, amountMinor: minor, happenedAt: instant, clientId: client?.id ?? null, staffId, counterparty, comment };
    save.mutate(
      { key: keys.keyFor(JSON.stringify(wish)), ...wish },
      {
        onSuccess: (written) => {
          sayWritten(written, instant, money(minor, currency));
          onWritten?.(written.entryId);
          onClose();
        },
      },
    );
  };
  const above = { comboboxProps: { zIndex: 600 } } as const;
  return (
    <Dialog
      onClose={onClose}
      title={say(changes ? 'transactions.form.edit' : direction === 'in' ? 'transactions.form.income' : 'transactions.form.expense')}
    >
      <form onSubmit={submit} noValidate>
        <Stack gap="sm">
          <Select
            {...above}
            searchable
            required
            data-autofocus
            openOnFocus={false}
            label={say('transactions.item')}
            data={items.map(({ id, name }) => ({ value: id, label: names.item(id, name) }))}
            value={itemId}
            onChange={setItemId}
            error={required(!itemId)}
          />
          <Group gap="sm" align="flex-start" grow>
            <MoneyInput
              label={say('transactions.form.amount')}
              required
              currency={currency}
              value={amount.minor}
              onChange={(minor, isWrong) => setAmount({ minor, wrong: isWrong })}
              error={amount.wrong ? undefined : required(!amount.minor)}
            />
            <Select
              {...above}
              required
              allowDeselect={false}
              label={say(direction === 'in' ? 'transactions.form.into' : 'transactions.form.from')}
              data={registers.map(({ id, name }) => ({ value: id, label: names.register(name) }))}
              value={registerId}
              onChange={setRegisterId}
              error={registers.length === 0 ? say('transactions.form.no_register') : required(!registerId)}
            />
          </Group>
          <HappenedFields value={happened} onChange={setHappened} error={told || wrong === say('transactions.form.future') ? wrong : undefined} />
          <TextInput
            label={say('transactions.form.counterparty')}
            value={counterparty}
            maxLength={120}
            onChange={({ currentTarget }) => setCounterparty(currentTarget.value)}
          />
          <Group gap="sm" align="flex-start" grow>
            <Select
              {...above}
              searchable
              clearable
              clearButtonProps={{ 'aria-label': say('frame.delete') }}
              label={say('transactions.form.staff')}
              data={choices?.staff.map(({ id, name }) => ({ value: id, label: name })) ?? []}
              value={staffId}
              onChange={setStaffId}
            />
            {may('clients.see') && <ClientField {...above} label={say('transactions.form.client')} value={client} onChange={setClient} />}
          </Group>
          <Textarea
            label={say('transactions.form.comment')}
            value={comment}
            maxLength={500}
            autosize
            minRows={2}
            onChange={({ currentTarget }) => setComment(currentTarget.value)}
          />
          {save.error && (
            <TroubleNotice
              error={save.error}
              words={{ already_there: 'transactions.trouble.already_there', step_not_allowed: 'transactions.trouble.step_not_allowed' }}
            />
          )}
          <DialogFoot onCancel={onClose} pending={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
