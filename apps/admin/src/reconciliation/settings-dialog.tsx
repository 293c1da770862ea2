import type { ReconciliationConnection } from '@holdfast/contract/reconciliation';
import { NumberInput, Stack, Switch } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useReconciliationDeed } from './reconciliation-query.ts';

/** How one connection is reconciled. */
export function SettingsDialog({ connection, onClose }: { connection: ReconciliationConnection; onClose: () => void }) {
  const { say } = useWords();
  const [autoAccept, setAutoAccept] = useState(connection.autoAccept);
  const [days, setDays] = useState<string | number>(connection.missingAfterDays);
  const [fee, setFee] = useState<string | number>(connection.assumedFeeBp === null ? '' : connection.assumedFeeBp / 100);
  const save = useReconciliationDeed();
  const submit = () => {
    const body = {
      version: connection.version,
      autoAccept,
      missingAfterDays: Math.min(90, Math.max(1, Math.round(Number(days) || 7))),
      assumedFeeBp: fee === '' ? null : Math.min(2000, Math.max(0, Math.round(Number(fee) * 100))),
    };
    save.mutate(
      { method: 'PUT', path: ['connections', connection.id, 'settings'], body },
      {
        onSuccess: () => {
          toast(say('frame.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog title={say('reconciliation.settings.of', { name: connection.label })} onClose={onClose}>
      <Stack
        component="form"
        gap="md"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Switch
          checked={autoAccept}
          onChange={({ currentTarget: { checked } }) => setAutoAccept(checked)}
          label={say('reconciliation.settings.auto')}
          description={say('reconciliation.settings.auto.more')}
        />
        <NumberInput
          label={say('reconciliation.settings.days')}
          description={say('reconciliation.settings.days.more')}
          min={1}
          max={90}
          allowDecimal={false}
          value={days}
          onChange={setDays}
        />
        {connection.reads === 'none' && (
          <NumberInput
            label={say('reconciliation.settings.fee')}
            description={say('reconciliation.settings.fee.more')}
            min={0}
            max={20}
            decimalScale={2}
            suffix=" %"
            value={fee}
            onChange={setFee}
          />
        )}
        {save.error && <TroubleNotice error={save.error} />}
        <DialogFoot onCancel={onClose} pending={save.isPending} />
      </Stack>
    </Dialog>
  );
}
