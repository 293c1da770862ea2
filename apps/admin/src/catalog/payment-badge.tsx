import type { OnlinePaymentPolicy, OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { Badge } from '@mantine/core';
import { type TextKey, useWords } from '../words.tsx';

const colours: Readonly<Record<OnlinePaymentStatus, string>> = { not_available: 'gray', available: 'blue', required: 'holdfast' };

/** Required, Available or Not available: in words first, in colour besides. */
export function PaymentBadge({ status }: { status: OnlinePaymentStatus }) {
  const { say } = useWords();
  return (
    <Badge variant="light" color={colours[status]} tt="none" fw={600} style={{ flexShrink: 0 }}>
      {say(`catalog.payment.${status}`)}
    </Badge>
  );
}

/** The sentence for what decided. */
export function reasonKey({ reason }: OnlinePaymentPolicy): TextKey {
  return `catalog.reason.${reason}`;
}
