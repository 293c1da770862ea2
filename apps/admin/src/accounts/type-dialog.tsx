import type { AccountType, AccountTypes } from '@holdfast/contract/accounts';
import { Checkbox, Select, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { codeOf, Trouble } from '../api.ts';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { MoneyInput } from '../frame/money-input.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useTypeChange } from './use-type-change.ts';

/** A new account type, or another name, places and limit for one. Its currency is chosen once. */
export function TypeDialog({ type, locations, onClose }: { type?: AccountType; locations: AccountTypes['locations']; onClose: () => void }) {
  const { say, money } = useWords();
  const here = useLocationHere();
  const change = useTypeChange();
  const own = locations.find(({ id }) => id === here.id);
  const [name, setName] = useState(type?.name ?? '');
  const [currency, setCurrency] = useState(type?.currency ?? own?.currency ?? locations[0]?.currency ?? '');
  const [places, setPlaces] = useState(type?.locationIds ?? (own?.mayChoose ? [own.id] : []));
  const [limit, setLimit] = useState<{ amount: number | null; wrong: boolean }>({ amount: type?.creditLimitMinor || null, wrong: false });
  const [told, setTold] = useState(false);
  const code = codeOf(change.error);
  const wrongLimit = code === 'still_used' && change.error instanceof Trouble ? change.error.detail : undefined;
  const nameTrouble = name.trim() === '' ? say('frame.required') : undefined;
  const placesTrouble = places.length === 0 ? say('accounts.types.locations.none') : undefined;
  const fit = locations.filter((one) => one.currency === currency);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (nameTrouble || placesTrouble || limit.wrong || change.isPending) return;
    const wish = { name: name.trim(), locationIds: places, creditLimitMinor: limit.amount ?? 0 };
    change.mutate(
      type ? { id: type.id, wish: { ...wish, version: type.version, archived: type.archivedAt !== null } } : { wish: { ...wish, currency } },
      {
        onSuccess: () => {
          toast(say('accounts.types.saved', { name: wish.name }));
          onClose();
        },
      },
    );
  };
  return (
    <Dialog onClose={onClose} title={type ? say('accounts.types.change', { name: type.name }) : say('accounts.types.add')}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={say('accounts.types.name')}
            description={say('accounts.types.name.about')}
            required
            data-autofocus
            maxLength={60}
            autoComplete="off"
            value={name}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
            error={code === 'already_there' ? say('accounts.types.taken') : told ? nameTrouble : undefined}
          />
          {!type && new Set(locations.map((one) => one.currency)).size > 1 && (
            <Select
              label={say('accounts.types.currency')}
              description={say('accounts.types.currency.stays')}
              data={[...new Set(locations.map((one) => one.currency))]}
              value={currency}
              onChange={(next) => {
                if (!next) return;
                setCurrency(next);
                setPlaces(locations.filter((one) => one.currency === next && one.mayChoose).map(({ id }) => id));
              }}
              allowDeselect={false}
              comboboxProps={{ zIndex: 600 }}
            />
          )}
          <Checkbox.Group
            label={say('accounts.types.locations')}
            description={say('accounts.types.locations.about')}
            value={places}
            onChange={setPlaces}
            error={told ? placesTrouble : undefined}
          >
            <Stack gap="xs" mt="xs">
              {fit.map((one) => (
                <Checkbox
                  key={one.id}
                  value={one.id}
                  // what one may not choose stays as it is
                  disabled={!one.mayChoose}
                  label={one.mayChoose ? one.name : `${one.name} (${say('accounts.types.locations.not_yours')})`}
                />
              ))}
            </Stack>
          </Checkbox.Group>
          <MoneyInput
            label={say('accounts.types.limit')}
            description={say('accounts.types.limit.about')}
            currency={currency}
            value={limit.amount}
            onChange={(amount, wrong) => setLimit({ amount, wrong })}
            error={
              wrongLimit
                ? say('accounts.types.limit.used', {
                    count: Number(wrongLimit['accounts'] ?? 1),
                    amount: money(Number(wrongLimit['mostMinor'] ?? 0), currency),
                  })
                : undefined
            }
          />
          {Boolean(change.error) && code !== 'already_there' && code !== 'still_used' && <TroubleNotice error={change.error} />}
          <DialogFoot onCancel={onClose} pending={change.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
