import type { Checkout } from '@holdfast/contract/checkout';
import { Anchor, Badge, Box, Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { receiptsOfVisitQuery } from './checkout-query.ts';
import { ReverseDialog } from './reverse-dialog.tsx';

type Payment = Checkout['payments'][number];

/** What has been paid and what came to nothing, newest first. Where `locationId` is given, a desk payment can be reversed. */
export function PaymentList({ checkout, timeZone, locationId }: { checkout: Checkout; timeZone: string; locationId?: string }) {
  const { say, money } = useWords();
  const [reversed, setReversed] = useState<Payment>();
  const { payments, currency, appointmentId } = checkout;
  if (payments.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {say('checkout.payments.none')}
      </Text>
    );
  }
  return (
    <>
      <Stack component="ul" gap={0} m={0} p={0} style={{ listStyle: 'none' }}>
        {payments.map((payment) => (
          <Box component="li" key={payment.id} py="xs" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
            <Row payment={payment} currency={currency} timeZone={timeZone} />
            <Receipts payment={payment} appointmentId={appointmentId} />
            {locationId && payment.mayReverse && (
              <Button size="compact-xs" variant="default" mt={4} onClick={() => setReversed(payment)}>
                {say('checkout.reverse')} <VisuallyHidden>{money(payment.amountMinor, currency)}</VisuallyHidden>
              </Button>
            )}
          </Box>
        ))}
      </Stack>
      {locationId && (
        <ReverseDialog
          place={{ locationId, appointmentId }}
          payment={reversed && { id: reversed.id, kind: reversed.kind, amount: money(reversed.amountMinor, currency) }}
          onClose={() => setReversed(undefined)}
        />
      )}
    </>
  );
}

/** Its receipt, and the credit notes that take it back. */
function Receipts({ payment, appointmentId }: { payment: Payment; appointmentId: string }) {
  const { say } = useWords();
  const here = useLocationHere();
  const may = useMay();
  const { data } = useQuery({ ...receiptsOfVisitQuery(here.id, appointmentId), enabled: may('transactions.see') });
  // one online payment can pay for several visits, and then stands here by its line
  const theirs =
    data?.items.filter(({ paymentId }) => paymentId !== null && (payment.id === paymentId || payment.id.startsWith(`${paymentId}.`))) ?? [];
  if (theirs.length === 0) return null;
  return (
    <Group gap="sm" mt={2}>
      {theirs.map(({ id, kind, name }) => (
        <Anchor key={id} component={Link} to={`/${here.slug}/finance/receipts?open=${encodeURIComponent(id)}`} size="xs">
          {say(`checkout.${kind}`, { name })}
        </Anchor>
      ))}
    </Group>
  );
}

function Row({ payment, currency, timeZone }: { payment: Payment; currency: string; timeZone: string }) {
  const { say, money, when } = useWords();
  const { kind, at, amountMinor, refundedMinor, disputedMinor, chargedBackMinor, status, placed, by, account } = payment;
  const came = status === 'taken' || status === 'captured';
  const more = [
    refundedMinor > 0 && say('checkout.payment.refunded', { amount: money(refundedMinor, currency) }),
    disputedMinor > 0 && say('checkout.payment.disputed', { amount: money(disputedMinor, currency) }),
    chargedBackMinor > 0 && say('checkout.payment.charged_back', { amount: money(chargedBackMinor, currency) }),
    came && (placed === 'credited' || placed === 'unplaced' || placed === 'handed_back') && say(`checkout.placed.${placed}`),
  ].filter((one) => one !== false);
  return (
    <Group justify="space-between" wrap="nowrap" gap="sm" align="flex-start">
      <Stack gap={2} miw={0}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {account?.clientName ? say('checkout.kind.account.of', { client: account.clientName }) : say(`checkout.kind.${kind}`)}
          </Text>
          <Badge variant="light" color="gray" tt="none" fw={500} c={came ? 'var(--hf-good)' : 'var(--mantine-color-text)'}>
            {say(`checkout.state.${status}`)}
          </Badge>
        </Group>
        <Text size="xs" c="dimmed">
          {when(at, timeZone)} · {say('checkout.payment.by', { who: by })}
        </Text>
        {more.length > 0 && <Text size="xs">{more.join(' · ')}</Text>}
      </Stack>
      <Text
        size="sm"
        fw={came ? 650 : 400}
        c={came ? undefined : 'dimmed'}
        td={status === 'reversed' ? 'line-through' : undefined}
        style={{ whiteSpace: 'nowrap' }}
      >
        {money(amountMinor, currency)}
      </Text>
    </Group>
  );
}
