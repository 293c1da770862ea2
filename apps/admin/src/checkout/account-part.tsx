import type { AccountPaymentWish, ClientAccount } from '@holdfast/contract/accounts';
import type { Checkout } from '@holdfast/contract/checkout';
import { Anchor, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { IconLock, IconWallet } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useAccountName } from '../accounts/account-name.ts';
import { ask, at, codeOf, Trouble } from '../api.ts';
import { MoneyInput } from '../frame/money-input.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { OtherAccount } from './other-account.tsx';
import { createPaymentKeys } from './payment-key.ts';
import { useCheckoutDeed } from './use-checkout-deed.ts';

const OTHER = ' other';

/** Paying from an account, the client's own or another client's: all that is due, a part beside other ways, or a part held until the link is paid. */
export function AccountPart({ locationId, checkout, isUnsaved }: { locationId: string; checkout: Checkout; isUnsaved: boolean }) {
  const { say, money } = useWords();
  const may = useMay();
  const nameOf = useAccountName();
  const { appointmentId, dueMinor, currency, version, payment, accounts: own, link } = checkout;
  const [keys] = useState(() => createPaymentKeys());
  const [picked, setPicked] = useState<string>();
  const [other, setOther] = useState<ClientAccount>();
  // null: as much as is due and can be spent, also when that changes
  const [typed, setTyped] = useState<{ amount: number | null; wrong: boolean } | null>(null);
  const offered = own.filter(({ spendableMinor, heldMinor }) => spendableMinor > 0 || heldMinor > 0);
  const choice = picked ?? own.find(({ spendableMinor }) => spendableMinor > 0)?.id;
  const account = choice === OTHER ? other : own.find(({ id }) => id === choice);
  const most = Math.min(account?.spendableMinor ?? 0, dueMinor);
  const amount = typed ? typed.amount : most || null;
  const path = (kind: 'account-payments' | 'account-holds') => at(locationId, 'appointments', appointmentId, kind);
  const pay = useCheckoutDeed({ locationId, appointmentId }, (wish: AccountPaymentWish) => ask<Checkout>('POST', path('account-payments'), wish));
  const hold = useCheckoutDeed({ locationId, appointmentId }, (wish: AccountPaymentWish) => ask<Checkout>('POST', path('account-holds'), wish));
  const spendable = account?.spendableMinor ?? 0;
  const tooMuch = () => {
    if (amount === null || !account) return undefined;
    if (amount > dueMinor) return say('checkout.take.too_much', { amount: money(dueMinor, currency) });
    return amount > spendable ? say('checkout.account.too_much', { amount: money(spendable, currency) }) : undefined;
  };
  const reason = () => {
    if (!may('accounts.pay')) return say('checkout.account.no_right');
    if (isUnsaved) return say('checkout.take.unsaved');
    if (payment?.blockedUntil || payment?.attemptStatus === 'processing') return say('checkout.take.paying');
    if (!account) return say('checkout.account.choose');
    if (typed?.wrong) return say('frame.not_an_amount');
    return amount ? tooMuch() : say('checkout.take.not_yet');
  };
  const run = (deed: typeof pay, name: string, said: string) => {
    if (!amount || !account || pay.isPending || hold.isPending) return;
    deed.mutate(
      { key: keys.keyFor(`${name} ${account.id} ${amount}`), accountId: account.id, amountMinor: amount, version },
      {
        onSuccess: () => {
          keys.done();
          setTyped(null);
          toast(said);
        },
        // what is on another client's account is not part of the checkout that is read anew
        onError: (error) => account === other && codeOf(error) === 'not_enough_on_account' && setOther(withLess(account, error)),
      },
    );
  };
  const error = pay.error ?? hold.error;
  const less = codeOf(error) === 'not_enough_on_account' ? error : undefined;
  const rest = dueMinor - (amount ?? 0);
  const noHold = () => reason() ?? (rest <= 0 ? say('checkout.account.hold.all') : undefined);
  return (
    <Stack gap="sm">
      {error && !less && (
        <TroubleNotice
          error={error}
          words={{
            changed_meanwhile: 'checkout.trouble.changed',
            payment_in_progress: 'checkout.trouble.payment_in_progress',
            nothing_to_pay: 'checkout.trouble.nothing_to_pay',
            step_not_allowed: 'checkout.trouble.not_taken',
          }}
        />
      )}
      {offered.length === 0 && <Nothing checkout={checkout} />}
      {offered.length === 0 && choice !== OTHER && (
        <Group>
          <Button variant="default" onClick={() => setPicked(OTHER)}>
            {say('checkout.account.other')}
          </Button>
        </Group>
      )}
      {offered.length > 0 && (
        <Radio.Group label={say('checkout.account.which')} value={choice ?? ''} onChange={setPicked}>
          <Stack gap="xs" mt={4}>
            {offered.map((one) => (
              <Radio
                key={one.id}
                value={one.id}
                disabled={one.spendableMinor === 0}
                label={say('checkout.account.one', { name: nameOf(one), amount: money(one.spendableMinor, one.currency) })}
                description={one.heldMinor > 0 ? say('checkout.account.held', { amount: money(one.heldMinor, one.currency) }) : undefined}
              />
            ))}
            <Radio value={OTHER} label={say('checkout.account.other')} />
          </Stack>
        </Radio.Group>
      )}
      {choice === OTHER && <OtherAccount locationId={locationId} chosen={other} onChoose={setOther} />}
      {account && (
        <MoneyInput
          label={say('checkout.account.amount')}
          w={200}
          currency={currency}
          value={amount}
          onChange={(next, wrong) => setTyped(next === most ? null : { amount: next, wrong })}
          error={less ? <Less error={less} currency={currency} /> : tooMuch()}
        />
      )}
      {account && (
        <Stack gap={4}>
          <Group gap="sm">
            <ReasonButton
              reason={reason()}
              size="md"
              loading={pay.isPending}
              leftSection={<IconWallet size={20} aria-hidden />}
              h="auto"
              mih={42}
              py={6}
              styles={{ label: { whiteSpace: 'normal', height: 'auto', lineHeight: 1.35 } }}
              onClick={() => run(pay, 'pay', say('checkout.account.paid', { amount: money(amount ?? 0, currency) }))}
            >
              {say('checkout.account.pay', { amount: money(amount ?? most, currency) })}
            </ReasonButton>
            {link.state === 'ready' && rest > 0 && amount !== null && (
              <ReasonButton
                reason={noHold()}
                size="md"
                variant="default"
                loading={hold.isPending}
                leftSection={<IconLock size={20} aria-hidden />}
                h="auto"
                mih={42}
                py={6}
                styles={{ label: { whiteSpace: 'normal', height: 'auto', lineHeight: 1.35 } }}
                onClick={() => run(hold, 'hold', say('checkout.account.is_held.hidden', { amount: money(amount, currency) }))}
              >
                {say('checkout.account.hold', { amount: money(amount, currency), rest: money(rest, currency) })}
              </ReasonButton>
            )}
          </Group>
          {link.state === 'ready' && rest > 0 && (
            <Text size="xs" c="dimmed">
              {say('checkout.account.hold.about')}
            </Text>
          )}
        </Stack>
      )}
    </Stack>
  );
}

/** The client's own accounts are empty: where to fill one. */
function Nothing({ checkout: { client } }: { checkout: Checkout }) {
  const { say } = useWords();
  const may = useMay();
  const { slug } = useLocationHere();
  return (
    <Text size="sm" c="dimmed">
      {say('checkout.account.empty')}{' '}
      {client && may('clients.see') && may('accounts.top_up') && (
        <Anchor component={Link} to={`/${slug}/clients/${client.id}`} inherit underline="always">
          {say('checkout.account.to_client')}
        </Anchor>
      )}
    </Text>
  );
}

function Less({ error, currency }: { error: unknown; currency: string }) {
  const { say, money } = useWords();
  const left = leftOf(error);
  return left === undefined ? say('checkout.account.trouble.less_unknown') : say('checkout.account.trouble.less', { amount: money(left, currency) });
}

function leftOf(error: unknown): number | undefined {
  const left = error instanceof Trouble ? (error.detail['spendableMinor'] ?? error.detail['leftMinor']) : undefined;
  return typeof left === 'number' ? left : undefined;
}

function withLess(account: ClientAccount, error: unknown): ClientAccount {
  return { ...account, spendableMinor: leftOf(error) ?? account.spendableMinor };
}
