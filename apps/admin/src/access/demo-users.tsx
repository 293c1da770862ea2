import { builtInRoleNames } from '@holdfast/contract/rights';
import { Button, Divider, SimpleGrid, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';

/** In the demo one is whoever one wants to be, without a password. */
export function DemoUsers({ onSignedIn }: { onSignedIn: () => void }) {
  const { say } = useWords();
  const be = useMutation({
    mutationFn: async (role: string) => {
      // it answers with the cookie and leads on to the app, where we are already
      await fetch(`/demo/admin?as=${role}`, { redirect: 'manual' });
    },
    onSuccess: onSignedIn,
  });
  return (
    <Stack gap="sm" role="group" aria-label={say('access.sign_in.demo')}>
      <Divider label={say('access.sign_in.demo')} labelPosition="center" />
      <SimpleGrid cols={2} spacing="xs">
        {builtInRoleNames.map((role) => (
          <Button key={role} variant="default" onClick={() => be.mutate(role)} loading={be.isPending && be.variables === role}>
            {say(`access.role.${role}`)}
          </Button>
        ))}
      </SimpleGrid>
      {be.isError && <TroubleNotice error={be.error} />}
    </Stack>
  );
}
