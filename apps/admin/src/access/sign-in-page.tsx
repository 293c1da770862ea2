import { Anchor, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate, useSearch } from '@tanstack/react-router';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { DemoUsers } from './demo-users.tsx';
import { Entrance } from './entrance.tsx';
import { installationQuery } from './installation-query.ts';
import { SignInForm } from './sign-in-form.tsx';
import { useEnter } from './use-enter.ts';

export function SignInPage() {
  const { say } = useWords();
  const enter = useEnter();
  const { to } = useSearch({ strict: false }) as { to?: string };
  const installation = useQuery(installationQuery);
  if (installation.data?.setUp === false) return <Navigate to="/setup" replace />;
  const go = () => void enter(to);
  return (
    <Entrance title={say('access.sign_in.title')} about={say('access.sign_in.about')}>
      {installation.isPending && <PageLoading />}
      {installation.isError && <TroubleNotice error={installation.error} onRetry={() => void installation.refetch()} />}
      {installation.data && (
        <Stack gap="md">
          <SignInForm onSignedIn={go} />
          <Anchor component={Link} to="/forgot-password" size="sm" ta="center">
            {say('access.sign_in.forgot')}
          </Anchor>
          {installation.data.demo && <DemoUsers onSignedIn={go} />}
        </Stack>
      )}
    </Entrance>
  );
}
