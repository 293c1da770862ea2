import type { AccountPage } from '@holdfast/contract/accounts';
import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useLocationHere, useSession } from '../session.tsx';
import { useWords } from '../words.tsx';

/** What is kept of an account: for visits whose rest is not paid yet, with the way to each, and for money on its way back. */
export function AccountHolds({ page }: { page: AccountPage }) {
  const { say, money, when } = useWords();
  const here = useLocationHere();
  const { locations } = useSession();
  const { holds } = page;
  if (holds.length === 0) return null;
  return (
    <Stack component="ul" gap={4} m={0} p={0} style={{ listStyle: 'none' }}>
      {holds.map(({ id, heldMinor, currency, since, by, locationId, appointmentId, for: kind }) => {
        const place = locations.find((one) => one.id === locationId);
        return (
          <Text component="li" size="sm" key={id}>
            {say(kind === 'refund' ? 'accounts.hold.refund' : 'accounts.hold.visit', {
              amount: money(heldMinor, currency),
              when: when(since, here.timeZone),
              who: by,
            })}{' '}
            {place && appointmentId && (
              <Anchor component={Link} inherit underline="always" to={`/${place.slug}/calendar`} search={{ appointment: appointmentId } as never}>
                {say('accounts.hold.visit.open')}
              </Anchor>
            )}
          </Text>
        );
      })}
    </Stack>
  );
}
