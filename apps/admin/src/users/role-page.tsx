import type { Role, Roles, RoleWish } from '@holdfast/contract/roles';
import { Alert, Anchor, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { ask, codeOf } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { useLocationHere } from '../session.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { rolesQuery } from './queries.ts';
import { RightFields } from './right-fields.tsx';
import { useRoleName } from './role-name.ts';

const NEW = 'new';
const trouble: Readonly<Record<string, TextKey>> = {
  right_missing: 'users.reason.role_beyond_your_rights',
  not_yourself: 'users.reason.role_yours',
  still_used: 'users.reason.role_used',
  already_there: 'users.role.name.taken',
};

/** Settings → Roles and rights → one of the salon's own, or a new one, also as a copy of another. */
export function RolePage() {
  const { say } = useWords();
  const here = useLocationHere();
  const { role: id = NEW } = useParams({ strict: false }) as { role?: string };
  const { copy } = useSearch({ strict: false }) as { copy?: string };
  const roles = useQuery(rolesQuery);
  const role = roles.data?.roles.find((one) => one.id === (id === NEW ? copy : id));
  const gone = roles.data !== undefined && id !== NEW && (!role || role.builtIn);
  return (
    <Page
      title={id === NEW ? say('users.roles.add') : (role?.name ?? say('users.role'))}
      about={
        <Anchor component={Link} to={`/${here.slug}/settings/roles`} size="sm">
          {say('users.roles.back')}
        </Anchor>
      }
    >
      {roles.isPending && <PageLoading />}
      {roles.isError && <TroubleNotice error={roles.error} onRetry={() => void roles.refetch()} />}
      {gone && <Alert color="red">{say('frame.trouble.not_found')}</Alert>}
      {roles.data && !gone && <RoleForm key={`${id} ${copy ?? ''}`} roles={roles.data} role={role} isNew={id === NEW} />}
    </Page>
  );
}

type Draft = RoleWish & { readonly version: number };

function RoleForm({ roles, role, isNew }: { roles: Roles; role: Role | undefined; isNew: boolean }) {
  const { say } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const nameOf = useRoleName(roles.roles);
  const name = !role ? '' : isNew ? say('users.role.copied', { role: nameOf(role.id) }) : role.name;
  const source = useMemo<Draft>(() => {
    const { rights, registers, lastDays, refundLimitMinor, version } = role ?? { ...nothing, version: 1 };
    // what one may not give cannot be copied either
    const kept = isNew ? rights.filter((right) => roles.rights.includes(right)) : rights;
    return { name, rights: [...kept], registers, lastDays, refundLimitMinor, version };
  }, [role, isNew, roles.rights, name]);
  const draft = useDraft<Draft>(source);
  const { value, change } = draft;
  const [wrongAmount, setWrongAmount] = useState(false);
  const save = useMutation({
    mutationFn: () => {
      const { version, ...wish } = value;
      return isNew ? ask<Role>('POST', 'roles', wish) : ask<Role>('PUT', `roles/${role?.id}`, { ...wish, version });
    },
    onSuccess: () => {
      draft.saved(value);
      toast(say('frame.saved'));
      void navigate({ to: `/${here.slug}/settings/roles`, ignoreBlocker: true });
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['roles'] }),
  });
  const remove = useMutation({
    mutationFn: () => ask('DELETE', `roles/${role?.id}`),
    onSuccess: () => {
      toast(say('users.role.deleted'));
      void navigate({ to: `/${here.slug}/settings/roles`, ignoreBlocker: true });
    },
    onSettled: () => void queries.invalidateQueries({ queryKey: ['roles'] }),
  });
  useLeaveGuard(draft.dirty && !save.isSuccess && !remove.isSuccess);
  const locked = isNew || !role?.locked ? undefined : say(`users.reason.role_${role.locked}`);
  const wrong = wrongAmount && value.rights.includes('refunds.make');
  const reason = locked ?? (value.name.trim() === '' ? say('users.role.name.missing') : wrong ? say('frame.not_an_amount') : undefined);
  const taken = codeOf(save.error) === 'already_there';
  const askToDelete = async () => {
    if (await confirmed({ title: say('users.role.delete.sure', { role: role?.name ?? '' }), yes: say('frame.delete'), danger: true }))
      remove.mutate();
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!reason) save.mutate();
      }}
    >
      <Stack gap="lg">
        {locked && <Alert color="yellow">{locked}</Alert>}
        <TextInput
          label={say('users.role.name')}
          value={value.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          required
          maxLength={80}
          maw={420}
          disabled={locked !== undefined}
          error={taken ? say('users.role.name.taken') : draft.dirty && value.name.trim() === '' ? say('frame.required') : undefined}
        />
        <RightFields value={value} onChange={change} onWrongAmount={setWrongAmount} roles={roles} locked={locked !== undefined} />
        {remove.isError && <TroubleNotice error={remove.error} words={trouble} />}
        <SaveBar
          dirty={draft.dirty || isNew}
          saving={save.isPending}
          error={taken ? undefined : save.error}
          words={trouble}
          {...(reason ? { reason } : {})}
          theirs={draft.theirs?.name}
          onReset={draft.reset}
          onKeepMine={draft.keepMine}
        />
        {!isNew && role && (
          <Group>
            <ReasonButton
              variant="light"
              color="red"
              loading={remove.isPending}
              reason={locked ?? (role.users > 0 ? say('users.reason.role_used') : undefined)}
              onClick={() => void askToDelete()}
            >
              {say('users.role.delete')}
            </ReasonButton>
          </Group>
        )}
      </Stack>
    </form>
  );
}

const nothing = { rights: [], registers: null, lastDays: {}, refundLimitMinor: null } satisfies Omit<RoleWish, 'name'>;
