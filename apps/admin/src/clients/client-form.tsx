import type { Client, ClientWish } from '@holdfast/contract/clients';
import { Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ask, codeOf } from '../api.ts';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { useDraft } from '../frame/use-draft.ts';
import { useLocationHere, useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ClientFields } from './client-fields.tsx';
import { clientQuery } from './clients-query.ts';
import { phoneErrorOf } from './new-client-dialog.tsx';

/** Corrects what is written down. Without the right to see contacts only reading is possible: what one cannot see one cannot keep either. */
export function ClientForm({ client }: { client: Client }) {
  const { say } = useWords();
  const may = useMay();
  const here = useLocationHere();
  const queries = useQueryClient();
  const draft = useDraft<ClientWish>(wishOf(client));
  const save = useMutation({
    mutationFn: (wish: ClientWish) => ask<Client>('PUT', `clients/${encodeURIComponent(client.id)}`, wish),
    onSuccess: (saved) => {
      queries.setQueryData(clientQuery(client.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: ['clients', 'list'] });
      draft.saved(wishOf(saved));
      toast(say('frame.saved'));
    },
    onError: () => void queries.invalidateQueries({ queryKey: clientQuery(client.id).queryKey }),
  });
  useLeaveGuard(draft.dirty);
  const editable = may('clients.edit') && may('clients.contacts');
  const code = codeOf(save.error);
  return (
    <Stack gap="sm" component="section" aria-label={say('clients.details')}>
      <Title order={2} size="h4">
        {say('clients.details')}
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate(draft.value);
        }}
      >
        <Stack gap="md">
          <ClientFields
            value={draft.value}
            onChange={draft.change}
            nameError={draft.value.name.trim() === '' && say('frame.required')}
            phoneError={phoneErrorOf(save.error, here.slug, say('clients.phone.wrong'), say('clients.phone.taken'), say('clients.open'))}
            contacts={may('clients.contacts')}
          />
          {client.otherPhones.length > 0 && (
            <Text size="sm" c="dimmed">
              {say('clients.other_phones', { phones: client.otherPhones.join(', ') })}
            </Text>
          )}
          <SaveBar
            dirty={draft.dirty}
            saving={save.isPending}
            error={code === 'invalid_phone' || code === 'already_there' ? undefined : save.error}
            reason={editable ? (draft.value.name.trim() === '' ? say('clients.name.missing') : undefined) : say('frame.no_right')}
            theirs={draft.theirs && [draft.theirs.name, draft.theirs.phone, draft.theirs.email, draft.theirs.note].filter(Boolean).join(', ')}
            onReset={draft.reset}
            onKeepMine={draft.keepMine}
          />
        </Stack>
      </form>
    </Stack>
  );
}

function wishOf({ version, name, phone, email, language, note }: Client): ClientWish {
  return { version, name, phone: phone ?? '', email: email ?? '', language, note };
}
