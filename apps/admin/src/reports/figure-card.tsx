import type { FigureLink } from '@holdfast/contract/reports';
import { Group, Paper, Stack, Text } from '@mantine/core';
import { Figure } from './figure-link.tsx';

export interface FigurePart {
  readonly label: string;
  readonly value: string;
}

/** One figure of a day, large, and what it consists of. */
export function FigureCard({
  label,
  value,
  link,
  parts,
  main = false,
}: {
  label: string;
  value: string;
  link: FigureLink | null;
  parts: readonly FigurePart[];
  main?: boolean;
}) {
  return (
    <Paper withBorder p="md" component="section" aria-label={label} className={main ? 'reports-card reports-card-main' : 'reports-card'}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text className="reports-amount" data-figure={label}>
        <Figure link={link}>{value}</Figure>
      </Text>
      <Stack gap={2} mt="xs">
        {parts.map((part) => (
          <Group key={part.label} justify="space-between" gap="sm" wrap="nowrap">
            <Text size="sm" c="dimmed">
              {part.label}
            </Text>
            <Text size="sm" className="reports-nowrap">
              {part.value}
            </Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
