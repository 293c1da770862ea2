import type { Precedence } from '@holdfast/contract/online-payment';
import { Radio, Stack, Text } from '@mantine/core';
import { useId } from 'react';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';

/** What wins where a service and a team member say different things. */
export function PrecedenceSetting({ value, onChange }: { value: Precedence; onChange: (value: Precedence) => void }) {
  const { say } = useWords();
  const may = useMay();
  const reason = may('online_payment.edit') && may('catalog.online_payment') ? undefined : say('frame.no_right');
  const reasonId = useId();
  return (
    <Radio.Group
      label={say('cashless.precedence')}
      description={say('cashless.precedence.about')}
      value={value}
      onChange={(next) => onChange(next as Precedence)}
      {...(reason ? { 'aria-describedby': reasonId } : {})}
    >
      <Stack gap="xs" mt="xs">
        {(['strict', 'enabling'] as const).map((one) => (
          <Radio
            key={one}
            value={one}
            disabled={reason !== undefined}
            label={say(`cashless.precedence.${one}`)}
            description={say(`cashless.precedence.${one}.about`)}
          />
        ))}
        {reason && (
          <Text size="xs" c="dimmed" id={reasonId}>
            {reason}
          </Text>
        )}
      </Stack>
    </Radio.Group>
  );
}
