import type { Session } from '@holdfast/contract/session';
import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ask, onSignedOut } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { sessionQuery, useSession } from '../session.tsx';
import { useWords } from '../words.tsx';
import { DemoUsers } from './demo-users.tsx';
import { installationQuery } from './installation-query.ts';
import { SignInForm } from './sign-in-form.tsx';

/**
 * The session ended while somebody was working: they sign in again over the page, which stays as it was with everything that was typed. If somebody else
 * signs in, the page begins anew: what is on it was not for their eyes.
 */
export function SignedOutDialog() {
  const { say } = useWords();
  const { user, chain } = useSession();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState(false);
  const installation = useQuery({ ...installationQuery, enabled: open });
  useEffect(() => onSignedOut(() => setOpen(true)), []);
  const signedIn = async () => {
    const session = await ask<Session>('GET', 'session').catch(() => undefined);
    if (session?.user.id !== user.id) return location.reload();
    queries.setQueryData(sessionQuery.queryKey, session);
    setOpen(false);
    await queries.invalidateQueries();
  };
  return (
    <Dialog opened={open} title={say('access.again.title')} zIndex={900}>
      <Stack gap="md">
        <Text size="sm">{say('access.again.about')}</Text>
        <SignInForm key={String(other)} {...(other ? {} : { email: user.email, chain: chain.slug })} onSignedIn={() => void signedIn()} />
        {!other && (
          <Anchor component="button" type="button" size="sm" onClick={() => setOther(true)}>
            {say('access.again.somebody_else')}
          </Anchor>
        )}
        {installation.data?.demo && <DemoUsers onSignedIn={() => void signedIn()} />}
      </Stack>
    </Dialog>
  );
}
