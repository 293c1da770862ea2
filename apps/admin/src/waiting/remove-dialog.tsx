import type { WaitingInLine, WaitingLine } from '@holdfast/contract/waiting';
import { Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { useEventDeed } from '../events/use-event-deed.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

/** Off the list; the log keeps who did it, and why. */
export function RemoveDialog({ entry, onClose }: { entry: WaitingInLine; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [because, setBecause] = useState('');
  const remove = useEventDeed(() => ask<WaitingLine>('POST', at(here.id, 'waiting', entry.id, 'removal'), { because }), onClose);
  return (
    <Dialog onClose={onClose} title={say('waiting.remove')}>
      <form
        onSubmit={(submitted) => {
          submitted.preventDefault();
          if (!remove.isPending) remove.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm">{say('waiting.remove.about', { name: entry.name || say('waiting.number', { number: entry.lineNo }) })}</Text>
          <TextInput
            label={say('waiting.remove.because')}
            maxLength={300}
            data-autofocus
            value={because}
            onChange={({ currentTarget }) => setBecause(currentTarget.value)}
          />
          {remove.error && <TroubleNotice error={remove.error} />}
          <DialogFoot onCancel={onClose} does={say('waiting.remove')} pending={remove.isPending} reason={undefined} />
        </Stack>
      </form>
    </Dialog>
  );
}
