import type { User, UserPlace } from '@holdfast/contract/users';
import { Alert, Anchor, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { ask, codeOf } from '../api.ts';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { looksLikeEmail, type Person, PersonFields } from './person-fields.tsx';
import { PlaceFields } from './place-fields.tsx';
import { choicesQuery, rolesQuery, userQuery } from './queries.ts';
import { UserDeeds } from './user-deeds.tsx';
import { userTrouble } from './user-trouble.ts';

/** Settings → Users → one of them: who they are, what they do where, whether they can sign in. */
export function UserPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { user: id = '' } = useParams({ strict: false }) as { user?: string };
  const user = useQuery(userQuery(id));
  return (
    <Page
      title={user.data?.name ?? say('users.user')}
      about={
        <Anchor component={Link} to={`/${here.slug}/settings/users`} size="sm">
          {say('users.back')}
        </Anchor>
      }
    >
      {user.isPending && <PageLoading />}
      {user.isError && <TroubleNotice error={user.error} onRetry={() => void user.refetch()} />}
      {user.data && (
        <>
          <UserForm key={id} user={user.data} />
          <UserDeeds user={user.data} />
        </>
      )}
    </Page>
  );
}

type Draft = Person & { readonly places: readonly UserPlace[]; readonly version: number };

function draftOf({ name, email, language, places, version }: User): Draft {
  return { name, email, language, version, places: places.map(({ locationId, role, staffId }) => ({ locationId, role, staffId })) };
}

function UserForm({ user }: { user: User }) {
  const { say } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const roles = useQuery(rolesQuery);
  const choices = useQuery(choicesQuery);
  const saved = useMemo(() => draftOf(user), [user]);
  const draft = useDraft<Draft>(saved);
  const { value, change } = draft;
  useLeaveGuard(draft.dirty);
  const [password, setPassword] = useState('');
  const ownEmail = user.you && value.email.trim().toLowerCase() !== user.email;
  const save = useMutation({
    mutationFn: () => ask<User>('PUT', `users/${encodeURIComponent(user.id)}`, { ...value, ...(ownEmail && { password }) }),
    onSuccess: (changed) => {
      draft.saved(draftOf(changed));
      setPassword('');
      void queries.invalidateQueries({ queryKey: ['session'] });
      toast(say('frame.saved'));
      if (changed.places.length === 0) void navigate({ to: `/${here.slug}/settings/users` });
      else queries.setQueryData(userQuery(user.id).queryKey, changed);
    },
    onError: (error) => {
      if (codeOf(error) === 'changed_meanwhile') void queries.invalidateQueries({ queryKey: ['users', user.id] });
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['users'], exact: true }),
  });
  const locked = user.locked && say(`users.reason.${user.locked}`);
  const incomplete = value.name.trim() === '' || !looksLikeEmail(value.email) || (ownEmail && password === '');
  const placeless = value.places.length + user.elsewhere === 0;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!incomplete && !placeless) save.mutate();
      }}
    >
      <Stack gap="lg">
        {user.onlyOwnerAt.length > 0 && (
          <Alert variant="light" color="holdfast">
            {say('users.only_owner')}
          </Alert>
        )}
        <PersonFields
          value={value}
          onChange={change}
          touched={draft.dirty}
          reason={locked ?? undefined}
          emailError={codeOf(save.error) === 'already_there' ? say('users.email.taken') : undefined}
        />
        {ownEmail && (
          <PasswordInput
            label={say('users.own_password')}
            description={say('users.own_password.about')}
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            error={codeOf(save.error) === 'wrong_credentials' ? say('users.own_password.wrong') : undefined}
          />
        )}
        {(roles.isPending || choices.isPending) && <PageLoading />}
        {roles.isError && <TroubleNotice error={roles.error} onRetry={() => void roles.refetch()} />}
        {choices.isError && <TroubleNotice error={choices.error} onRetry={() => void choices.refetch()} />}
        {roles.data && choices.data && (
          <PlaceFields
            user={user}
            value={value.places}
            onChange={(places) => change({ places })}
            locations={choices.data.locations}
            roles={roles.data.roles}
          />
        )}
        {user.elsewhere > 0 && (
          <Text size="sm" c="dimmed">
            {say('users.elsewhere', { count: user.elsewhere })}
          </Text>
        )}
        <SaveBar
          dirty={draft.dirty}
          saving={save.isPending}
          error={codeOf(save.error) === 'already_there' ? undefined : save.error}
          words={userTrouble}
          {...(ownEmail && password === ''
            ? { reason: say('users.own_password.missing') }
            : incomplete
              ? { reason: say('users.invite.incomplete') }
              : placeless
                ? { reason: say('users.reason.no_place') }
                : {})}
          theirs={draft.theirs && `${draft.theirs.name}, ${draft.theirs.email}`}
          onReset={draft.reset}
          onKeepMine={draft.keepMine}
        />
      </Stack>
    </form>
  );
}
