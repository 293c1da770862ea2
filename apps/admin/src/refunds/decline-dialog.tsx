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

interface Props {
  /** What is declined, below the location: `['refunds', id]`. */
  readonly what: readonly string[];
  /** What it was when it was looked at, where several may change it. */
  readonly version?: number;
  readonly amountMinor: number;
  readonly currency: string;
  /** A proposal, or what one person has asked a second one for. */
  readonly words: 'refunds.decline' | 'refunds.asked.decline';
  readonly onClose: () => void;
}

const DONE = { 'refunds.decline': 'refunds.declined', 'refunds.asked.decline': 'refunds.asked.declined' } as const;

/** Nothing goes back of it, with the reason. */
export function DeclineDialog({ what, version, amountMinor, currency, words, onClose }: Props) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const [because, setBecause] = useState('');
  const keep = useRefundDeed(here.id, () => ask('POST', at(here.id, ...what, 'refusal'), { version, because: because.trim() }));
  const missing = because.trim() === '';
  return (
    <Dialog onClose={onClose} title={say(`${words}.title`, { amount: money(amountMinor, currency) })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (missing || keep.isPending) return;
          keep.mutate(undefined, {
            onSuccess: () => {
              toast(say(DONE[words]));
              onClose();
            },
          });
        }}
      >
        <Stack gap="md">
          {keep.error && <TroubleNotice error={keep.error} words={refundWords} />}
          <Text size="sm">{say(`${words}.more`)}</Text>
          <BecauseField label={say('refunds.because')} value={because} onChange={setBecause} />
          <DialogFoot onCancel={onClose} does={say(words)} pending={keep.isPending} reason={missing ? say('frame.required') : undefined} danger />
        </Stack>
      </form>
    </Dialog>
  );
}
