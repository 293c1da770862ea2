import type { SettlementImport } from '@holdfast/contract/reconciliation';
import { Group, Paper, Progress, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';

/** The newest files, and how far each is. */
export function ImportList({ imports }: { imports: readonly SettlementImport[] }) {
  const { say, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  return (
    <Stack component="section" gap="sm">
      <Title order={2} size="h4">
        {say('reconciliation.imports')}
      </Title>
      {imports.length === 0 && (
        <Text size="sm" c="dimmed">
          {say('reconciliation.imports.none')}
        </Text>
      )}
      {imports.length > 0 && (
        <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {imports.map((one, index) => (
            <Group
              component="li"
              key={one.id}
              px="md"
              py="xs"
              gap="md"
              justify="space-between"
              style={index > 0 ? { borderTop: '1px solid var(--hf-line)' } : undefined}
            >
              <div style={{ minWidth: 0, flex: '1 1 220px' }}>
                <Link
                  to="/$location/finance/reconciliation/imports/$import"
                  params={{ location: slug, import: one.id }}
                  style={{ overflowWrap: 'anywhere' }}
                >
                  <bdi>{one.fileName}</bdi>
                </Link>
                <Text size="sm" c="dimmed">
                  {one.connectionLabel} · {when(one.madeAt, timeZone)} · <bdi>{one.madeBy}</bdi>
                </Text>
              </div>
              {one.status === 'reading' ? (
                <Progress w={160} value={(100 * one.readBytes) / one.bytes} aria-label={say('reconciliation.import.status.reading')} />
              ) : (
                <Text size="sm">{say(`reconciliation.import.status.${one.status}`)}</Text>
              )}
            </Group>
          ))}
        </Paper>
      )}
    </Stack>
  );
}
