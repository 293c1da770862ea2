import type { MembershipTypes } from '@holdfast/contract/memberships';
import { Checkbox, Group, MultiSelect, NumberInput, Radio, Select, Stack, Switch, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { codeOf } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useTypeChange } from './membership-queries.ts';
import { draftOf, isWhole } from './type-draft.ts';

const many = (value: string | number) => (typeof value === 'number' ? value : null);

/** A new type of membership, or other terms for what is sold from now on. */
export function MembershipTypeDialog({ of, type, onClose }: { of: MembershipTypes; type?: MembershipTypes['types'][number]; onClose: () => void }) {
  const { say } = useWords();
  const here = useLocationHere();
  const change = useTypeChange(here.id);
  const own = of.locations.find(({ id }) => id === here.id);
  const currency = type?.currency ?? own?.currency ?? '';
  const [draft, setDraft] = useState(() => draftOf(type, own?.mayChoose ? here.id : undefined));
  const [wrongPrice, setWrongPrice] = useState(false);
  const [told, setTold] = useState(false);
  const set = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const wish = isWhole(draft);
  const taken = codeOf(change.error) === 'already_there';
  const required = (missing: boolean) => (told && missing ? say('frame.required') : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!wish || wrongPrice || change.isPending) return;
    change.mutate(type ? { id: type.id, wish: { ...wish, version: type.version, archived: draft.archived } } : { wish: { ...wish, currency } }, {
      onSuccess: () => {
        toast(say('memberships.types.saved', { name: wish.name }));
        onClose();
      },
    });
  };
  const places = of.locations.filter((one) => one.currency === currency);
  const services = of.services.filter(({ locationId }) => draft.locationIds.includes(locationId));
  return (
    <Dialog onClose={onClose} size="lg" title={type ? say('memberships.types.change', { name: type.name }) : say('memberships.types.add')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={say('memberships.field.name')}
            required
            data-autofocus
            maxLength={80}
            autoComplete="off"
            value={draft.name}
            onChange={({ currentTarget }) => set({ name: currentTarget.value })}
            error={taken ? say('memberships.taken') : required(draft.name.trim() === '')}
          />
          <MoneyInput
            label={say('memberships.field.price')}
            currency={currency}
            value={draft.priceMinor}
            onChange={(priceMinor, wrong) => {
              set({ priceMinor });
              setWrongPrice(wrong);
            }}
            error={required(!draft.priceMinor)}
          />
          <Group grow align="flex-start">
            <NumberInput
              label={say('memberships.field.visits')}
              description={say('memberships.field.visits.about')}
              min={1}
              max={1000}
              allowDecimal={false}
              value={draft.visits ?? ''}
              onChange={(value) => set({ visits: many(value) })}
              error={told && draft.visits === null && draft.count === null ? say('memberships.field.ends') : undefined}
            />
            <NumberInput
              label={say('memberships.field.period')}
              description={say('memberships.field.period.about')}
              min={1}
              max={1000}
              allowDecimal={false}
              value={draft.count ?? ''}
              onChange={(value) => set({ count: many(value) })}
            />
            <Select
              label={say('memberships.field.unit')}
              description={' '}
              data={[
                { value: 'days', label: say('memberships.unit.days') },
                { value: 'months', label: say('memberships.unit.months') },
              ]}
              value={draft.unit}
              onChange={(unit) => unit && set({ unit: unit as 'days' | 'months' })}
              allowDeselect={false}
              comboboxProps={{ zIndex: 600 }}
            />
          </Group>
          <Radio.Group
            label={say('memberships.field.begins')}
            value={draft.begins}
            onChange={(begins) => set({ begins: begins as 'sale' | 'first_visit' })}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="sale" label={say('memberships.begins.sale')} />
              <Radio value="first_visit" label={say('memberships.begins.first_visit')} disabled={draft.count === null} />
            </Stack>
          </Radio.Group>
          <Checkbox.Group
            label={say('memberships.field.locations')}
            value={draft.locationIds}
            onChange={(locationIds) => set({ locationIds })}
            error={required(draft.locationIds.length === 0)}
          >
            <Stack gap="xs" mt="xs">
              {places.map((one) => (
                <Checkbox key={one.id} value={one.id} disabled={!one.mayChoose} label={one.name} />
              ))}
            </Stack>
          </Checkbox.Group>
          <MultiSelect
            label={say('memberships.field.services')}
            description={say('memberships.field.services.about')}
            placeholder={draft.serviceIds.length === 0 ? say('memberships.services.all') : ''}
            data={services.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.serviceIds}
            onChange={(serviceIds) => set({ serviceIds })}
            searchable
            clearable
            comboboxProps={{ zIndex: 600 }}
          />
          <NumberInput
            label={say('memberships.field.late')}
            description={say('memberships.field.late.about')}
            min={0}
            max={1000}
            allowDecimal={false}
            value={draft.lateHours ?? ''}
            onChange={(value) => set({ lateHours: many(value) })}
          />
          <Group grow align="flex-start">
            <NumberInput
              label={say('memberships.field.freeze_days')}
              min={0}
              max={1000}
              allowDecimal={false}
              value={draft.freezeDays}
              onChange={(value) => set({ freezeDays: many(value) ?? 0 })}
            />
            <NumberInput
              label={say('memberships.field.freeze_times')}
              min={0}
              max={100}
              allowDecimal={false}
              value={draft.freezeTimes}
              onChange={(value) => set({ freezeTimes: many(value) ?? 0 })}
            />
          </Group>
          <Switch
            label={say('memberships.field.online')}
            checked={draft.online}
            onChange={({ currentTarget }) => set({ online: currentTarget.checked })}
          />
          {type && (
            <Switch
              label={say('memberships.field.archived')}
              description={say('memberships.field.archived.about')}
              checked={draft.archived}
              onChange={({ currentTarget }) => set({ archived: currentTarget.checked })}
            />
          )}
          {Boolean(change.error) && !taken && <TroubleNotice error={change.error} />}
          <DialogFoot onCancel={onClose} pending={change.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
