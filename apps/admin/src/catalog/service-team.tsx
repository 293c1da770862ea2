import type { ServiceCard } from '@holdfast/contract/catalog';
import { Badge, Box, Group, Stack, Text } from '@mantine/core';
import { Empty } from '../frame/empty.tsx';
import { useWords } from '../words.tsx';
import { pairOf, type ServiceDraft } from './card-drafts.ts';
import { OwnTermsFields } from './own-terms-fields.tsx';

/** Who does it, and at which price and length of their own. */
export function ServiceTeam({
  card,
  value,
  change,
  currency,
  reason,
  onWrong,
}: {
  card: ServiceCard;
  value: ServiceDraft;
  change: (part: Partial<ServiceDraft>) => void;
  currency: string;
  reason: string | undefined;
  onWrong: (field: string, wrong: boolean) => void;
}) {
  const { say } = useWords();
  if (card.team.length === 0) return <Empty title={say('catalog.staff.empty')} more={say('catalog.staff.empty.more')} />;
  return (
    <Stack gap="sm" maw={720}>
      <Text size="sm" c="dimmed">
        {say('catalog.team.more')}
      </Text>
      <Box>
        {card.team.map(({ staffId, name, archived, onlineBooking }) => (
          <OwnTermsFields
            key={staffId}
            name={name}
            own={value[pairOf(staffId)]}
            usual={value}
            currency={currency}
            reason={reason}
            onChange={(own) => change({ [pairOf(staffId)]: own })}
            onWrong={(field, wrong) => onWrong(`${staffId} ${field}`, wrong)}
            marks={
              <Group gap="xs">
                {archived && (
                  <Badge color="gray" variant="light" tt="none">
                    {say('catalog.archived')}
                  </Badge>
                )}
                {!archived && !onlineBooking && (
                  <Badge color="gray" variant="light" tt="none">
                    {say('catalog.not_online')}
                  </Badge>
                )}
              </Group>
            }
          />
        ))}
      </Box>
    </Stack>
  );
}
