import type { BusinessWish, LocationSettings } from '@holdfast/contract/location-settings';
import { SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Trouble } from '../api.ts';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { useDraft, without } from '../frame/use-draft.ts';
import { useWords } from '../words.tsx';
import { CountrySelect, LanguagesField, TimeZoneSelect } from './place-fields.tsx';
import { useSavePart } from './settings-query.ts';
import { slugFault } from './slug.ts';
import { wrongField } from './wrong-field.ts';

/** Name, address, time zone and languages of the location. */
export function BusinessForm({ settings }: { settings: LocationSettings }) {
  const { say } = useWords();
  const { currency } = settings.business;
  const fields = without(settings.business, 'currency');
  const draft = useDraft<BusinessWish>(fields);
  const save = useSavePart<BusinessWish>('business');
  const navigate = useNavigate();
  useLeaveGuard(draft.dirty);
  const { value, change } = draft;
  const wrong = wrongField(save.error);
  const slugWrong = slugFault(value.slug);
  const zoneStays = settings.upcomingAppointments > 0;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate(value, {
      onSuccess: ({ business }) => {
        const now = without(business, 'currency');
        draft.saved(now);
        toast(say('frame.saved'));
        if (now.slug !== fields.slug) void navigate({ to: `/${now.slug}/settings/business-information`, replace: true, ignoreBlocker: true });
      },
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={say('location.name')}
          value={value.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          required
          maxLength={120}
          error={value.name.trim() === '' && say('frame.required')}
        />
        <TextInput
          label={say('location.slug')}
          description={say('location.slug.about', { page: settings.bookingPage })}
          value={value.slug}
          onChange={(event) => change({ slug: event.currentTarget.value })}
          required
          maxLength={60}
          spellCheck={false}
          autoCapitalize="none"
          error={
            (slugWrong && say(slugWrong)) ||
            (save.error instanceof Trouble && save.error.code === 'already_there' && say('location.slug.taken')) ||
            (value.slug !== fields.slug && <span>{say('location.slug.breaks')}</span>)
          }
        />
        <Textarea
          label={say('location.address')}
          value={value.address}
          onChange={(event) => change({ address: event.currentTarget.value })}
          autosize
          minRows={2}
          maxLength={300}
        />
        <TextInput
          label={say('location.phone')}
          type="tel"
          value={value.phone}
          onChange={(event) => change({ phone: event.currentTarget.value })}
          maxLength={40}
        />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <CountrySelect
            value={value.country}
            onChange={(country) => change({ country })}
            error={wrong === 'country' && say('location.country.wrong')}
          />
          <TextInput label={say('location.currency')} value={currency} readOnly description={say('location.currency.stays')} />
        </SimpleGrid>
        <TimeZoneSelect
          value={value.timeZone}
          onChange={(timeZone) => change({ timeZone })}
          disabled={zoneStays}
          description={zoneStays ? say('location.zone.stays', { count: settings.upcomingAppointments }) : say('location.zone.about')}
          error={wrong === 'timeZone' && say('location.zone.wrong')}
        />
        <LanguagesField
          languages={value.languages}
          first={value.defaultLanguage}
          onChange={(languages, defaultLanguage) => change({ languages, defaultLanguage })}
        />
        <SaveBar
          dirty={draft.dirty}
          saving={save.isPending}
          error={save.error}
          words={{ step_not_allowed: 'location.zone.wrong', already_there: 'location.slug.taken' }}
          reason={value.name.trim() === '' || slugWrong ? say('location.form.incomplete') : undefined}
          theirs={draft.theirs && `${draft.theirs.name}, ${draft.theirs.address}`}
          onReset={draft.reset}
          onKeepMine={draft.keepMine}
        />
      </Stack>
    </form>
  );
}
