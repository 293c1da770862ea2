import type { SalonCatalog } from '@holdfast/contract/catalog';
import { Anchor, Box, Button, Group, Paper, Text } from '@mantine/core';
import { IconScissors } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Empty } from '../frame/empty.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { MoveLine, useMoveLine } from './move-line.tsx';
import { PaymentBadge } from './payment-badge.tsx';

/** The services of a category, or those on the shelf. A click on a name opens the card. */
export function ServiceList({
  lists,
  services,
  orderable,
  reason,
  shelf,
  onNew,
}: {
  lists: SalonCatalog;
  services: SalonCatalog['services'];
  orderable: boolean;
  reason: string | undefined;
  shelf: boolean;
  onNew: (() => void) | undefined;
}) {
  const { say, money, minutes } = useWords();
  const here = useLocationHere();
  const move = useMoveLine(
    'services',
    services.map(({ id }) => id),
  );
  if (services.length === 0) {
    return (
      <Paper withBorder>
        <Empty
          icon={<IconScissors size={32} stroke={1.3} aria-hidden />}
          title={say(shelf ? 'catalog.shelf.empty' : 'catalog.services.empty')}
          more={say(shelf ? 'catalog.shelf.empty.more' : 'catalog.services.empty.more')}
          action={
            !shelf && onNew && !reason ? (
              <Button mt="xs" onClick={onNew}>
                {say('catalog.new_service')}
              </Button>
            ) : undefined
          }
        />
      </Paper>
    );
  }
  const price = ({ priceMinMinor: min, priceMaxMinor: max }: SalonCatalog['services'][number]) =>
    min === max ? money(min, lists.currency) : say('catalog.price_range', { from: money(min, lists.currency), to: money(max, lists.currency) });
  return (
    <Paper withBorder component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
      {services.map((service, line) => (
        <Group
          component="li"
          key={service.id}
          px="md"
          py="sm"
          gap="sm"
          wrap="nowrap"
          style={line > 0 ? { borderTop: '1px solid var(--hf-line)' } : undefined}
        >
          <Box style={{ flex: 1, minWidth: 0 }}>
            <Anchor component={Link} to={`/${here.slug}/settings/services/${service.id}`} fw={600} c="inherit" underline="hover">
              {service.name}
            </Anchor>
            <Text size="sm" c="dimmed">
              {[
                price(service),
                minutes(service.durationMinutes),
                say('catalog.done_by', { count: service.staffCount }),
                ...(service.onlineBooking ? [] : [say('catalog.not_online')]),
              ].join(' · ')}
            </Text>
            <Box hiddenFrom="xs" mt={4}>
              <PaymentBadge status={service.onlinePayment} />
            </Box>
          </Box>
          <Box visibleFrom="xs">
            <PaymentBadge status={service.onlinePayment} />
          </Box>
          {orderable && services.length > 1 && (
            <MoveLine id={service.id} name={service.name} first={line === 0} last={line === services.length - 1} reason={reason} onMove={move} />
          )}
        </Group>
      ))}
    </Paper>
  );
}
