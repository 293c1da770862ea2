import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { IconCircleCheck, IconCircleDashed, IconLock } from '@tabler/icons-react';

const icons = { required: IconLock, available: IconCircleCheck, not_available: IconCircleDashed };

/** A status at a glance: never by colour alone. */
export function StatusIcon({ status }: { status: OnlinePaymentStatus }) {
  const Icon = icons[status];
  return <Icon size={15} stroke={1.8} aria-hidden className={`hf-status-icon hf-status-${status}`} />;
}
