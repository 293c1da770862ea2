import type { MembershipSale, MembershipsOfClient } from '@holdfast/contract/memberships';
import { Radio, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useRegisterName } from '../accounts/register-name.ts';
import { ask, at } from '../api.ts';
import { createPaymentKeys } from '../checkout/payment-key.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useMembershipDeed } from './membership-queries.ts';

/** Which membership, and how it is paid: into a register, from an account, or by the client through a link. */
export function SellDialog({ of, onClose }: { of: MembershipsOfClient; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const registerName = useRegisterName();
  const [keys] = useState(() => createPaymentKeys());
  const [typeId, setType] = useState(of.onSale[0]?.typeId ?? null);
  const [way, setWay] = useState<string>('');
  const type = of.onSale.find((one) => one.typeId === typeId);
  const sell = useMembershipDeed({ locationId: here.id, clientId: of.clientId }, (wish: MembershipSale) =>
    ask<MembershipsOfClient>('POST', at(here.id, 'clients', of.clientId, 'memberships'), wish),
  );
  const pay = (): MembershipSale['pay'] => {
    const [kind = '', id = ''] = way.split(/ (.*)/s);
    if (kind === 'register') return { way: 'register', registerId: id };
    return kind === 'account' ? { way: 'account', accountId: id } : { way: 'link' };
  };
  const submit = () => {
    if (!type || way === '' || sell.isPending) return;
    const { priceMinor, currency, name } = type;
    sell.mutate(
      { key: keys.keyFor(`${type.typeId} ${way}`), typeId: type.typeId, priceMinor, pay: pay() },
      {
        onSuccess: () => {
          toast(say(way === 'link' ? 'memberships.sell.link_made' : 'memberships.sell.done', { name, amount: money(priceMinor, currency) }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={say('memberships.sell')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          <Select
            label={say('memberships.sell.which')}
            data={of.onSale.map((one) => ({ value: one.typeId, label: `${one.name}, ${money(one.priceMinor, one.currency)}` }))}
            value={typeId}
            onChange={setType}
            allowDeselect={false}
            comboboxProps={{ zIndex: 600 }}
            data-autofocus
          />
          <Radio.Group label={say('memberships.sell.how')} value={way} onChange={setWay} required>
            <Stack gap="xs" mt="xs">
              {of.registers.map(({ id, name, mayTake }) => (
                <Radio key={id} value={`register ${id}`} label={registerName(name)} disabled={!mayTake} />
              ))}
              {of.accounts.map(({ id, name, spendableMinor }) => (
                <Radio
                  key={id}
                  value={`account ${id}`}
                  disabled={!type || spendableMinor < type.priceMinor}
                  label={`${name || say('accounts.ordinary')} (${type ? money(spendableMinor, type.currency) : ''})`}
                />
              ))}
              <Radio value="link" label={say('memberships.sell.link')} disabled={!of.link} />
            </Stack>
          </Radio.Group>
          {sell.error && <TroubleNotice error={sell.error} />}
          <DialogFoot
            onCancel={onClose}
            does={say('memberships.sell')}
            pending={sell.isPending}
            reason={type && way ? undefined : say('memberships.sell.not_yet')}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
