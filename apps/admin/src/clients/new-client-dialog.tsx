import type { Client, NewClient } from '@holdfast/contract/clients';
import { Anchor, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, codeOf, Trouble } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ClientFields } from './client-fields.tsx';

/** A client is written down by hand. `name` and `phone`: what was just looked for in vain. */
export function NewClientDialog({ opened, onClose, name, phone }: { opened: boolean; onClose: () => void; name: string; phone: string }) {
  const { say } = useWords();
  return (
    <Dialog opened={opened} onClose={onClose} title={say('clients.add')} size="lg">
      {opened && <NewClientForm name={name} phone={phone} onClose={onClose} />}
    </Dialog>
  );
}

function NewClientForm({ name, phone, onClose }: { name: string; phone: string; onClose: () => void }) {
  const { say, language } = useWords();
  const here = useLocationHere();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [wish, setWish] = useState<NewClient>({ name, phone, email: '', language, note: '' });
  const add = useMutation({
    mutationFn: () => ask<Client>('POST', 'clients', wish),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: ['clients'] });
      void navigate({ to: `/${here.slug}/clients/${id}` });
    },
  });
  const code = codeOf(add.error);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Stack gap="md">
        <ClientFields
          value={wish}
          onChange={(part) => setWish((before) => ({ ...before, ...part }))}
          phoneError={phoneErrorOf(add.error, here.slug, say('clients.phone.wrong'), say('clients.phone.taken'), say('clients.open'))}
          contacts={here.rights.includes('clients.contacts')}
        />
        {add.isError && code !== 'invalid_phone' && code !== 'already_there' && <TroubleNotice error={add.error} />}
        <DialogFoot
          onCancel={onClose}
          does={say('frame.add')}
          pending={add.isPending}
          reason={wish.name.trim() === '' ? say('clients.name.missing') : undefined}
        />
      </Stack>
    </form>
  );
}

/** What is wrong with the phone: no number, or somebody has it, with the way to them. */
export function phoneErrorOf(error: unknown, slug: string, wrong: string, taken: string, open: string) {
  if (!(error instanceof Trouble)) return undefined;
  if (error.code === 'invalid_phone') return wrong;
  if (error.code !== 'already_there') return undefined;
  const clientId = error.detail['clientId'];
  return (
    <>
      {taken}{' '}
      {typeof clientId === 'string' && (
        <Anchor component={Link} to={`/${slug}/clients/${clientId}`} size="xs">
          {open}
        </Anchor>
      )}
    </>
  );
}
