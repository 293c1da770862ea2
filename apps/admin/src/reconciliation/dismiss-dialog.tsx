import type { SettlementItem } from '@holdfast/contract/reconciliation';
import { Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { useReconciliationDeed } from './reconciliation-query.ts';

/** Nothing is posted; why it stays as it is has to be said. */
export function DismissDialog({
  item,
  words,
  onClose,
}: {
  item: Pick<SettlementItem, 'id' | 'revision'>;
  words: Readonly<Record<string, TextKey>>;
  onClose: () => void;
}) {
  const { say } = useWords();
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const dismiss = useReconciliationDeed();
  const submit = () => {
    setTried(true);
    if (reason.trim() === '') return;
    dismiss.mutate(
      { method: 'POST', path: ['differences', item.id, 'dismissal'], body: { revision: item.revision, reason } },
      {
        onSuccess: () => {
          toast(say('reconciliation.dismiss.done'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={say('reconciliation.dismiss.title')} onClose={onClose}>
      <Stack
        component="form"
        gap="md"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Text size="sm">{say('reconciliation.dismiss.more')}</Text>
        <Textarea
          label={say('reconciliation.reason')}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          required
          data-autofocus
          error={tried && reason.trim() === '' ? say('frame.required') : undefined}
          onChange={({ currentTarget: { value } }) => setReason(value)}
        />
        {dismiss.error && <TroubleNotice error={dismiss.error} words={words} />}
        <DialogFoot onCancel={onClose} does={say('reconciliation.dismiss')} pending={dismiss.isPending} />
      </Stack>
    </Dialog>
  );
}
