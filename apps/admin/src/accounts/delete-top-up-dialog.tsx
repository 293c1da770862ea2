import type { AccountPage, AccountsOfClient, TopUp, TopUpReversalWish } from '@holdfast/contract/accounts';
import { Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { ask, at, codeOf, Trouble } from '../api.ts';
import { BecauseField } from '../frame/because-field.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useRegisterName } from './register-name.ts';
import { useAccountDeed } from './use-account-deed.ts';

/** A top-up by mistake: why, out of which register it is handed back, and in words what then happens. */
export function DeleteTopUpDialog({ topUp, registers, onClose }: { topUp: TopUp; registers: AccountsOfClient['registers']; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const registerName = useRegisterName();
  const { id, accountId, kind, currency, register } = topUp;
  const amount = money(topUp.amountMinor, currency);
  const fit = registers.filter((one) => one.currency === currency);
  const [from, setFrom] = useState(fit.some((one) => one.id === register?.id) ? register?.id : fit[0]?.id);
  const [because, setBecause] = useState('');
  const [told, setTold] = useState(false);
  const reverse = useAccountDeed({ locationId: here.id, accountId }, (wish: TopUpReversalWish) =>
    ask<AccountPage>('POST', at(here.id, 'top-ups', id, 'reversal'), wish),
  );
  const submit = () => {
    setTold(true);
    if (because.trim() === '' || reverse.isPending) return;
    const registerId = kind === 'link' ? undefined : from;
    reverse.mutate(
      { because: because.trim(), ...(registerId ? { registerId } : {}) },
      {
        onSuccess: () => {
          toast(say(kind === 'link' ? 'accounts.delete.sent' : 'accounts.delete.done', { amount }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={say('accounts.delete.title', { amount })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {reverse.error && <Refusal error={reverse.error} currency={currency} />}
          <Text size="sm">{say(`accounts.delete.${kind}`, { amount })}</Text>
          {kind !== 'link' && fit.length > 0 && (
            <Select
              label={say('accounts.delete.register')}
              data={fit.map((one) => ({ value: one.id, label: registerName(one.name) }))}
              value={from ?? null}
              onChange={(next) => next && setFrom(next)}
              allowDeselect={false}
              comboboxProps={{ zIndex: 600 }}
            />
          )}
          <BecauseField
            label={say('accounts.delete.reason')}
            value={because}
            onChange={setBecause}
            error={told && because.trim() === '' ? say('frame.required') : undefined}
          />
          <DialogFoot
            onCancel={onClose}
            does={say('accounts.delete.do')}
            pending={reverse.isPending}
            reason={because.trim() === '' ? say('frame.required') : undefined}
            danger
          />
        </Stack>
      </form>
    </Dialog>
  );
}

/** Where the money is no longer there: what it was spent on. */
function Refusal({ error, currency }: { error: unknown; currency: string }) {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  if (codeOf(error) !== 'not_enough_on_account' || !(error instanceof Trouble)) {
    return <TroubleNotice error={error} words={{ step_not_allowed: 'accounts.delete.gone', right_missing: 'accounts.delete.not_yours' }} />;
  }
  const { leftMinor = 0, spentOn = [] } = error.detail as { leftMinor?: number; spentOn?: readonly { at: string; amountMinor: number }[] };
  const visits = spentOn.map((one) =>
    say('accounts.delete.spent_on.visit', { amount: money(one.amountMinor, currency), when: when(one.at, here.timeZone) }),
  );
  const sentence = [
    say('accounts.delete.spent', { amount: money(leftMinor, currency) }),
    visits.length > 0 && `${say('accounts.delete.spent_on')} ${visits.join(', ')}.`,
  ];
  return <TroubleNotice error={error} sentence={sentence.filter(Boolean).join(' ')} />;
}
