import type { AccountPage, PayoutWish } from '@holdfast/contract/accounts';
import { Radio, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { BecauseField } from '../frame/because-field.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useRegisterName } from './register-name.ts';
import { useAccountDeed } from './use-account-deed.ts';

/** What is left of an account goes back to the client: out of a register, or where a top-up came from. */
export function GiveBackDialog({ page, onClose }: { page: AccountPage; onClose: () => void }) {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  const registerName = useRegisterName();
  const { account, payout } = page;
  const { asked, registers, providers, restMinor } = payout;
  const shown = (minor: number) => money(minor, account.currency);
  const [way, setWay] = useState(registers.length > 0 ? 'register' : (providers[0]?.topUpId ?? 'register'));
  const [registerId, setRegister] = useState(registers[0]?.id ?? null);
  const [because, setBecause] = useState(asked?.because ?? '');
  const [key] = useState(() => crypto.randomUUID());
  const provider = providers.find(({ topUpId }) => topUpId === way);
  const amountMinor = provider?.amountMinor ?? restMinor;
  const give = useAccountDeed({ locationId: here.id, accountId: account.id }, (wish: PayoutWish) =>
    ask<AccountPage>('POST', at(here.id, 'client-accounts', account.id, 'payouts'), wish),
  );
  const reason = because.trim() === '' ? say('frame.required') : !provider && registerId === null ? say('accounts.give_back.no_way') : undefined;
  const submit = () => {
    if (reason !== undefined || give.isPending) return;
    const said = { key, amountMinor, because: because.trim() };
    give.mutate(provider ? { ...said, way: 'provider', topUpId: provider.topUpId } : { ...said, way: 'register', registerId: registerId ?? '' }, {
      onSuccess: (fresh) => {
        const waits = fresh.payout.asked !== null;
        toast(
          say(waits ? 'accounts.give_back.asked' : provider ? 'accounts.give_back.sent' : 'accounts.give_back.done', { amount: shown(amountMinor) }),
        );
        onClose();
      },
    });
  };
  return (
    <Dialog onClose={onClose} title={say('accounts.give_back.title', { amount: shown(amountMinor) })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {give.error && (
            <TroubleNotice
              error={give.error}
              words={{
                changed_meanwhile: 'accounts.give_back.trouble.changed',
                second_person_needed: 'refunds.trouble.second_person',
                right_missing: 'accounts.give_back.trouble.right',
                payment_in_progress: 'accounts.delete.gone',
              }}
            />
          )}
          {asked && <Text size="sm">{say('accounts.give_back.asked_by', { who: asked.by, amount: shown(asked.amountMinor) })}</Text>}
          {providers.length > 0 && (
            <Radio.Group label={say('accounts.give_back.way')} value={way} onChange={setWay}>
              <Stack gap="xs" mt="xs">
                {registers.length > 0 && <Radio value="register" label={say('accounts.give_back.way.register', { amount: shown(restMinor) })} />}
                {providers.map((one) => (
                  <Radio
                    key={one.topUpId}
                    value={one.topUpId}
                    label={say('accounts.give_back.way.provider', { amount: shown(one.amountMinor), when: when(one.doneAt, here.timeZone) })}
                  />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <Text size="sm">{say(provider ? 'accounts.give_back.provider' : 'accounts.give_back.register', { amount: shown(amountMinor) })}</Text>
          {!provider && registers.length > 0 && (
            <Select
              label={say('accounts.delete.register')}
              data={registers.map(({ id, name }) => ({ value: id, label: registerName(name) }))}
              value={registerId}
              onChange={setRegister}
              allowDeselect={false}
              comboboxProps={{ zIndex: 600 }}
            />
          )}
          <BecauseField label={say('accounts.delete.reason')} value={because} onChange={setBecause} />
          <DialogFoot onCancel={onClose} does={say('accounts.give_back.do')} pending={give.isPending} reason={reason} danger />
        </Stack>
      </form>
    </Dialog>
  );
}
