import type { Checkout, DeskPaymentWish } from '@holdfast/contract/checkout';
import { Group, Stack, Text } from '@mantine/core';
import { IconCash, IconCreditCard } from '@tabler/icons-react';
import { useState } from 'react';
import { ask, at } from '../api.ts';
import { MoneyInput } from '../frame/money-input.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { createPaymentKeys } from './payment-key.ts';
import { useCheckoutDeed } from './use-checkout-deed.ts';

/** Cash or card at the desk: a button for each register, with what is due. */
export function TakePart({ locationId, checkout, isUnsaved }: { locationId: string; checkout: Checkout; isUnsaved: boolean }) {
  const { say, money } = useWords();
  const may = useMay();
  const { appointmentId, dueMinor, currency, registers, version, payment } = checkout;
  const [keys] = useState(() => createPaymentKeys());
  // null: what is due, also when that changes
  const [typed, setTyped] = useState<{ amount: number | null; wrong: boolean } | null>(null);
  const amount = typed ? typed.amount : dueMinor;
  const take = useCheckoutDeed({ locationId, appointmentId }, (wish: DeskPaymentWish) =>
    ask<Checkout>('POST', at(locationId, 'appointments', appointmentId, 'desk-payments'), wish),
  );
  const tooMuch = amount !== null && amount > dueMinor;
  const reason = () => {
    if (!may('checkout.take')) return say('frame.no_right');
    if (isUnsaved) return say('checkout.take.unsaved');
    if (payment?.blockedUntil || payment?.attemptStatus === 'processing') return say('checkout.take.paying');
    if (typed?.wrong) return say('frame.not_an_amount');
    if (!amount) return say('checkout.take.not_yet');
    return tooMuch ? say('checkout.take.too_much', { amount: money(dueMinor, currency) }) : undefined;
  };
  const click = (registerId: string) => {
    if (!amount || take.isPending) return;
    const wish = { key: keys.keyFor(`${registerId} ${amount}`), registerId, amountMinor: amount, version };
    take.mutate(wish, {
      onSuccess: () => {
        keys.done();
        setTyped(null);
        toast(say('checkout.take.taken', { amount: money(amount, currency) }));
      },
    });
  };
  if (registers.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {say('checkout.take.no_register')}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {take.error && (
        <TroubleNotice
          error={take.error}
          words={{
            changed_meanwhile: 'checkout.trouble.changed',
            payment_in_progress: 'checkout.trouble.payment_in_progress',
            nothing_to_pay: 'checkout.trouble.nothing_to_pay',
            step_not_allowed: 'checkout.trouble.not_taken',
          }}
        />
      )}
      <MoneyInput
        label={say('checkout.take.amount')}
        w={200}
        currency={currency}
        value={amount}
        onChange={(next, wrong) => setTyped(next === dueMinor ? null : { amount: next, wrong })}
        error={tooMuch ? say('checkout.take.too_much', { amount: money(dueMinor, currency) }) : undefined}
      />
      <Group gap="sm" align="flex-start">
        {registers.map(({ id, name, kind }) => {
          const Icon = kind === 'cash' ? IconCash : IconCreditCard;
          return (
            <Stack key={id} gap={2} flex="1 1 220px">
              <ReasonButton
                reason={reason()}
                size="md"
                fullWidth
                loading={take.isPending && take.variables.registerId === id}
                leftSection={<Icon size={20} aria-hidden />}
                onClick={() => click(id)}
              >
                {say(`checkout.take.${kind}_do`, { amount: money(amount ?? dueMinor, currency) })}
              </ReasonButton>
              <Text size="xs" c="dimmed">
                {say('checkout.take.register', { register: name === 'main' || name === 'card' ? say(`checkout.register.${name}`) : name })}
              </Text>
            </Stack>
          );
        })}
      </Group>
    </Stack>
  );
}
