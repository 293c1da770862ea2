import type { RefundList } from '@holdfast/contract/refunds';
import { Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useRefundDeed } from './refunds-query.ts';

/** Above which amount a second person has to approve. */
export function SecondPersonDialog({ settings, onClose }: { settings: RefundList['settings']; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const [on, setOn] = useState(settings.secondPersonFromMinor !== null);
  const [amount, setAmount] = useState<number | null>(settings.secondPersonFromMinor);
  const save = useRefundDeed(here.id, (secondPersonFromMinor: number | null) =>
    ask('PUT', at(here.id, 'refund-settings'), { secondPersonFromMinor }),
  );
  const missing = on && amount === null;
  return (
    <Dialog onClose={onClose} title={say('refunds.second')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (missing || save.isPending) return;
          save.mutate(on ? amount : null, {
            onSuccess: () => {
              toast(say('frame.saved'));
              onClose();
            },
          });
        }}
      >
        <Stack gap="md">
          {save.error && <TroubleNotice error={save.error} />}
          <Switch
            label={say('refunds.second.on')}
            description={say('refunds.second.about')}
            checked={on}
            onChange={({ currentTarget }) => setOn(currentTarget.checked)}
          />
          {on && <MoneyInput label={say('refunds.second.above')} value={amount} currency={settings.currency} onChange={(next) => setAmount(next)} />}
          <DialogFoot onCancel={onClose} pending={save.isPending} reason={missing ? say('frame.required') : undefined} />
        </Stack>
      </form>
    </Dialog>
  );
}
