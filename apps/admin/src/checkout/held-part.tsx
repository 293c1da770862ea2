import type { AccountHold } from '@holdfast/contract/accounts';
import type { Checkout } from '@holdfast/contract/checkout';
import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { ask, at } from '../api.ts';
import { BecauseField } from '../frame/because-field.tsx';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useCheckoutDeed } from './use-checkout-deed.ts';

/** What is kept on accounts for this visit, what the link therefore asks for, and letting it go. */
export function HeldPart({ locationId, checkout, timeZone }: { locationId: string; checkout: Checkout; timeZone: string }) {
  const { say, money, when } = useWords();
  const may = useMay();
  const [released, setReleased] = useState<AccountHold>();
  const { holds, dueMinor, currency, link } = checkout;
  const notice = useFocusWhenMore(holds.length);
  return (
    <Alert
      ref={notice}
      tabIndex={-1}
      color="yellow"
      bg="var(--hf-warm-soft)"
      icon={<IconLock aria-hidden />}
      title={holds
        .map(({ clientName, heldMinor }) =>
          clientName
            ? say('checkout.account.is_held', { amount: money(heldMinor, currency), client: clientName })
            : say('checkout.account.is_held.hidden', { amount: money(heldMinor, currency) }),
        )
        .join(' ')}
      styles={{ title: { color: 'var(--mantine-color-text)' } }}
    >
      <Stack gap="xs" align="flex-start">
        {link.state === 'ready' && dueMinor > 0 && <Text size="sm">{say('checkout.account.is_held.asks', { rest: money(dueMinor, currency) })}</Text>}
        {holds.map((hold) => (
          <Group key={hold.id} gap="sm">
            <Text size="xs">
              {hold.by
                ? say('checkout.account.is_held.by', { when: when(hold.since, timeZone), who: hold.by })
                : say('checkout.account.is_held.by_client', { when: when(hold.since, timeZone) })}
            </Text>
            <ReasonButton
              size="xs"
              variant="default"
              reason={hold.mayRelease ? undefined : say(may('accounts.pay') ? 'checkout.account.release.no' : 'frame.no_right')}
              aria-label={say('checkout.account.release.of', { amount: money(hold.heldMinor, currency) })}
              onClick={() => setReleased(hold)}
            >
              {say('checkout.account.release')}
            </ReasonButton>
          </Group>
        ))}
      </Stack>
      {released && (
        <ReleaseDialog place={{ locationId, appointmentId: checkout.appointmentId }} hold={released} onClose={() => setReleased(undefined)} />
      )}
    </Alert>
  );
}

function ReleaseDialog({ place, hold, onClose }: { place: { locationId: string; appointmentId: string }; hold: AccountHold; onClose: () => void }) {
  const { say, money } = useWords();
  const [because, setBecause] = useState('');
  const amount = money(hold.heldMinor, hold.currency);
  const release = useCheckoutDeed(place, () =>
    ask<Checkout>('POST', at(place.locationId, 'account-holds', hold.id, 'release'), { because: because.trim() }),
  );
  const submit = () => {
    if (because.trim() === '' || release.isPending) return;
    release.mutate(undefined, {
      onSuccess: () => {
        toast(say('checkout.account.released', { amount }));
        onClose();
      },
    });
  };
  return (
    <Dialog onClose={onClose} title={say('checkout.account.release.title', { amount })}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="md">
          {release.error && (
            <TroubleNotice
              error={release.error}
              words={{ payment_in_progress: 'checkout.account.release.no', step_not_allowed: 'checkout.account.release.no' }}
            />
          )}
          <Text size="sm">{say('checkout.account.release.more')}</Text>
          <BecauseField label={say('checkout.reverse.reason')} value={because} onChange={setBecause} />
          <DialogFoot
            onCancel={onClose}
            does={say('checkout.account.release.do')}
            pending={release.isPending}
            reason={because.trim() === '' ? say('frame.required') : undefined}
          />
        </Stack>
      </form>
    </Dialog>
  );
}

/** The button that held it is gone or means something else now: the focus goes to what says what was done, and with it the link comes into sight. */
function useFocusWhenMore(count: number) {
  const place = useRef<HTMLDivElement>(null);
  const isNew = useRef(true);
  const before = useRef(count);
  useEffect(() => {
    if (!isNew.current && count > before.current) place.current?.focus();
    isNew.current = false;
    before.current = count;
  }, [count]);
  return place;
}
