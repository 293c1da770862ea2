import type { AskedRefund } from '@holdfast/contract/refunds';
import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { BecauseField } from '../frame/because-field.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useRefundDeed } from './refunds-query.ts';

/** What somebody wants to give back stays where it is, with the reason. */
export function DeclineAskedDialog({ asked, onClose }: { asked: AskedRefund; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const [because, setBecause] = useState('');
  const { of, amountMinor, currency } = asked;
  const decline = useRefundDeed(here.id, () => ask('POST', at(here.id, 'asked-refunds', of.kind, of.id, 'refusal'), { because: because.trim() }));
  const missing = because.trim() === '';
  return (
    <Dialog onClose={onClose} title={say('refunds.asked.decline.title', { amount: money(amountMinor, currency) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (missing || decline.isPending) return;
          decline.mutate(undefined, {
            onSuccess: () => {
              toast(say('refunds.asked.declined'));
              onClose();
            },
          });
        }}
      >
        <Stack gap="md">
          {decline.error && <TroubleNotice error={decline.error} />}
          <Text size="sm">{say('refunds.asked.decline.more')}</Text>
          <BecauseField label={say('refunds.because')} value={because} onChange={setBecause} />
          <DialogFoot
            onCancel={onClose}
            does={say('refunds.asked.decline')}
            pending={decline.isPending}
            reason={missing ? say('frame.required') : undefined}
            danger
          />
        </Stack>
      </form>
    </Dialog>
  );
}
