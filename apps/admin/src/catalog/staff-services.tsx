import type { SalonCatalog, StaffCard } from '@holdfast/contract/catalog';
import { Badge, Box, Group, Stack, Text, Title } from '@mantine/core';
import { Empty } from '../frame/empty.tsx';
import { useWords } from '../words.tsx';
import { pairOf, type StaffDraft } from './card-drafts.ts';
import { OwnTermsFields } from './own-terms-fields.tsx';

/** What they do, by category, and at which price and length of their own. */
export function StaffServices({
  card,
  lists,
  value,
  change,
  reason,
  onWrong,
}: {
  card: StaffCard;
  lists: SalonCatalog;
  value: StaffDraft;
  change: (part: Partial<StaffDraft>) => void;
  reason: string | undefined;
  onWrong: (field: string, wrong: boolean) => void;
}) {
  const { say } = useWords();
  if (card.services.length === 0) return <Empty title={say('catalog.services.empty')} more={say('catalog.services.empty.more')} />;
  return (
    <Stack gap="lg" maw={720}>
      <Text size="sm" c="dimmed">
        {say('catalog.team.more')}
      </Text>
      {lists.categories.map((category) => {
        const services = card.services.filter(({ categoryId }) => categoryId === category.id);
        if (services.length === 0) return null;
        return (
          <Box key={category.id} component="section" aria-label={category.name}>
            <Title order={2} size="h5" mb="xs">
              {category.name}
            </Title>
            {services.map((service) => (
              <OwnTermsFields
                key={service.serviceId}
                name={service.name}
                own={value[pairOf(service.serviceId)]}
                usual={service}
                currency={lists.currency}
                reason={reason}
                onChange={(own) => change({ [pairOf(service.serviceId)]: own })}
                onWrong={(field, wrong) => onWrong(`${service.serviceId} ${field}`, wrong)}
                marks={
                  <Group gap="xs">
                    {service.archived && (
                      <Badge color="gray" variant="light" tt="none">
                        {say('catalog.archived')}
                      </Badge>
                    )}
                    {!service.archived && !service.onlineBooking && (
                      <Badge color="gray" variant="light" tt="none">
                        {say('catalog.not_online')}
                      </Badge>
                    )}
                  </Group>
                }
              />
            ))}
          </Box>
        );
      })}
    </Stack>
  );
}
