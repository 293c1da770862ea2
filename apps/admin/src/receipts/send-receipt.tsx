import type { Receipt } from '@holdfast/contract/receipts';
import { IconMail, IconMessage } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

const channels = ['email', 'sms'] as const;

/** Sends the client the address of the document's page. */
export function SendReceipt({ receipt }: { receipt: Receipt }) {
  const { say } = useWords();
  const here = useLocationHere();
  const send = useMutation({
    mutationFn: (channel: (typeof channels)[number]) => ask<Receipt>('POST', at(here.id, 'receipts', receipt.id, 'messages'), { channel }),
    onSuccess: (_receipt, channel) => toast(say(`receipts.sent.${channel}`)),
    onError: () => toast(say('receipts.send.none'), 'bad'),
  });
  return channels.map((channel) => (
    <ReasonButton
      key={channel}
      variant="default"
      reason={receipt.mayBeSentBy.includes(channel) ? undefined : say('receipts.send.none')}
      loading={send.isPending && send.variables === channel}
      leftSection={channel === 'sms' ? <IconMessage size={18} aria-hidden /> : <IconMail size={18} aria-hidden />}
      onClick={() => send.mutate(channel)}
    >
      {say(`receipts.send.${channel}`)}
    </ReasonButton>
  ));
}
