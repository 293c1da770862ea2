import type { RefundItem } from '@holdfast/contract/refunds';
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
import { refundWords, useRefundDeed } from './refunds-query.ts';

/** Nothing goes back of it, with the reason. */
export function DeclineDialog({ item, onClose }: { item: RefundItem; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const [because, setBecause] = useState('');
  const keep = useRefundDeed(here.id, () =>
    ask('POST', at(here.id, 'refunds', item.id, 'refusal'), { version: item.version, because: because.trim() }),
  );
  const missing = because.trim() === '';
  return (
    <Dialog onClose={onClose} title={say('refunds.decline.title', { amount: money(item.amountMinor, item.currency) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (missing || keep.isPending) return;
          keep.mutate(undefined, {
            onSuccess: () => {
              toast(say('refunds.declined'));
              onClose();
            },
          });
        }}
      >
        <Stack gap="md">
          {keep.error && <TroubleNotice error={keep.error} words={refundWords} />}
          <Text size="sm">{say('refunds.decline.more')}</Text>
          <BecauseField label={say('refunds.because')} value={because} onChange={setBecause} />
          <DialogFoot
            onCancel={onClose}
            does={say('refunds.decline')}
            pending={keep.isPending}
            reason={missing ? say('frame.required') : undefined}
            danger
          />
        </Stack>
      </form>
    </Dialog>
  );
}
