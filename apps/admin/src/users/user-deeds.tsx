import type { InvitedUser, User } from '@holdfast/contract/users';
import { Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { userTrouble } from './user-trouble.ts';

/** What can be done with somebody's access at once: invitation, sessions, a lost second factor, disable. */
export function UserDeeds({ user }: { user: User }) {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const queries = useQueryClient();
  const path = `users/${encodeURIComponent(user.id)}`;
  const done = (said: string) => () => {
    toast(said);
    void queries.invalidateQueries({ queryKey: ['users'] });
  };
  const invite = useMutation({
    mutationFn: () => ask<InvitedUser>('POST', `${path}/invitations`),
    onSuccess: ({ link }) => (link ? undefined : done(say('users.invited', { email: user.email }))()),
    // the link opens the house: it is not kept once this page is left
    gcTime: 0,
  });
  const end = useMutation({
    mutationFn: () => ask<{ ended: number }>('DELETE', `${path}/sessions`),
    onSuccess: ({ ended }) => done(say('users.sessions_ended', { count: ended }))(),
  });
  const takeFactor = useMutation({
    mutationFn: () => ask('DELETE', `${path}/second-factor`),
    onSuccess: done(say('users.second_factor_taken', { name: user.name })),
  });
  const disable = useMutation({
    mutationFn: (disabled: boolean) => ask('PUT', `${path}/disabled`, { disabled }),
    onSuccess: (_, disabled) => done(say(disabled ? 'users.disabled' : 'users.enabled', { name: user.name }))(),
  });
  const locked = user.locked ? say(`users.reason.${user.locked}`) : undefined;
  const isDisabled = user.state === 'disabled';
  const error = invite.error ?? end.error ?? takeFactor.error ?? disable.error;
  const askToDisable = async () => {
    const question = {
      title: say('users.disable.sure', { name: user.name }),
      more: say('users.disable.more'),
      yes: say('users.disable'),
      danger: true,
    };
    if (await confirmed(question)) disable.mutate(true);
  };
  const askToTakeFactor = async () => {
    const question = {
      title: say('users.take_second_factor.sure', { name: user.name }),
      more: say('users.take_second_factor.more'),
      yes: say('users.take_second_factor'),
      danger: true,
    };
    if (await confirmed(question)) takeFactor.mutate();
  };
  return (
    <Stack component="section" gap="sm" aria-labelledby="access">
      <Title order={2} size="h4" id="access">
        {say('users.access')}
      </Title>
      <Text size="sm" c="dimmed">
        {user.lastSeenAt ? say('users.last_seen_at', { when: when(user.lastSeenAt, timeZone) }) : say('users.never_here')}{' '}
        {say(user.totp ? 'users.totp' : 'users.totp.none')}
      </Text>
      {invite.data?.link && <InvitationLink email={user.email} link={invite.data.link} onDone={() => invite.reset()} />}
      {error && <TroubleNotice error={error} words={userTrouble} />}
      <Group gap="sm">
        <ReasonButton
          variant="default"
          loading={invite.isPending}
          reason={locked ?? (user.state === 'invited' ? undefined : say('users.reason.not_invited'))}
          onClick={() => invite.mutate()}
        >
          {say('users.invite_again')}
        </ReasonButton>
        <ReasonButton
          variant="default"
          loading={end.isPending}
          reason={locked ?? (user.lastSeenAt ? undefined : say('users.reason.no_sessions'))}
          onClick={() => end.mutate()}
        >
          {say(user.you ? 'users.end_other_sessions' : 'users.end_sessions')}
        </ReasonButton>
        {user.totp && (
          <ReasonButton
            variant="default"
            loading={takeFactor.isPending}
            reason={user.you ? say('users.reason.own_second_factor') : locked}
            onClick={() => void askToTakeFactor()}
          >
            {say('users.take_second_factor')}
          </ReasonButton>
        )}
        {isDisabled ? (
          <ReasonButton variant="default" loading={disable.isPending} reason={locked} onClick={() => disable.mutate(false)}>
            {say('users.enable')}
          </ReasonButton>
        ) : (
          <ReasonButton
            variant="light"
            color="red"
            loading={disable.isPending}
            reason={user.you ? say('users.reason.yourself') : (locked ?? (user.onlyOwnerAt.length > 0 ? say('users.reason.last_owner') : undefined))}
            onClick={() => void askToDisable()}
          >
            {say('users.disable')}
          </ReasonButton>
        )}
      </Group>
    </Stack>
  );
}
