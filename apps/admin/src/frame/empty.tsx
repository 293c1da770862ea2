import { Center, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Nothing here yet: says so, and offers the first step. */
export function Empty({ icon, title, more, action }: { icon?: ReactNode; title: string; more?: string; action?: ReactNode }) {
  return (
    <Center py="xl" px="md">
      <Stack align="center" gap="xs" maw={420}>
        {icon}
        <Text fw={600}>{title}</Text>
        {more && (
          <Text c="dimmed" size="sm" ta="center">
            {more}
          </Text>
        )}
        {action}
      </Stack>
    </Center>
  );
}
