import type { RefundItem } from '@holdfast/contract/refunds';
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
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
          <Textarea
            label={say('refunds.because')}
            value={because}
            onChange={({ currentTarget: { value } }) => setBecause(value)}
            maxLength={300}
            required
            autosize
            minRows={2}
            data-autofocus
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {say('frame.cancel')}
            </Button>
            <ReasonButton type="submit" color="red.9" reason={missing ? say('frame.required') : undefined} loading={keep.isPending}>
              {say('refunds.decline')}
            </ReasonButton>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
