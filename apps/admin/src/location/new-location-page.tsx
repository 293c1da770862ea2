import type { LocationMade, NewLocation } from '@holdfast/contract/location-settings';
import { Alert, Button, Checkbox, Fieldset, Group, Radio, Select, SimpleGrid, Stack, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, codeOf } from '../api.ts';
import { useLeaveGuard } from '../frame/leave-guard.tsx';
import { Page } from '../frame/page.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { toast } from '../frame/toast.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { sessionQuery, useLocationHere, useSession } from '../session.tsx';
import { useWords } from '../words.tsx';
import { CountrySelect, CurrencySelect, LanguagesField, TimeZoneSelect } from './place-fields.tsx';
import { usualOf } from './places.ts';
import { slugFault, slugFrom } from './slug.ts';
import { wrongField } from './wrong-field.ts';

/** Another location: where it is, and what it starts with. */
export function NewLocationPage() {
  const { say } = useWords();
  const here = useLocationHere();
  const session = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [wish, setWish] = useState<NewLocation>(() => ({
    name: '',
    slug: '',
    country: here.country,
    currency: here.currency,
    timeZone: here.timeZone,
    address: '',
    phone: '',
    defaultLanguage: (here.languages[0] ?? 'en') as NewLocation['defaultLanguage'],
    languages: here.languages as NewLocation['languages'],
    copyFrom: { locationId: here.id, catalogue: true, staff: false, settings: true },
  }));
  const [ownSlug, setOwnSlug] = useState(false);
  const change = (part: Partial<NewLocation>) => setWish((before) => ({ ...before, ...part }));
  const make = useMutation({
    mutationFn: () => ask<LocationMade>('POST', 'locations', wish),
    onSuccess: async ({ slug, withoutPrices }) => {
      await queries.invalidateQueries({ queryKey: sessionQuery.queryKey });
      void queries.invalidateQueries({ queryKey: ['locations'] });
      toast(say(withoutPrices ? 'location.new.made_without_prices' : 'location.new.made'));
      void navigate({ to: `/${slug}/settings/${withoutPrices ? 'services' : 'business-information'}`, ignoreBlocker: true });
    },
  });
  useLeaveGuard(wish.name !== '' && !make.isSuccess);
  const slugWrong = wish.slug === '' ? undefined : slugFault(wish.slug);
  const wrong = wrongField(make.error);
  const { copyFrom } = wish;
  const from = session.locations.find(({ id }) => id === copyFrom?.locationId);
  const otherCurrency = from && copyFrom?.catalogue && from.currency !== wish.currency;
  const incomplete = wish.name.trim() === '' || wish.slug === '' || slugWrong;
  return (
    <Page title={say('location.new')} about={say('location.new.about')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate();
        }}
      >
        <Stack gap="lg">
          <Fieldset legend={say('location.new.where')}>
            <Stack gap="md">
              <TextInput
                label={say('location.name')}
                value={wish.name}
                onChange={(event) => {
                  const name = event.currentTarget.value;
                  change({ name, ...(ownSlug ? {} : { slug: slugFrom(name) }) });
                }}
                required
                maxLength={120}
                data-autofocus
              />
              <TextInput
                label={say('location.slug')}
                description={say('location.slug.new', { chain: session.chain.slug, slug: wish.slug || '…' })}
                value={wish.slug}
                onChange={(event) => {
                  setOwnSlug(true);
                  change({ slug: event.currentTarget.value });
                }}
                required
                maxLength={60}
                spellCheck={false}
                autoCapitalize="none"
                error={(slugWrong && say(slugWrong)) || (codeOf(make.error) === 'already_there' && say('location.slug.taken'))}
              />
              <Textarea
                label={say('location.address')}
                value={wish.address}
                onChange={(event) => change({ address: event.currentTarget.value })}
                autosize
                minRows={2}
                maxLength={300}
              />
              <TextInput
                label={say('location.phone')}
                type="tel"
                value={wish.phone}
                onChange={(event) => change({ phone: event.currentTarget.value })}
                maxLength={40}
              />
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <CountrySelect
                  value={wish.country}
                  onChange={(country) => {
                    const found = usualOf(country);
                    change({ country, ...(found ? { currency: found.currency, timeZone: found.timeZone } : {}) });
                  }}
                  error={wrong === 'country' && say('location.country.wrong')}
                />
                <CurrencySelect value={wish.currency} onChange={(currency) => change({ currency })} description={say('location.currency.for_ever')} />
              </SimpleGrid>
              <TimeZoneSelect
                value={wish.timeZone}
                onChange={(timeZone) => change({ timeZone })}
                error={wrong === 'timeZone' && say('location.zone.wrong')}
              />
              <LanguagesField
                languages={wish.languages}
                first={wish.defaultLanguage}
                onChange={(languages, defaultLanguage) => change({ languages, defaultLanguage })}
              />
            </Stack>
          </Fieldset>
          <Fieldset legend={say('location.new.starts_with')}>
            <Stack gap="md">
              <Radio.Group
                aria-label={say('location.new.starts_with')}
                value={copyFrom ? 'copy' : 'empty'}
                onChange={(value) =>
                  change({ copyFrom: value === 'empty' ? null : { locationId: here.id, catalogue: true, staff: false, settings: true } })
                }
              >
                <Stack gap="xs">
                  <Radio value="empty" label={say('location.new.empty')} />
                  <Radio value="copy" label={say('location.new.copy')} />
                </Stack>
              </Radio.Group>
              {copyFrom && (
                <Stack gap="xs" pl={{ base: 0, sm: 'xl' }}>
                  {session.locations.length > 1 && (
                    <Select
                      label={say('location.new.copy_from')}
                      data={session.locations.map(({ id, name }) => ({ value: id, label: name }))}
                      value={copyFrom.locationId}
                      onChange={(locationId) => locationId && change({ copyFrom: { ...copyFrom, locationId } })}
                      allowDeselect={false}
                    />
                  )}
                  <Checkbox
                    label={say('location.new.copy_catalogue')}
                    checked={copyFrom.catalogue}
                    onChange={(event) =>
                      change({
                        copyFrom: { ...copyFrom, catalogue: event.currentTarget.checked, staff: event.currentTarget.checked && copyFrom.staff },
                      })
                    }
                  />
                  <Checkbox
                    label={say('location.new.copy_staff')}
                    description={copyFrom.catalogue ? undefined : say('location.new.copy_staff.needs')}
                    checked={copyFrom.staff}
                    disabled={!copyFrom.catalogue}
                    onChange={(event) => change({ copyFrom: { ...copyFrom, staff: event.currentTarget.checked } })}
                  />
                  <Checkbox
                    label={say('location.new.copy_settings')}
                    checked={copyFrom.settings}
                    onChange={(event) => change({ copyFrom: { ...copyFrom, settings: event.currentTarget.checked } })}
                  />
                  {otherCurrency && (
                    <Alert variant="light" color="yellow">
                      {say('location.new.other_currency', { from: from.currency, to: wish.currency })}
                    </Alert>
                  )}
                </Stack>
              )}
            </Stack>
          </Fieldset>
          {make.isError && codeOf(make.error) !== 'already_there' && <TroubleNotice error={make.error} />}
          <Group>
            <ReasonButton type="submit" loading={make.isPending} reason={incomplete ? say('location.form.incomplete') : undefined}>
              {say('location.new.make')}
            </ReasonButton>
            <Button component={Link} to={`/${here.slug}/settings/locations`} variant="default">
              {say('frame.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Page>
  );
}
