import type { DataFile } from '@holdfast/contract/imports';
import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useWords } from '../words.tsx';
import { outcomes } from './routes.tsx';

const colours = { new: 'green', merge: 'blue', same: 'gray', conflict: 'orange', refused: 'red' } as const;

/** How many rows become what: as a bar, and in numbers. */
export function CountsPicture({ file: { counts } }: { file: DataFile }) {
  const { say } = useWords();
  const all = outcomes.reduce((sum, one) => sum + counts[one], 0);
  return (
    <Stack gap="sm">
      <Progress.Root size={18} radius="sm" aria-hidden>
        {outcomes
          .filter((one) => counts[one] > 0)
          .map((one) => (
            <Progress.Section key={one} value={(100 * counts[one]) / Math.max(1, all)} color={colours[one]} />
          ))}
      </Progress.Root>
      <SimpleGrid cols={{ base: 2, sm: 5 }} component="dl" m={0}>
        {outcomes.map((one) => (
          <div key={one}>
            <Group gap={6} component="dt">
              <span aria-hidden style={{ width: 10, height: 10, borderRadius: 2, background: `var(--mantine-color-${colours[one]}-filled)` }} />
              <Text size="sm" c="dimmed">
                {say(`imports.outcome.${one}`)}
              </Text>
            </Group>
            <Text component="dd" m={0} fw={650} size="lg">
              {counts[one].toLocaleString()}
            </Text>
          </div>
        ))}
      </SimpleGrid>
    </Stack>
  );
}
