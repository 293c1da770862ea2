import type { WhichEvents } from '@holdfast/contract/events';
import { Radio, Stack } from '@mantine/core';
import { useWords } from '../words.tsx';

/** One event of its series, this and later ones, or all that are to come. */
export function WhichField({ label, value, onChange }: { label: string; value: WhichEvents; onChange: (which: WhichEvents) => void }) {
  const { say } = useWords();
  return (
    <Radio.Group label={label} value={value} onChange={(which) => onChange(which as WhichEvents)}>
      <Stack gap={6} mt={6}>
        {(['this', 'following', 'all'] as const).map((which) => (
          <Radio key={which} value={which} label={say(`events.which.${which}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
