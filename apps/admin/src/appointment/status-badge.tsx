import type { AppointmentStatus } from '@holdfast/contract/steps';
import { Badge } from '@mantine/core';
import { useWords } from '../words.tsx';

const colours: Readonly<Record<AppointmentStatus, { readonly bg: string; readonly ink: string }>> = {
  held: { bg: 'var(--hf-warm-soft)', ink: 'var(--hf-warm-ink)' },
  waiting: { bg: 'var(--hf-sunken)', ink: 'var(--mantine-color-text)' },
  confirmed: { bg: 'var(--mantine-color-holdfast-light)', ink: 'var(--mantine-color-text)' },
  arrived: { bg: 'var(--mantine-color-holdfast-light)', ink: 'var(--hf-good)' },
  no_show: { bg: 'var(--hf-sunken)', ink: 'var(--hf-bad)' },
  expired: { bg: 'var(--hf-sunken)', ink: 'var(--hf-muted)' },
  cancelled: { bg: 'var(--hf-sunken)', ink: 'var(--hf-bad)' },
};

export function StatusBadge({ status }: { status: AppointmentStatus }) {
  const { say } = useWords();
  const { bg, ink } = colours[status];
  return (
    <Badge size="lg" tt="none" fw={600} bg={bg} c={ink}>
      {say(`appointment.status.${status}`)}
    </Badge>
  );
}
