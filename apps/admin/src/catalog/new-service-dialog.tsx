import type { SalonCatalog, ServiceCard } from '@holdfast/contract/catalog';
import { Group, NumberInput, Select, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ask, at } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { serviceQuery } from './catalog-queries.ts';
import { KindFields } from './kind-fields.tsx';

/** The least a service needs; everything else is on its card, which opens then. */
export function NewServiceDialog({ lists, categoryId, onClose }: { lists: SalonCatalog; categoryId: string; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState({
    name: '',
    categoryId,
    price: null as number | null,
    minutes: 60,
    kind: 'appointment' as 'appointment' | 'event',
    places: null as number | null,
  });
  const [told, setTold] = useState(false);
  const nameTrouble = typed.name.trim() === '' ? say('frame.required') : typed.name.trim().length > 120 ? say('catalog.trouble.too_long') : undefined;
  const create = useMutation({
    mutationFn: (priceMinor: number) =>
      ask<ServiceCard>('POST', at(here.id, 'catalog', 'services'), {
        categoryId: typed.categoryId,
        name: typed.name.trim(),
        description: '',
        priceMinMinor: priceMinor,
        priceMaxMinor: priceMinor,
        durationMinutes: typed.minutes,
        bufferBeforeMinutes: 0,
        bufferAfterMinutes: 0,
        onlineBooking: true,
        onlinePayment: 'not_available',
        kind: typed.kind,
        places: typed.places,
      }),
    onSuccess: async (card) => {
      queries.setQueryData(serviceQuery(here.id, card.id).queryKey, card);
      void queries.invalidateQueries({ queryKey: ['catalog', here.id], exact: true });
      await navigate({ to: `/${here.slug}/settings/services/${card.id}`, search: { tab: 'team' } });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!nameTrouble && typed.price !== null && typed.minutes >= 5) create.mutate(typed.price);
  };
  return (
    <Dialog onClose={onClose} title={say('catalog.new_service')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={say('catalog.name')}
            required
            data-autofocus
            value={typed.name}
            error={told ? nameTrouble : undefined}
            onChange={({ currentTarget }) => setTyped({ ...typed, name: currentTarget.value })}
          />
          <Select
            label={say('catalog.category')}
            allowDeselect={false}
            data={lists.categories.filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name }))}
            value={typed.categoryId}
            onChange={(chosen) => chosen && setTyped({ ...typed, categoryId: chosen })}
          />
          <KindFields value={typed} change={(part) => setTyped({ ...typed, ...part })} booked={false} />
          <Group grow align="flex-start">
            <MoneyInput
              label={say('catalog.price_from')}
              required
              currency={lists.currency}
              value={typed.price}
              {...(told && typed.price === null ? { error: say('frame.required') } : {})}
              onChange={(price) => setTyped({ ...typed, price })}
            />
            <NumberInput
              label={say('catalog.duration')}
              suffix={` ${say('catalog.minutes')}`}
              min={5}
              max={1440}
              step={5}
              allowDecimal={false}
              value={typed.minutes}
              onChange={(value) => setTyped({ ...typed, minutes: typeof value === 'number' ? value : 0 })}
            />
          </Group>
          {create.error && <TroubleNotice error={create.error} />}
          <DialogFoot onCancel={onClose} does={say('frame.add')} pending={create.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
