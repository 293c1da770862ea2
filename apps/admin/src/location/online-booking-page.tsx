import { clientLanguageNames, directionOf } from '@holdfast/contract/client-language';
import type { BookingSettingsWish, LocationSettings } from '@holdfast/contract/location-settings';
import { Anchor, Checkbox, Fieldset, NumberInput, Select, SimpleGrid, Stack, Text, Textarea } from '@mantine/core';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { SaveBar } from '../frame/save-bar.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useDraft, without } from '../frame/use-draft.ts';
import { EmbedFields } from '../links/embed-fields.tsx';
import { ShareFields } from '../links/share-fields.tsx';
import { useChosen } from '../links/use-chosen.ts';
import { PolicyEditor } from '../refunds/policy-editor.tsx';
import { type TextKey, useWords } from '../words.tsx';
import { useSavePart, useSettings } from './settings-query.ts';

/** Settings → My location → Online booking: when clients can book, what they can hold unpaid, how they can cancel. */
export function OnlineBookingPage() {
  const { say } = useWords();
  const settings = useSettings();
  return (
    <Page
      title={say('location.booking')}
      about={say('location.booking.about')}
      actions={
        settings.data && (
          <Anchor href={settings.data.bookingPage} target="_blank" rel="noreferrer" size="sm">
            {say('location.booking.see_page')}
          </Anchor>
        )
      }
    >
      {settings.isPending && <PageLoading />}
      {settings.isError && !settings.data && <TroubleNotice error={settings.error} onRetry={() => void settings.refetch()} />}
      {settings.data && (
        <Stack gap="lg">
          <Share page={settings.data.bookingPage} />
          <BookingForm settings={settings.data} />
        </Stack>
      )}
    </Page>
  );
}

/** Without a link: who comes by it comes by the default one, whichever that is. */
function Share({ page }: { page: string }) {
  const choice = useChosen(page);
  return (
    <>
      <ShareFields page={page} choice={choice} />
      <EmbedFields page={page} chosen={choice.chosen} />
    </>
  );
}

type NumberField = { [K in keyof BookingSettingsWish]: BookingSettingsWish[K] extends number ? K : never }[keyof BookingSettingsWish];

function BookingForm({ settings }: { settings: LocationSettings }) {
  const { say } = useWords();
  const { termsVersion } = settings.booking;
  const draft = useDraft<BookingSettingsWish>(fieldsOf(settings.booking));
  const save = useSavePart<BookingSettingsWish>('booking');
  useLeaveGuard(draft.dirty);
  const { value, change } = draft;
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    save.mutate(value, {
      onSuccess: ({ booking }) => {
        draft.saved(fieldsOf(booking));
        toast(say('frame.saved'));
      },
    });
  };
  const number = (field: NumberField, label: TextKey, [min, max]: readonly [number, number], more: { about?: TextKey; suffix?: string } = {}) => (
    <NumberInput
      label={say(label)}
      description={more.about && say(more.about)}
      value={value[field]}
      onChange={(next) => typeof next === 'number' && change({ [field]: next })}
      min={min}
      max={max}
      clampBehavior="strict"
      allowDecimal={false}
      suffix={more.suffix}
      inputMode="numeric"
    />
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg">
        <Fieldset legend={say('location.booking.when')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Select
              label={say('location.booking.step')}
              description={say('location.booking.step.about')}
              data={[5, 10, 15, 20, 30, 60].map((one) => ({ value: String(one), label: say('frame.minutes', { minutes: one }) }))}
              value={String(value.stepMinutes)}
              onChange={(next) => next && change({ stepMinutes: Number(next) as BookingSettingsWish['stepMinutes'] })}
              allowDeselect={false}
            />
            {number('leadMinutes', 'location.booking.lead', [0, 43_200], {
              about: 'location.booking.lead.about',
              suffix: ` ${say('location.minutes')}`,
            })}
            {number('horizonDays', 'location.booking.horizon', [1, 366], {
              about: 'location.booking.horizon.about',
              suffix: ` ${say('location.days')}`,
            })}
          </SimpleGrid>
          <Checkbox
            mt="md"
            label={say('location.booking.any_staff')}
            checked={value.anyStaff}
            onChange={(event) => change({ anyStaff: event.currentTarget.checked })}
          />
        </Fieldset>
        <Fieldset legend={say('location.booking.cancelling')}>
          <Text size="sm" c="dimmed" mb="sm">
            {say('refunds.policy.about')}
          </Text>
          <PolicyEditor
            value={value.cancellation}
            onChange={(cancellation) => change({ cancellation: cancellation as BookingSettingsWish['cancellation'] })}
          />
        </Fieldset>
        <Fieldset legend={say('location.booking.holding')}>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {number('holdsPerPhone', 'location.booking.per_phone', [1, 1000])}
            {number('holdsPerAddressPerHour', 'location.booking.per_address', [1, 1_000_000])}
            {number('holdsSharePercent', 'location.booking.share', [1, 100], { about: 'location.booking.share.about', suffix: ' %' })}
            {number('processingExtensionMinutes', 'location.booking.extension', [0, 30], {
              about: 'location.booking.extension.about',
              suffix: ` ${say('location.minutes')}`,
            })}
            {number('waitingOfferMinutes', 'location.booking.waiting', [5, 1440], {
              about: 'location.booking.waiting.about',
              suffix: ` ${say('location.minutes')}`,
            })}
          </SimpleGrid>
        </Fieldset>
        <Fieldset legend={say('location.booking.terms')}>
          <Stack gap="md">
            {settings.business.languages.map((language) => (
              <Textarea
                key={language}
                lang={language}
                dir={directionOf(language)}
                label={clientLanguageNames[language]}
                value={value.terms[language] ?? ''}
                onChange={(event) => change({ terms: { ...value.terms, [language]: event.currentTarget.value } })}
                autosize
                minRows={2}
                maxRows={12}
                maxLength={5000}
                description={language === settings.business.languages[0] ? say('location.booking.terms.about', { version: termsVersion }) : undefined}
              />
            ))}
          </Stack>
        </Fieldset>
        <SaveBar
          dirty={draft.dirty}
          saving={save.isPending}
          error={save.error}
          theirs={draft.theirs && say('location.booking.theirs')}
          onReset={draft.reset}
          onKeepMine={draft.keepMine}
        />
      </Stack>
    </form>
  );
}

/** What can be changed: all but the number of the terms, which follows from their words. */
function fieldsOf(booking: LocationSettings['booking']): BookingSettingsWish {
  return without(booking, 'termsVersion');
}
