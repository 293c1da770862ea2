import type { Refundable } from '@holdfast/contract/refunds';
import { Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { createPaymentKeys } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { refundWords, useRefundDeed } from './refunds-query.ts';

/** Below the payments of a visit: propose to give something of one of them back. The visit stays. */
export function ProposeRefund({ locationId, appointmentId }: { locationId: string; appointmentId: string }) {
  const { say } = useWords();
  const may = useMay();
  const here = useLocationHere();
  const [open, setOpen] = useState(false);
  return (
    <Group gap="md">
      <ReasonButton size="xs" variant="default" reason={may('refunds.make') ? undefined : say('frame.no_right')} onClick={() => setOpen(true)}>
        {say('refunds.propose')}
      </ReasonButton>
      {may('transactions.see') && (
        <Text
          size="sm"
          component={Link}
          to={'/$location/finance/refunds' as never}
          params={{ location: here.slug } as never}
          search={{ of: appointmentId, state: 'all' } as never}
        >
          {say('refunds.of_visit')}
        </Text>
      )}
      {open && <ProposeDialog place={{ locationId, appointmentId }} onClose={() => setOpen(false)} />}
    </Group>
  );
}

function ProposeDialog({
  place: { locationId, appointmentId },
  onClose,
}: {
  place: { locationId: string; appointmentId: string };
  onClose: () => void;
}) {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  const [keys] = useState(() => createPaymentKeys());
  const [which, setWhich] = useState<string>();
  const [amount, setAmount] = useState<number | null>(null);
  const [because, setBecause] = useState('');
  const paid = useQuery({
    queryKey: ['refunds', locationId, 'refundable', appointmentId],
    queryFn: () => ask<Refundable>('GET', at(locationId, 'appointments', appointmentId, 'refundable')),
  });
  const all = paid.data?.money ?? [];
  const idOf = ({ source }: Refundable['money'][number]) => `${source.kind} ${source.id} ${source.lineNo}`;
  const chosen = all.find((one) => idOf(one) === which);
  const propose = useRefundDeed(locationId, (one: Refundable['money'][number]) =>
    ask('POST', at(locationId, 'refunds'), {
      key: keys.keyFor(`${idOf(one)} ${amount}`),
      appointmentId,
      source: one.source,
      amountMinor: amount,
      because: because.trim(),
    }),
  );
  const reason = () => {
    if (!chosen) return say('refunds.propose.choose');
    if (!amount) return say('refunds.amount.missing');
    return amount > chosen.leftMinor ? say('refunds.amount.too_much') : undefined;
  };
  return (
    <Dialog onClose={onClose} title={say('refunds.propose')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!chosen || reason() || propose.isPending) return;
          propose.mutate(chosen, {
            onSuccess: () => {
              toast(say('refunds.proposed'));
              onClose();
            },
          });
        }}
      >
        <Stack gap="md">
          {paid.isError && <TroubleNotice error={paid.error} onRetry={() => void paid.refetch()} />}
          {propose.error && <TroubleNotice error={propose.error} words={refundWords} />}
          {paid.data && all.length === 0 && <Text size="sm">{say('refunds.propose.nothing')}</Text>}
          <Radio.Group
            label={say('refunds.propose.which')}
            value={which ?? ''}
            onChange={(next) => {
              setWhich(next);
              setAmount(all.find((one) => idOf(one) === next)?.leftMinor ?? null);
            }}
          >
            <Stack gap="xs" mt="xs">
              {all.map((one) => (
                <Radio
                  key={idOf(one)}
                  value={idOf(one)}
                  disabled={one.open}
                  label={`${say(`refunds.kind.${one.kind}`)}${one.by ? ` (${one.by})` : ''} · ${when(one.cameAt, here.timeZone)}`}
                  description={
                    one.open ? say('refunds.trouble.already_there') : say('refunds.amount.left', { amount: money(one.leftMinor, one.currency) })
                  }
                />
              ))}
            </Stack>
          </Radio.Group>
          {chosen && <MoneyInput label={say('refunds.amount')} value={amount} currency={chosen.currency} onChange={(next) => setAmount(next)} />}
          <Textarea
            label={say('refunds.because')}
            value={because}
            onChange={({ currentTarget: { value } }) => setBecause(value)}
            maxLength={300}
            autosize
            minRows={2}
          />
          <DialogFoot onCancel={onClose} does={say('refunds.propose.do')} pending={propose.isPending} reason={reason()} />
        </Stack>
      </form>
    </Dialog>
  );
}
