import type { Taxes, TaxRateWish } from '@holdfast/contract/taxes';
import { NumberInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

/** A new rate, or another one in the place of this. */
export function TaxRateDialog({ rate, onClose }: { rate: Taxes['rates'][number] | undefined; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const queries = useQueryClient();
  const [name, setName] = useState(rate?.name ?? '');
  const [percent, setPercent] = useState<number | string>(rate ? rate.basisPoints / 100 : '');
  const [inclusive, setInclusive] = useState(rate?.inclusive ?? true);
  const [told, setTold] = useState(false);
  const save = useMutation({
    mutationFn: (wish: TaxRateWish) => ask<Taxes>(rate ? 'PUT' : 'POST', rate ? at(here.id, 'taxes', rate.rateId) : at(here.id, 'taxes'), wish),
    onSuccess: (taxes) => {
      queries.setQueryData(['receipts', here.id, 'taxes'], taxes);
      onClose();
    },
  });
  const nameWrong = name.trim() === '' ? say('frame.required') : undefined;
  const percentWrong = typeof percent !== 'number' || percent < 0 || percent > 100 ? say('receipts.taxes.percent_wrong') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!nameWrong && !percentWrong) save.mutate({ name: name.trim(), basisPoints: Math.round(Number(percent) * 100), inclusive });
  };
  return (
    <Dialog title={say(rate ? 'receipts.taxes.change.title' : 'receipts.taxes.new')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          {rate && (
            <Text size="sm" c="dimmed">
              {say('receipts.taxes.change.hint')}
            </Text>
          )}
          <TextInput
            label={say('receipts.taxes.name')}
            placeholder={say('receipts.taxes.name.hint')}
            required
            data-autofocus
            maxLength={60}
            value={name}
            error={told ? nameWrong : undefined}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <NumberInput
            label={say('receipts.taxes.percent')}
            required
            min={0}
            max={100}
            decimalScale={2}
            suffix=" %"
            hideControls
            value={percent}
            error={told ? percentWrong : undefined}
            onChange={setPercent}
          />
          <Radio.Group label={say('receipts.taxes.prices')} value={inclusive ? 'in' : 'on_top'} onChange={(value) => setInclusive(value === 'in')}>
            <Stack gap="xs" mt="xs">
              <Radio value="in" label={say('receipts.taxes.inclusive')} />
              <Radio value="on_top" label={say('receipts.taxes.exclusive')} description={say('receipts.taxes.exclusive.hint')} />
            </Stack>
          </Radio.Group>
          {save.error && <TroubleNotice error={save.error} words={{ already_there: 'receipts.taxes.name_taken' }} />}
          <DialogFoot onCancel={onClose} pending={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
