import type { Checkout } from '@holdfast/contract/checkout';
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { BecauseField } from '../frame/because-field.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useCheckoutDeed } from './use-checkout-deed.ts';

/** A payment at the desk or from an account that was a mistake: the books keep it and add its reversal, with the reason. */
export function ReverseDialog({
  place,
  payment,
  onClose,
}: {
  place: { locationId: string; appointmentId: string };
  payment: { id: string; kind: Checkout['payments'][number]['kind']; amount: string } | undefined;
  onClose: () => void;
}) {
  const { say } = useWords();
  const [because, setBecause] = useState('');
  const isFromAccount = payment?.kind === 'account';
  const reverse = useCheckoutDeed(place, (id: string) =>
    ask<Checkout>('POST', at(place.locationId, isFromAccount ? 'account-payments' : 'desk-payments', id, 'reversal'), { because: because.trim() }),
  );
  const close = () => {
    setBecause('');
    reverse.reset();
    onClose();
  };
  const amount = payment?.amount ?? '';
  const submit = () => {
    if (!payment || because.trim() === '' || reverse.isPending) return;
    reverse.mutate(payment.id, {
      onSuccess: () => {
        toast(say('checkout.reverse.done', { amount }));
        close();
      },
    });
  };
  return (
    <Dialog opened={payment !== undefined} onClose={close} title={say('checkout.reverse.title', { amount })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {reverse.error && <TroubleNotice error={reverse.error} />}
          <Text size="sm">{say(isFromAccount ? 'checkout.reverse.account' : 'checkout.reverse.more')}</Text>
          <BecauseField label={say('checkout.reverse.reason')} value={because} onChange={setBecause} />
          <DialogFoot
            onCancel={close}
            does={say('checkout.reverse.do')}
            pending={reverse.isPending}
            reason={because.trim() === '' ? say('frame.required') : undefined}
            danger
          />
        </Stack>
      </form>
    </Dialog>
  );
}
