import type { Invitation, InvitedUser } from '@holdfast/contract/users';
import { Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask, codeOf } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { InvitationLink } from './invitation-link.tsx';
import { looksLikeEmail, PersonFields } from './person-fields.tsx';
import { PlaceFields } from './place-fields.tsx';
import { choicesQuery, rolesQuery } from './queries.ts';
import { userTrouble } from './user-trouble.ts';

/** Somebody is invited: who they are, and what they do where. What was typed is kept until it was sent or the page is left. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { say, language } = useWords();
  const queries = useQueryClient();
  const empty: Invitation = { name: '', email: '', language, places: [] };
  const [wish, setWish] = useState(empty);
  const [touched, setTouched] = useState(false);
  const [toHandOver, setToHandOver] = useState<{ email: string; link: string }>();
  const roles = useQuery({ ...rolesQuery, enabled: opened });
  const choices = useQuery({ ...choicesQuery, enabled: opened });
  const change = (part: Partial<Invitation>) => setWish((before) => ({ ...before, ...part }));
  const invite = useMutation({
    mutationFn: () => ask<InvitedUser>('POST', 'users', wish),
    onSuccess: ({ email, link }) => {
      void queries.invalidateQueries({ queryKey: ['users'] });
      setWish(empty);
      setTouched(false);
      if (link) return setToHandOver({ email, link });
      toast(say('users.invited', { email }));
      onClose();
    },
  });
  const taken = codeOf(invite.error) === 'already_there';
  const missing =
    wish.name.trim() === '' || !looksLikeEmail(wish.email)
      ? say('users.invite.incomplete')
      : wish.places.length === 0
        ? say('users.reason.no_place')
        : undefined;
  const close = () => {
    setToHandOver(undefined);
    invite.reset();
    onClose();
  };
  return (
    <Dialog opened={opened} onClose={close} title={say('users.invite')} size="lg">
      {toHandOver && <InvitationLink {...toHandOver} onDone={close} />}
      <form
        noValidate
        hidden={toHandOver !== undefined}
        onSubmit={(event) => {
          event.preventDefault();
          setTouched(true);
          if (!missing) invite.mutate();
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            {say('users.invite.about')}
          </Text>
          <PersonFields value={wish} onChange={change} touched={touched} emailError={taken ? say('users.email.taken') : undefined} />
          {(roles.isPending || choices.isPending) && <PageLoading />}
          {roles.isError && <TroubleNotice error={roles.error} onRetry={() => void roles.refetch()} />}
          {choices.isError && <TroubleNotice error={choices.error} onRetry={() => void choices.refetch()} />}
          {roles.data && choices.data && (
            <PlaceFields value={wish.places} onChange={(places) => change({ places })} locations={choices.data.locations} roles={roles.data.roles} />
          )}
          {invite.isError && !taken && <TroubleNotice error={invite.error} words={userTrouble} />}
          <DialogFoot onCancel={close} does={say('users.invite.send')} pending={invite.isPending} reason={missing} />
        </Stack>
      </form>
    </Dialog>
  );
}
