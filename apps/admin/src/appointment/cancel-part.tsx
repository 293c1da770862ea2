import { mayStep } from '@holdfast/contract/steps';
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { RefundChoice, type RefundWish } from '../refunds/refund-choice.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ChangeTrouble } from './change-trouble.tsx';
import type { Editing } from './use-editing.ts';

/** Cancelling, with what it means for the money said before. */
export function CancelPart({ editing }: { editing: Editing }) {
  const { say, money } = useWords();
  const may = useMay();
  const [open, setOpen] = useState(false);
  const [because, setBecause] = useState('');
  const [refund, setRefund] = useState<RefundWish>('policy');
  const { now, trouble, saving } = editing;
  const covered = now.services.some(({ pay }) => pay === 'membership');
  const reason = () => {
    if (!may('appointments.cancel')) return say('frame.no_right');
    if (now.paidMinor > 0 && !may('appointments.cancel_paid')) return say('appointment.cancel.paid_right');
    if (covered && !may('appointments.cancel_paid')) return say('appointment.cancel.covered_right');
    if (!mayStep('cancel', now.status)) return say('appointment.cancel.not_from', { status: say(`appointment.status.${now.status}`) });
    return undefined;
  };
  const cancel = async () => {
    if (!(await editing.cancel(because.trim(), refund))) return;
    setOpen(false);
    toast(say('appointment.cancel.done'));
  };
  return (
    <Group>
      <ReasonButton
        reason={reason()}
        variant="subtle"
        color="red"
        c={reason() ? undefined : 'var(--hf-bad)'}
        ml={reason() ? 0 : -12}
        onClick={() => setOpen(true)}
      >
        {say('appointment.cancel')}
      </ReasonButton>
      <Dialog opened={open} onClose={() => setOpen(false)} title={say('appointment.cancel.title')}>
        <Stack gap="md">
          {trouble?.at === 'cancellation' && <ChangeTrouble error={trouble.error} />}
          <Text size="sm">
            {say('appointment.cancel.frees')}{' '}
            {now.paidMinor > 0
              ? say('appointment.cancel.money', { amount: money(now.paidMinor, now.currency) })
              : !covered && say('appointment.cancel.no_money')}
          </Text>
          {open && (now.paidMinor > 0 || covered) && <RefundChoice appointmentId={now.id} value={refund} onChange={setRefund} />}
          <Textarea
            label={say('appointment.cancel.reason')}
            description={say('appointment.cancel.reason.more')}
            value={because}
            onChange={({ currentTarget: { value } }) => setBecause(value)}
            maxLength={300}
            autosize
            minRows={2}
            data-autofocus
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setOpen(false)}>
              {say('appointment.cancel.keep')}
            </Button>
            <Button color="red.9" loading={saving} onClick={() => void cancel()}>
              {say('appointment.cancel')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </Group>
  );
}
