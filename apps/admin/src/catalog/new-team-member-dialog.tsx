import type { SalonCatalog, StaffCard } from '@holdfast/contract/catalog';
import { Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { staffQuery } from './catalog-queries.ts';
import { staffColours } from './staff-colours.ts';

/** The least a team member needs; their card opens then, at the services they do. */
export function NewTeamMemberDialog({ lists, onClose }: { lists: SalonCatalog; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [positionId, setPositionId] = useState<string | null>(null);
  const [told, setTold] = useState(false);
  const trouble = name.trim() === '' ? say('frame.required') : name.trim().length > 120 ? say('catalog.trouble.too_long') : undefined;
  const create = useMutation({
    mutationFn: () => {
      const used = new Set(lists.staff.map(({ color }) => color));
      const color = staffColours.find((one) => !used.has(one)) ?? staffColours[lists.staff.length % staffColours.length];
      const fields = { name: name.trim(), about: '', color, positionId, onlineBooking: true, onlinePayment: 'not_available' };
      return ask<StaffCard>('POST', at(here.id, 'catalog', 'staff'), fields);
    },
    onSuccess: async (card) => {
      queries.setQueryData(staffQuery(here.id, card.id).queryKey, card);
      void queries.invalidateQueries({ queryKey: ['catalog', here.id], exact: true });
      await navigate({ to: `/${here.slug}/settings/staff/${card.id}`, search: { tab: 'services' } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!trouble) create.mutate();
  };
  return (
    <Dialog onClose={onClose} title={say('catalog.new_staff')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={say('catalog.name')}
            required
            data-autofocus
            value={name}
            error={told ? trouble : undefined}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          <Select
            label={say('catalog.position')}
            placeholder={say('catalog.no_position')}
            clearable
            data={lists.positions.map((one) => ({ value: one.id, label: one.name }))}
            value={positionId}
            onChange={setPositionId}
          />
          {create.error && <TroubleNotice error={create.error} />}
          <DialogFoot onCancel={onClose} does={say('frame.add')} pending={create.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
