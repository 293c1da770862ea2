import type { PaymentItem, PaymentItems } from '@holdfast/contract/registers';
import { SegmentedControl, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { ask, at, codeOf } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useMoneyDeed } from './queries.ts';

/** A new payment item, or another name for one. */
export function ItemDialog({
  item,
  onSaved,
  onClose,
}: {
  item: PaymentItem | undefined;
  onSaved: (page: PaymentItems) => void;
  onClose: () => void;
}) {
  const { say } = useWords();
  const here = useLocationHere();
  const [name, setName] = useState(item?.name ?? '');
  const [direction, setDirection] = useState<'in' | 'out'>('out');
  const [told, setTold] = useState(false);
  const save = useMoneyDeed(here.id, (typed: string) =>
    item
      ? ask<PaymentItems>('PATCH', at(here.id, 'payment-items', item.id), { version: item.version, name: typed })
      : ask<PaymentItems>('POST', at(here.id, 'payment-items'), { name: typed, direction }),
  );
  const taken = codeOf(save.error) === 'already_there';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (name.trim() === '' || save.isPending) return;
    save.mutate(name.trim(), {
      onSuccess: (page) => {
        onSaved(page);
        onClose();
      },
    });
  };
  return (
    <Dialog onClose={onClose} title={item ? say('transactions.items.rename.of', { name: item.name }) : say('transactions.items.new')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={say('transactions.registers.name')}
            required
            data-autofocus
            value={name}
            maxLength={80}
            error={taken ? say('transactions.name_taken') : told && name.trim() === '' ? say('frame.required') : undefined}
            onChange={({ currentTarget }) => {
              setName(currentTarget.value);
              save.reset();
            }}
          />
          {!item && (
            <SegmentedControl
              aria-label={say('transactions.items.direction')}
              value={direction}
              onChange={setDirection}
              data={(['in', 'out'] as const).map((one) => ({ value: one, label: say(`transactions.items.${one}`) }))}
            />
          )}
          {save.error && !taken && <TroubleNotice error={save.error} />}
          <DialogFoot onCancel={onClose} pending={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
