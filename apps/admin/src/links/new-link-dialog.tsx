import type { BookingLink } from '@holdfast/contract/booking-links';
import { Select, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { codeOf } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { slugFault, slugFrom } from '../location/slug.ts';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useMakeLink } from './links-query.ts';

export function NewLinkDialog({ links, onClose }: { links: readonly BookingLink[]; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const go = useNavigate();
  const make = useMakeLink();
  const [name, setName] = useState('');
  const [typed, setTyped] = useState<string>();
  const [copyOf, setCopyOf] = useState<string | null>(links[0]?.id ?? null);
  const slug = typed ?? slugFrom(name);
  const fault = slug === '' ? undefined : slugFault(slug);
  const taken = codeOf(make.error) === 'already_there';
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    make.mutate({ name, slug, copyOf }, { onSuccess: () => void go({ to: `/${here.slug}/settings/booking-links/${slug}` }) });
  };
  return (
    <Dialog title={say('links.add')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={say('links.name')}
            description={say('links.add.name.hint')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={80}
            data-autofocus
            required
          />
          <TextInput
            label={say('links.slug')}
            value={slug}
            onChange={(event) => setTyped(event.currentTarget.value)}
            error={taken ? say('links.slug.taken') : fault && say(fault)}
            maxLength={60}
            required
          />
          <Select
            label={say('links.add.like')}
            data={[{ value: '', label: say('links.add.plain') }, ...links.map(({ id, name: label }) => ({ value: id, label }))]}
            value={copyOf ?? ''}
            onChange={(next) => setCopyOf(next || null)}
            allowDeselect={false}
          />
          {make.isError && !taken && <TroubleNotice error={make.error} />}
          <DialogFoot
            onCancel={onClose}
            does={say('links.add.do')}
            pending={make.isPending}
            reason={name.trim() === '' ? say('links.add.name.hint') : slug === '' || fault ? say(fault ?? 'location.slug.length') : undefined}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
