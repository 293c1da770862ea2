import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { Group, Text } from '@mantine/core';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useWords } from '../words.tsx';
import { StatusIcon } from './status-colours.tsx';

export const statuses: readonly OnlinePaymentStatus[] = ['required', 'available', 'not_available'];

/** Sets one side of what is selected to a status: "3 services: Required · Available · Not available". */
export function SetStatus({ label, reason, onSet }: { label: string; reason: string | undefined; onSet: (status: OnlinePaymentStatus) => void }) {
  const { say } = useWords();
  return (
    <Group gap={6} role="group" aria-label={label}>
      <Text size="sm" fw={600} mr={4}>
        {label}
      </Text>
      {statuses.map((status) => (
        <ReasonButton
          key={status}
          size="compact-sm"
          variant="default"
          reason={reason}
          onClick={() => onSet(status)}
          leftSection={<StatusIcon status={status} />}
        >
          {say(`cashless.status.${status}`)}
        </ReasonButton>
      ))}
    </Group>
  );
}
