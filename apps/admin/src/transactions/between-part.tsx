import type { BetweenLocations } from '@holdfast/contract/between-locations';
import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ReasonButton } from '../frame/reason-button.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { PayLocationDialog } from './pay-location-dialog.tsx';
import { betweenQuery } from './queries.ts';

export type Debt = BetweenLocations['debts'][number];

/** What locations of the chain owe each other; nothing where they are quits. */
export function BetweenPart() {
  const { say, money } = useWords();
  const here = useLocationHere();
  const { data, error, refetch } = useQuery(betweenQuery(here.id));
  const [paying, setPaying] = useState<Debt>();
  if (error) return <TroubleNotice error={error} onRetry={() => void refetch()} />;
  if (!data || data.debts.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-labelledby="between-locations">
      <Title order={2} size="h4" id="between-locations">
        {say('transactions.between')}
      </Title>
      <Text size="sm" c="dimmed" maw={760}>
        {say('transactions.between.about')}
      </Text>
      <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }} aria-labelledby="between-locations">
        {data.debts.map((debt) => (
          <Group key={`${debt.locationId} ${debt.currency}`} component="li" justify="space-between" gap="sm" p="md">
            <Text fw={600}>
              {say(debt.owedMinor > 0 ? 'transactions.between.owes' : 'transactions.between.owed', {
                name: debt.name,
                amount: money(Math.abs(debt.owedMinor), debt.currency),
              })}
            </Text>
            {debt.owedMinor > 0 && (
              <ReasonButton
                variant="default"
                reason={debt.from.length > 0 && debt.into.length > 0 ? undefined : say('transactions.between.no_right')}
                onClick={() => setPaying(debt)}
              >
                {say('transactions.between.pay')}
              </ReasonButton>
            )}
          </Group>
        ))}
      </Paper>
      {paying && <PayLocationDialog debt={paying} onClose={() => setPaying(undefined)} />}
    </Stack>
  );
}
