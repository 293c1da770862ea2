import type { RefundItem, RefundList, RefundWay } from '@holdfast/contract/refunds';
import { Radio, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { useRegisterNames } from '../cashless/register-names.ts';
import { createPaymentKeys } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { refundWords, useRefundDeed } from './refunds-query.ts';

/** Which way the money goes back. Ways that cannot be gone say why. */
export function SendDialog({ item, registers, onClose }: { item: RefundItem; registers: RefundList['registers']; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const registerName = useRegisterNames();
  const [keys] = useState(() => createPaymentKeys());
  const [way, setWay] = useState<RefundWay | null>(item.ways.find(({ whyNot }) => whyNot === null)?.way ?? null);
  const [registerId, setRegister] = useState<string | null>(registers[0]?.id ?? null);
  const send = useRefundDeed(here.id, (wish: { way: RefundWay; registerId: string | null }) =>
    ask('POST', at(here.id, 'refunds', item.id, 'sending'), {
      version: item.version,
      key: keys.keyFor(`${wish.way} ${wish.registerId} ${item.version}`),
      ...wish,
    }),
  );
  const amount = money(item.amountMinor, item.currency);
  const submit = () => {
    if (!way || send.isPending) return;
    send.mutate(
      { way, registerId: way === 'register' ? registerId : null },
      {
        onSuccess: () => {
          toast(say(`refunds.sent.${way}`, { amount }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={say('refunds.send.title', { amount })}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {send.error && <TroubleNotice error={send.error} words={refundWords} />}
          <Radio.Group label={say('refunds.send.way')} value={way ?? ''} onChange={(next) => setWay(next as RefundWay)}>
            <Stack gap="sm" mt="xs">
              {item.ways.map((one) => (
                <Radio
                  key={one.way}
                  value={one.way}
                  disabled={one.whyNot !== null}
                  label={say(`refunds.way.${one.way}`, { by: item.money.by })}
                  description={one.whyNot === null ? say(`refunds.way.${one.way}.more`) : say(`refunds.why_not.${one.whyNot}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          {way === 'register' && (
            <Select
              label={say('refunds.register')}
              data={registers.map((one) => ({ value: one.id, label: registerName(one) }))}
              value={registerId}
              onChange={setRegister}
              allowDeselect={false}
              comboboxProps={{ zIndex: 600 }}
            />
          )}
          <DialogFoot
            onCancel={onClose}
            does={say('refunds.send.do', { amount })}
            pending={send.isPending}
            reason={way ? undefined : say('refunds.send.no_way')}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
